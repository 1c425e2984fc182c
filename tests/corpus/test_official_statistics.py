"""Ofsted's own spreadsheets, read whole: what was counted in them by hand and what must be refused of them.

Runs where they lie beside the repository, as `../shared/official-statistics`; skips otherwise.
"""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from python_calamine import CalamineWorkbook

from pipelines.statistics.edition import read_edition
from pipelines.statistics.rows import Edition, UnusableEditionError
from pipelines.tables.authorities import load_authorities
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.tables.official import official_frames, resolved_rows
from tests.statistics.books import Book, Rows, as_ods, as_xlsx

EDITIONS = Path(__file__).parents[3] / "shared" / "official-statistics"
if not EDITIONS.is_dir():
    pytest.skip("no spreadsheets in ../shared/official-statistics beside the repository", allow_module_level=True)

pytestmark = pytest.mark.corpus

OF_2023 = EDITIONS / "Childrens_social_care_in_England_2023_underlying_data.ods"
OF_2025 = EDITIONS / "LA_Inspection_Outcomes_as_at_31_March_2025.ods"
OF_SEND = EDITIONS / "Area_SEND_inspection_data_01_May_2016_to_31_August_2022.ods"

FIRST_COLUMNS = {"E": 152, "H": 9, "J": 2, "L": 50, "N": 1, "P": 5, "R": 152, "Z": 21, "AG": 154, "AM": 23}
"""Filled cells below each group's first header on the wide sheet of 2023, both tables together."""


@cache
def edition(path: Path) -> Edition:
    return read_edition(path.read_bytes(), path.name)


def counts(path: Path) -> Counter[tuple[str, str]]:
    return Counter((row.family, row.activity_kind) for row in edition(path).rows)


def book_of(path: Path) -> Book:
    """The sheets that matter for the edition as plain rows: its cover, and those with a table of ours."""
    workbook = CalamineWorkbook.from_path(path)
    names = ["Cover", *edition(path).sheets_read]
    return {name: workbook.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in names}


def test_dates_of_each_edition_are_those_of_its_cover() -> None:
    editions = {path: edition(path) for path in (OF_2023, OF_2025, OF_SEND)}
    found = {path: (one.as_at_date, one.published_by_date, one.issued_date) for path, one in editions.items()}
    assert found == {
        OF_2023: (dt.date(2023, 3, 31), dt.date(2023, 4, 30), dt.date(2023, 7, 6)),
        OF_2025: (dt.date(2025, 3, 31), dt.date(2025, 6, 30), dt.date(2025, 9, 25)),
        OF_SEND: (dt.date(2022, 8, 31), dt.date(2022, 10, 31), dt.date(2022, 11, 17)),
    }


def test_every_row_of_2023_is_read() -> None:
    assert counts(OF_2023) == {
        ("snapshot", "full_inspection"): 152,
        ("in_year", "full_inspection"): 51,
        ("in_year", "focused_visit"): 36,
        ("in_year", "monitoring_visit"): 24,
        ("history", "full_inspection"): sum(FIRST_COLUMNS.values()),
    }
    wide = [row for row in edition(OF_2023).rows if row.family == "history"]
    assert Counter(row.cell.rstrip("0123456789") for row in wide) == FIRST_COLUMNS
    ended = Counter(row.name for row in wide if row.is_abolished)
    assert ended == {"Bournemouth": 3, "Dorset": 2, "Poole": 2, "Northamptonshire": 5}
    assert [one.name for one in edition(OF_2023).sheets_left if one.is_large] == ["Latest_OE_31_Mar_Time_Series"]


def test_every_row_of_2025_is_read() -> None:
    assert counts(OF_2025) == {
        ("snapshot", "full_inspection"): 153,
        ("in_year", "full_inspection"): 52,
        ("in_year", "focused_visit"): 36,
        ("in_year", "monitoring_visit"): 24,
        ("history", "full_inspection"): 271,
    }
    assert sum(row.is_abolished for row in edition(OF_2025).rows) == 3
    assert max(row.number or 0 for row in edition(OF_2025).rows) == 3


