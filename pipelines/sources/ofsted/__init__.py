"""Ofsted's site as a source: its reports, found by its search and its providers' pages, and their files.

Belongs here: addresses, markup and labels of that site, and how a whole listing is made of them.
Stays out: requests as such (`sources/http/`) and keeping the files (`archive/`).
"""
