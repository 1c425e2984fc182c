"""Editions of Ofsted's own statistics: its spreadsheets of local authorities' inspections become rows.

Pure: bytes in, rows out. What belongs here: which sheets are ours, what their columns and cells mean, and that nothing
in them is left without a meaning. A sheet is known by its columns, never by its name or place. What stays out: which
authority a name means, and whether an edition is complete (`tables/official.py`); the comparison with our own tables
(`sql/`).

Ofsted publishes the files as official statistics at
https://www.gov.uk/government/collections/childrens-social-care-statistics
"""
