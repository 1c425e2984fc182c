"""The site: the record as a folder of pages for people without a terminal.

`pages.py` lists the kinds of page. Each is a folder of queries in `sql/site` and a template; `build.py` makes the pages
whose data changed, and `writer.py` keeps the others.
"""
