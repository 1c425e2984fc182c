"""`judgements as-at`: the grades in force on a date, counted as Ofsted counts (`sql/macros/as_at.sql`)."""

import datetime as dt
import re
from collections.abc import Iterator

from pipelines.commands.dates import read_day, read_day_if_given
from pipelines.commands.known import known_value
from pipelines.commands.query import write_answer
from pipelines.commands.terminal import Terminal
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import read_query
from pipelines.words import day, month, today

NAMES_TOLD = 5
"""Of a longer list of authorities only so many are named."""


def grades_as_at(
    settings: Settings, date: str, published_by: str | None, region: str | None, authorities: bool, answer_format: str
) -> None:
    """Print how many authorities held each grade on a date; with `authorities`, each one's grades.

    Standard error says by which cut-off, and which authorities are left out. Raises UsageError for what is no date or
    region.
    """
    reference_date = read_day(date)
    asked: dict[str, object] = {
        "date": reference_date,
        "published_by": read_day_if_given(published_by, "--published-by"),
    }
    with open_warehouse(settings.warehouse) as connection:
        asked["region"] = known_value(connection, "ONS or Ofsted region", region).value if region is not None else None
        query = read_query("commands/grades_as_at" if authorities else "commands/position_as_at")
        write_answer(connection.sql(query, params=asked), answer_format)
        coverage = connection.execute(read_query("commands/coverage_as_at"), asked).fetchall()[0]
        told = (f"Grades in force on {day(reference_date)}.", *_coverage(*coverage))
        Terminal(stderr=True).print("\n".join(told), soft_wrap=True, markup=False)


def _coverage(
    n_existing: int,
    n_known: int,
    n_from_statistics: int,
    cut_off: dt.date | None,
    is_own: bool,
    without_report: list[str],
    without_inspection: list[str],
    let_in: list[str],
    first_date: dt.date,
    published_up_to: dt.date | None,
    reference_date: dt.date,
) -> Iterator[str]:
    """By which cut-off was counted, of how many authorities, and who is left out: a line each."""
    if reference_date > today():
        held = f"; reports published up to {day(published_up_to)} are held" if published_up_to else ""
        yield f"{day(reference_date)} is in the future{held}."
    if reference_date < first_date:
        yield f"No grades of this kind were given before {month(first_date)}; judgements show AUTHORITY has older ones."
        return
    if cut_off is None or cut_off.year == dt.MAXYEAR:
        yield "Every report counts, whenever it was published. What was known then: --published-by DATE"
    elif is_own:
        also = f", and {_few(let_in)}, which Ofsted let in" if let_in else ""
        by = f"{day(cut_off)}{also}"
        yield f"Counted as Ofsted counts: reports published by {by}. All: --published-by 9999-12-31"
    left_out = [f"no report on {_few(without_report)}"] if without_report else []
    left_out += [f"not inspected by then, as far as is known: {_few(without_inspection)}"] if without_inspection else []
    yield "; ".join([f"{n_known:,} of {n_existing:,} authorities", *left_out]) + "."
    if n_from_statistics:
        yield f"{n_from_statistics:,} of them from Ofsted's own statistics, because no report is held."


def _few(names: list[str]) -> str:
    """Names in a sentence: all of a few, some of many; with semicolons where a name holds a comma or "and".

    >>> _few(["Cumbria", "Poole"]), _few(list("abcdefgh"))
    ('Cumbria and Poole', '8, such as a, b, c, d and e')
    >>> _few(["Bolton", "Bournemouth, Christchurch and Poole"])
    'Bolton; Bournemouth, Christchurch and Poole'
    """
    told = names[:NAMES_TOLD]
    if any(re.search(r",| and ", name) for name in told):
        listed = "; ".join(told)
    else:
        listed = " and ".join(filter(None, (", ".join(told[:-1]), told[-1])))
    return listed if len(names) <= NAMES_TOLD else f"{len(names):,}, such as {listed}"
