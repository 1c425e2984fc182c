"""The open record of how English children's services are judged.

Data flows one way:

    sources/     what has been published, and where
    archive/     the bytes, kept by content, never edited, and the ledger
    reading/     a PDF becomes lines: page, box, font, text
    parsing/     lines become one report's structure and facts
    statistics/  Ofsted's own spreadsheets become rows, to stand beside the reports
    tables/      facts become typed, checked polars frames
    warehouse/   frames and sql/ become one DuckDB file: built, checked, published
    exports/     what people take away: Parquet, CSV, the workbook, the data package, the site
    site/        the pages of the site: queries, templates, charts

`report_kinds/` holds the facts about each kind of report as data. `build/` runs the stages, `workers/` the tasks on
each report; `notifications/` tells people what is new. The two entries are `cli.py` with `commands/`, and
`definitions.py` with `defs/` (only Dagster).
"""
