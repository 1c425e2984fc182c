"""A warehouse to put the questions of `sql/examples` to, the same record in Python, and what several answers need."""

import calendar
import datetime as dt
from collections import defaultdict
from typing import Any, NamedTuple

import duckdb

from pipelines.warehouse.questions import read_questions
from tests.corpus.record import SERVICES, Inspection, Record, Row

STATEMENTS = {question.path.name[:2]: question.statement for question in read_questions()}


class Asked(NamedTuple):
    """Both of one build."""

    connection: duckdb.DuckDBPyConnection
    record: Record

    def answer(self, number: str, *columns: str, **instead: str) -> list[tuple[Any, ...]]:
        """The answer to a question, these columns or expressions of it; `instead` says what to ask in place of what."""
        statement = STATEMENTS[number]
        for stands, other in instead.items():
            assert f"'{stands}'" in statement, stands
            statement = statement.replace(f"'{stands}'", f"'{other}'")
        return self.connection.sql(statement).project(", ".join(columns)).fetchall()


SHOWN = ("overall", *SERVICES)


def years_before(day: dt.date, years: int) -> dt.date:
    return day.replace(year=day.year - years)


def months_after(day: dt.date, months: int) -> dt.date:
    """The same day of a later month, or its last."""
    years, month = divmod(day.month - 1 + months, 12)
    last = calendar.monthrange(day.year + years, month + 1)[1]
    return dt.date(day.year + years, month + 1, min(day.day, last))


def neighbours(asked: Asked, name: str) -> list[str]:
    """Names of an authority's statistical neighbours, nearest first."""
    by_dfe = {one["la_code_dfe"]: one["authority_name"] for one in asked.record.current}
    (us,) = (one for one in asked.record.current if one["authority_name"] == name)
    return [by_dfe[code] for code in us["statistical_neighbours"]]


def latest(asked: Asked) -> dict[str, Inspection]:
    """The last full inspection of each current authority that had one, by its name."""
    return {ones[-1].name: ones[-1] for ones in asked.record.full.values() if ones[-1].authority["is_current"]}


def items(asked: Asked) -> dict[str, list[Row]]:
    """Items to improve by activity."""
    found: dict[str, list[Row]] = defaultdict(list)
    for row in asked.record.rows("core.recommendations"):
        found[row["activity_id"]].append(row)
    return found


def told_of(asked: Asked, inspection: Inspection) -> list[Row]:
    """The items for the authority of one inspection."""
    return [row for row in items(asked)[inspection.key] if row["addressed_to"] == "authority"]


def known_when(asked: Asked, visit: Row) -> Inspection | None:
    """The last full inspection that was out when a visit began."""
    ones = asked.record.full.get(visit["authority_id"], [])
    return next((one for one in reversed(ones) if one.counted and one.counted <= visit["start_date"]), None)
