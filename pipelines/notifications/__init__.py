"""Messages to people: of failures, of checks, of new reports and changed grades, of statistics that are due.

`news.py` finds what is new in the published warehouse, `outbox.py` keeps each message until every address has taken it,
`service.py` sends, `notify.py` does it all in order. Dagster's sensors and `judgements notify` both call that.
"""
