"""The open record of how English children's services are judged.

Data falls straight down the house:

    sources/     what has been published, and where
    archive/     the bytes, kept by content, never edited
    reading/     a PDF becomes lines: page, box, font, text
    parsing/     lines become one report's structure and facts
    tables/      words become vocabulary: typed polars frames
    warehouse/   frames and sql/ become one DuckDB file, built, checked, published

`frameworks/` holds the facts about each inspection framework as data. `defs/` is Dagster and only Dagster;
`cli.py` and `definitions.py` are the two front doors.
"""
