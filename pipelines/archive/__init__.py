"""The bytes of every report, kept by content and never edited, and the ledger of what was seen when.

Belongs here: taking files in. Stays out: finding and getting them (`sources/`) and opening them as PDFs (`reading/`).
"""