def test_every_area_and_revisit_of_2022_is_read() -> None:
    assert counts(OF_SEND) == {("snapshot", "area_send"): 149, ("snapshot", "area_send_revisit"): 46}
    assert Counter(row.outcome_code for row in edition(OF_SEND).rows) == {
        "wsoa_required": 82,
        "wsoa_not_required": 67,
        "sufficient_progress_in_all": 20,
        "sufficient_progress_in_some": 24,
        "sufficient_progress_in_none": 2,
    }


def test_every_grade_cell_is_read() -> None:
    """Counted without the reader: a cell that holds nothing but a grade, or a dash, on a sheet that is read."""
    words = {"Outstanding", "Good", "Requires improvement to be good", "Inadequate", " -"}
    for path in (OF_2023, OF_2025):
        cells = sum(
            value in words for name, rows in book_of(path).items() for row in rows for value in row if name != "Cover"
        )
        assert sum(len(row.grades) for row in edition(path).rows) == cells


def test_every_name_is_an_authority_and_every_edition_whole() -> None:
    frames = official_frames(
        [read_edition(path.read_bytes(), path.name) for path in sorted(EDITIONS.glob("*.ods"))],
        load_authorities(OWN_REFERENCE),
    )
    assert frames["official_rows"].height == 195 + 832 + 536
    dorset = frames["official_rows"].filter(name="Dorset", sheet="LA_inspections_2009-2023")
    assert dorset.select("framework_family", "authority_id").rows() == [
        ("ilacs", "E06000059"),
        ("slac", "E10000009"),
        ("sif", "E10000009"),
    ]


def half(name: str, header: int) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        rows: Rows = book[name]
        book[name] = rows[: header + (len(rows) - header) // 2]

    return change


def put(name: str, row: int, column: int, value: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        book[name][row][column] = value

    return change


REFUSED = (
    (OF_2023, half("LA_level_at_31_Mar_2023", 4), "has no row for 76 of the authorities"),
    (OF_2023, half("LA_level_in_year_2022-23", 3), "lacks the inspection of"),
    (OF_2023, half("LA_inspections_2009-2023", 5), "has no row for"),
    (OF_2023, put("LA_inspections_2009-2023", 10, 33, "Fair"), "cell AH11 holds 'Fair'"),
    (OF_2023, put("LA_inspections_2009-2023", 160, 5, "SLAC grade"), "cell F161 holds 'SLAC grade'"),
    (OF_2025, half("Inspections_as_at_31_March", 3), "has no row for 77 of the authorities"),
    (OF_2025, half("In-year_inspections", 3), "lacks the inspection of"),
    (OF_2025, half("ILACS_inspection_history", 3), "has no row for"),
    (OF_2025, put("Inspections_as_at_31_March", 50, 8, "Exceptional"), "cell I51 holds 'Exceptional'"),
    (OF_2025, put("In-year_inspections", 2, 12, "Subject of visit"), "cell M3 holds 'Subject of visit'"),
    (OF_2025, put("ILACS_inspection_history", 2, 2, "Council"), "cell C3 holds 'Council'"),
    (OF_SEND, half("Area_SEND_up_to_31_Aug_2022", 5), "has no row for"),
    (OF_SEND, put("Area_SEND_up_to_31_Aug_2022", 20, 6, "Maybe"), "cell G21 holds 'Maybe'"),
)


@pytest.mark.parametrize("number", range(len(REFUSED)))
def test_changed_edition_is_refused(number: int) -> None:
    path, change, said = REFUSED[number]
    book = book_of(path)
    change(book)
    with pytest.raises(UnusableEditionError, match=said):
        resolved_rows(read_edition(as_ods(book), path.name), load_authorities(OWN_REFERENCE))


@pytest.mark.parametrize("path", [OF_2023, OF_2025, OF_SEND], ids=["2023", "2025", "SEND"])
def test_edition_is_read_the_same_from_excel(path: Path) -> None:
    assert read_edition(as_xlsx(book_of(path)), path.name).rows == edition(path).rows
