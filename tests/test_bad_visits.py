"""Letters and joint reports that can't be right are set aside, or kept with an issue that names the page: no guess."""

from pathlib import Path

import pytest

from pipelines.build.run import build
from pipelines.sample import bad_visits
from pipelines.sample.world import write_world
from pipelines.settings import Settings
from pipelines.sources.published import Wanted
from pipelines.warehouse.connection import open_warehouse

ALL = (
    bad_visits.letter_without_a_date,
    bad_visits.letter_of_no_such_day,
    bad_visits.letter_of_a_mistyped_year,
    bad_visits.visit_on_no_such_day,
    bad_visits.visit_to_nobody_known,
    bad_visits.letter_with_two_titles,
    bad_visits.send_report_without_outcome,
)


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of all bad visits, each a file of its own name."""
    folder = tmp_path_factory.mktemp("bad visits")
    write_world(folder / "reports", 12)
    for write in ALL:
        write(folder / "reports" / f"{write.__name__}.pdf")
    settings = Settings(data=folder / "data", workers=1)
    build(settings, Wanted(str(folder / "reports")), lambda stage: lambda n_done, n_in_all: None)
    return settings.warehouse


@pytest.mark.parametrize(
    ("name", "reason", "detail"),
    [
        ("visit_on_no_such_day", "unreadable_dates", "30 and 31 February 2020"),
        ("visit_to_nobody_known", "unknown_authority", "Nowhereshire"),
        ("letter_with_two_titles", "unknown_framework", "more than one title"),
        ("send_report_without_outcome", "unreadable_outcome", "no part that states its outcome"),
    ],
)
def test_what_cannot_be_told_is_quarantined_and_says_why(warehouse: Path, name: str, reason: str, detail: str) -> None:
    with open_warehouse(warehouse) as connection:
        (found,) = connection.execute(
            "select reason, detail from quality.quarantined_reports where source_path = ?", [f"{name}.pdf"]
        ).fetchall()
    assert found[0] == reason
    assert detail in found[1]


@pytest.mark.parametrize(
    ("name", "visited", "code", "excerpt"),
    [
        ("letter_without_a_date", "2018-03-20", "no_letter_date", ""),
        ("letter_of_no_such_day", "2019-07-02", "letter_date_not_understood", "31 June 2019"),
        ("letter_of_a_mistyped_year", "2019-10-31", "letter_date_not_understood", "27 November 20195"),
    ],
)
def test_a_letter_whose_date_cannot_be_is_kept_without_it(
    warehouse: Path, name: str, visited: str, code: str, excerpt: str
) -> None:
    with open_warehouse(warehouse) as connection:
        found = connection.execute(
            """select a.start_date::varchar, a.letter_date, a.published_date, i.page_number, i.excerpt
               from core.activities a join core.reports r using (report_id)
               join quality.extraction_issues i using (report_id)
               where r.source_path = ? and i.code = ?""",
            [f"{name}.pdf", code],
        ).fetchall()
    assert found == [(visited, None, None, 1, excerpt)]


def test_every_bad_visit_is_set_aside_or_kept(warehouse: Path) -> None:
    with open_warehouse(warehouse) as connection:
        kept = connection.execute("select source_path from core.reports").fetchall()
        aside = connection.execute("select source_path from quality.quarantined_reports").fetchall()
    assert sorted(name for (name,) in (*kept, *aside)) == sorted(f"{write.__name__}.pdf" for write in ALL)
