"""Ofsted's site as a source: its reports, found by its search and its providers' pages, and their files."""
