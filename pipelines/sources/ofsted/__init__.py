"""Ofsted's site as a source: which reports it publishes, found by its search and its providers' pages.

Belongs here: addresses, markup and labels of that site, and how a whole listing is made of them.
Stays out: asking it (`sources/http.py`) and the files themselves (`archive/`).
"""
