"""Which edition of Ofsted's own statistics should be out and is not held."""

import datetime as dt
from collections.abc import Iterable

from pipelines.archive.ledger import Ledger
from pipelines.settings import Settings
from pipelines.warehouse.headers import read_query
from pipelines.words import day

_AS_AT = (3, 31)
"""The yearly edition on local authorities tells of 31 March. Editions on other subjects tell of other days."""

_OUT_FROM = (7, 1)
"""Three editions came out on 6 July 2023, 30 August 2024 and 25 September 2025: before July none is missed."""

WHERE = "https://www.gov.uk/government/collections/childrens-social-care-statistics"


def edition_due(held: Iterable[dt.date], today: dt.date) -> dt.date | None:
    """The as-at date of the latest edition that should be out and is not among the as-at dates held.

    None where it is held, or a later one, and where no edition was ever taken in: then nobody waits for one.

    >>> held = [dt.date(2025, 3, 31), dt.date(2022, 8, 31)]
    >>> edition_due(held, dt.date(2026, 6, 30)), edition_due(held, dt.date(2026, 7, 1))
    (None, datetime.date(2026, 3, 31))
    """
    ours = [date for date in held if (date.month, date.day) == _AS_AT]
    latest = dt.date(today.year if (today.month, today.day) >= _OUT_FROM else today.year - 1, *_AS_AT)
    return latest if ours and max(ours) < latest else None


def in_words(as_at: dt.date) -> tuple[str, ...]:
    """What is due, where to look, and how to take it in: a line each."""
    return (
        f"Ofsted's statistics as at {day(as_at)} are not held. Ofsted publishes them between July and the autumn.",
        f"Look for 'Local authority inspection outcomes as at {day(as_at)}' at {WHERE}.",
        "Save the underlying data (.ods) in the folder that JUDGEMENTS_STATISTICS names, or: judgements reconcile FILE",
    )


def statistics_due(settings: Settings, today: dt.date) -> dt.date | None:
    """The as-at date of the edition of Ofsted's statistics that should be out and is not in the warehouse.

    None where authorities are invented: Ofsted's statistics do not tell of them.
    """
    from pipelines.warehouse.connection import open_warehouse

    if not (settings.warehouse.is_file() and settings.ledger.is_file()):
        return None
    with Ledger.open_read_only(settings.ledger) as ledger:
        listing = ledger.current_listing()
    if listing is None or listing.reference:
        return None
    with open_warehouse(settings.warehouse) as connection:
        held = connection.execute(read_query("commands/edition_dates")).fetchall()
    return edition_due((as_at for (as_at,) in held), today)
