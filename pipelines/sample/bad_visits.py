"""Letters and joint reports that can't be right: what a test needs to see that nothing about them is guessed.

Each is one of the default sample, spoilt in one place; no two are of one visit, whose latest letter alone counts.
"""

from dataclasses import replace
from pathlib import Path

from pipelines.sample.area_send import make_area_send
from pipelines.sample.history import Plan, make_plan
from pipelines.sample.schedule import SCHEDULE
from pipelines.sample.truth import write_atomically
from pipelines.sample.visit_writer import VisitWriter
from pipelines.sample.visits import make_visit
from pipelines.sample.world import UNITARY, Authority

NOBODY = Authority(-1, "Nowhereshire", "Nowhereshire Council", UNITARY, "South West", "X06999999")
_SEED = 2013


def _spoilt(framework: str, which: int, *quirks: str) -> Plan:
    """The plan of a report of a kind, which of them from 0 on, with more quirks."""
    indexes = [index for index, entry in enumerate(SCHEDULE) if entry.framework == framework]
    plan = make_plan(_SEED, indexes[which])
    return replace(plan, quirks=(*plan.quirks, *quirks))


def _write(path: Path, writer: VisitWriter) -> None:
    write_atomically(path, writer.sheet.pdf("Invented bad visit"))


def letter_without_a_date(path: Path) -> None:
    """A focused visit's letter that bears no date of its own."""
    _write(path, make_visit(_spoilt("focused_visit", 0, "letter_date:none")))


def letter_of_no_such_day(path: Path) -> None:
    """A focused visit's letter dated on the 31 June."""
    _write(path, make_visit(_spoilt("focused_visit", 1, "letter_date:impossible")))


def letter_of_a_mistyped_year(path: Path) -> None:
    """A focused visit's letter dated in a year of five digits."""
    _write(path, make_visit(_spoilt("focused_visit", 2, "letter_date:mistyped")))


def visit_on_no_such_day(path: Path) -> None:
    """A focused visit that was made on the 30 and 31 February."""
    _write(path, make_visit(replace(_spoilt("focused_visit", 3), date_form="no_such_day")))


def visit_to_nobody_known(path: Path) -> None:
    """A focused visit to an authority that is not in the world."""
    _write(path, make_visit(replace(_spoilt("focused_visit", 4), authority=NOBODY)))


def letter_with_two_titles(path: Path) -> None:
    """A focused visit's letter that bears the titles of visits to two authorities."""
    _write(path, make_visit(_spoilt("focused_visit", 5, "second_title")))


def send_report_without_outcome(path: Path) -> None:
    """An area SEND report that has no box to state its outcome."""
    _write(path, make_area_send(_spoilt("area_send_2023", 0, "no_outcome_box")))
