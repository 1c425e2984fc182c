"""An edition is read the same however its sheets, columns and cells are laid out, as long as it says the same."""

import datetime as dt
from collections import Counter
from collections.abc import Callable
from itertools import cycle

import pytest

from pipelines.statistics.edition import read_edition
from pipelines.statistics.rows import OfficialRow
from tests.statistics import editions
from tests.statistics.books import Book, Rows, Writer, as_ods, as_xlsx
from tests.statistics.editions import HISTORY, IN_YEAR, NEW, SEND, SNAPSHOT, WIDE, edition_2025, facts


def rows_of(book: Book, write: Writer = as_ods) -> tuple[OfficialRow, ...]:
    return read_edition(write(book, ()), "edition").rows


def each_header_row(book: Book) -> list[tuple[str, int]]:
    return [(name, 2) for name in (SNAPSHOT, IN_YEAR, HISTORY) if name in book]


def rows_above(book: Book) -> None:
    for name, _ in each_header_row(book):
        book[name] = [["Some cells are empty."], [None], *book[name]]


def fewer_rows_above(book: Book) -> None:
    for name, header in each_header_row(book):
        book[name] = book[name][header:]


def sheets_renamed(book: Book) -> None:
    for number, (name, _) in enumerate(each_header_row(book)):
        book[f"Table_{number}"] = book.pop(name)


def rows_reversed(book: Book) -> None:
    for name, header in each_header_row(book):
        book[name] = [*book[name][: header + 1], *reversed(book[name][header + 1 :])]


def blank_rows(book: Book) -> None:
    for name, header in each_header_row(book):
        book[name] = [*book[name][: header + 2], [None], ["  ", None], *book[name][header + 2 :]]


def columns_reversed(book: Book) -> None:
    for name, header in each_header_row(book):
        width = len(book[name][header])
        padded = [[*row, *[None] * (width - len(row))] for row in book[name][header:]]
        book[name] = [*book[name][:header], *(list(reversed(row)) for row in padded)]


def blank_column(book: Book) -> None:
    for name, header in each_header_row(book):
        book[name] = [*book[name][:header], *([*row[:2], None, *row[2:]] for row in book[name][header:])]


def known_column_without_values(book: Book) -> None:
    header = book[SNAPSHOT][2]
    book[SNAPSHOT] = [*book[SNAPSHOT][:2], [*header, "Local authority type"], *book[SNAPSHOT][3:]]


def untidy_headers(book: Book) -> None:
    for name, header in each_header_row(book):
        book[name][header] = [f"  {str(cell).replace(' ', chr(10))} [note 3]\u00a0" for cell in book[name][header]]


def other_words_in_headers(book: Book) -> None:
    book[SNAPSHOT][2][3] = "LA region"
    book[SNAPSHOT][2][7] = "Impact of leaders"
    book[SNAPSHOT][2][9] = "Experiences and progress of children in care and care leavers"


def marks_of_notes(book: Book) -> None:
    """A note's mark behind names, codes, regions, grades and kinds, and the signs of the government's statisticians."""
    for name, header in each_header_row(book):
        for row in book[name][header + 1 :]:
            row[1:] = [f"{cell} [note 3]" if isinstance(cell, str) else cell for cell in row[1:]]
            row[1] = f"{row[1]} [r]"


def signs_for_blank_cells(book: Book) -> None:
    signs = cycle(["[z]", "[x]", "N/A", "Not applicable", "[note 5]", "\u00a0"])
    for name, header in each_header_row(book):
        for row in book[name][header + 1 :]:
            row[:] = [next(signs) if cell is None else cell for cell in row]


def notes_below(book: Book) -> None:
    for name, _ in each_header_row(book):
        book[name] += [[None], ["Source: Ofsted"], ["[note 3]", "Some judgements are new."]]


def columns_said_in_other_words(book: Book) -> None:
    said = {
        "Local authority area code": "County and unitary authority area code",
        "Local authority name": "Local authority (LA) name",
        "Inspection date": "Date of inspection",
        "Publication date": "Published date",
        "Overall effectiveness": "Overall effectiveness judgement",
    }
    for name, header in each_header_row(book):
        book[name][header] = [said.get(str(cell), cell) for cell in book[name][header]]


def table_of_figures(book: Book) -> None:
    """The columns of grades in a table that is about no authority."""
    book["Figures"] = [["Judgement", *editions.AREAS], ["Good", 1, 2, 3, 4, 5]]


def dates_as(form: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        for name, header in each_header_row(book):
            book[name] = [
                *book[name][:header],
                *(
                    [f"{cell:{form}}" if isinstance(cell, dt.date) else cell for cell in row]
                    for row in book[name][header:]
                ),
            ]

    return change


SAME = (
    rows_above, fewer_rows_above, sheets_renamed, rows_reversed, blank_rows, columns_reversed, blank_column,
    known_column_without_values, untidy_headers, other_words_in_headers, columns_said_in_other_words, marks_of_notes,
    signs_for_blank_cells, notes_below, table_of_figures, dates_as("%d %B %Y"), dates_as("%Y-%m-%d"),
    dates_as("%d/%m/%Y"), dates_as("%d %b %Y"), dates_as("%d-%b-%Y"), dates_as("%dth %B %Y"),
)  # fmt: skip


@pytest.mark.parametrize("write", [as_ods, as_xlsx])
@pytest.mark.parametrize("change", SAME)
def test_layout_changes_nothing(change: Callable[[Book], None], write: Writer) -> None:
    book = edition_2025()
    change(book)
    changed = read_edition(write(book, ()), "changed")
    assert facts(changed) == facts(read_edition(as_ods(edition_2025(), ()), "plain"))


def test_both_formats_say_the_same_of_every_cell() -> None:
    for book in (edition_2025(), editions.edition_2023(), editions.edition_send()):
        assert rows_of(book, as_ods) == rows_of(book, as_xlsx)


def test_edition_says_what_it_is() -> None:
    edition = read_edition(as_ods(edition_2025(), ()), "outcomes.ods")
    assert edition.title == "Local authority inspection outcomes as at 31 March 2025"
    assert (edition.as_at_date, edition.published_by_date) == (dt.date(2025, 3, 31), dt.date(2025, 6, 30))
    assert edition.issued_date == dt.date(2025, 9, 25)
    assert edition.sheets_read == (SNAPSHOT, IN_YEAR, HISTORY)
    assert [one.name for one in edition.sheets_left] == ["Cover", "Notes"]
    assert edition.file_sha256.startswith(edition.edition_id)


def test_rows_of_each_family_are_told_apart_and_numbered() -> None:
    rows = rows_of(edition_2025())
    assert Counter(row.family for row in rows) == {"snapshot": 10, "in_year": 6, "history": 14}
    assert {row.number for row in rows if row.family != "history"} == {None}
    barnet = [(row.number, row.inspection_kind) for row in rows if row.family == "history" and row.name == "Barnet"]
    assert barnet == [(1, "standard"), (2, "short")]
    ended = next(row for row in rows if row.is_abolished)
    assert (ended.name, ended.status, ended.framework_family) == ("Northamptonshire", "No longer exists", "ilacs")


def test_cells_are_those_of_the_sheet() -> None:
    barnet = rows_of(edition_2025())[0]
    assert (barnet.row_number, barnet.cell) == (4, "A4")
    assert barnet.cells["start_date"] == "E4"
    assert [(one.area_code, one.grade, one.cell) for one in barnet.grades][3:] == [
        ("care", "outstanding", "J4"),
        ("care_leavers", "good", "K4"),
    ]


def test_visits_have_a_theme_and_no_grades() -> None:
    visits = {row.name: row for row in rows_of(edition_2025()) if row.activity_kind != "full_inspection"}
    assert {(row.framework_family, row.theme_code) for row in visits.values()} == {
        ("focused_visit", "in_need_or_plan"),
        ("monitoring_visit", "front_door"),
        ("focused_visit", "care_leavers"),
    }
    assert not any(row.grades for row in visits.values())


def test_authority_without_an_inspection_has_a_row_that_says_so() -> None:
    for words in ("No full inspection", "Not yet inspected"):
        book = edition_2025()
        book[SNAPSHOT][-1][4:] = [words, None, " -", words]
        new = next(row for row in rows_of(book) if row.name == NEW)
        assert (new.is_inspected, new.start_date, new.grades, new.framework_family) == (False, None, (), None)


def test_dash_is_not_judged_and_a_blank_is_no_grade() -> None:
    bexley = next(row for row in rows_of(edition_2025()) if row.name == "Bexley")
    blackpool = next(row for row in rows_of(edition_2025()) if row.name == "Blackpool")
    assert {(one.area_code, one.grade, one.grade_as_published) for one in bexley.grades} >= {
        ("care", "not_judged", "-")
    }
    assert "care_leavers" not in {one.area_code for one in blackpool.grades}


@pytest.mark.parametrize(("value", "grade"), [(3, "requires_improvement"), (1.0, "outstanding"), ("4", "inadequate")])
def test_number_is_a_grade_of_the_four_point_scale(value: float | str, grade: str) -> None:
    book = edition_2025()
    book[SNAPSHOT][3][6] = value
    barnet = rows_of(book)[0]
    assert (barnet.grades[0].grade, barnet.grades[0].grade_as_published) == (grade, str(value).removesuffix(".0"))


def test_nine_regions_are_kept_as_published() -> None:
    book = edition_2025()
    book[SNAPSHOT][4][3] = "Yorkshire and The Humber"
    assert rows_of(book)[1].region == "Yorkshire and The Humber"


def test_kinds_may_be_spelled_otherwise() -> None:
    book = edition_2025()
    for row, kind in zip(
        book[IN_YEAR][3:6], ("ILACS focused visit", "LA  Monitoring Visit", "Focussed visit"), strict=True
    ):
        row[6] = kind
    visits = [row for row in rows_of(book) if row.family == "in_year"][:3]
    assert [row.activity_kind for row in visits] == ["focused_visit", "monitoring_visit", "focused_visit"]
    assert visits[1].kind_as_published == "LA Monitoring Visit"


def test_snapshot_stays_one_with_a_column_of_types_and_of_statuses() -> None:
    book = edition_2025()
    kinds = {row[0]: row[3] for row in editions.LATEST}
    book[SNAPSHOT] = [
        *book[SNAPSHOT][:2],
        [*book[SNAPSHOT][2], "Inspection type", "Local authority status"],
        *([*row, kinds.get(str(row[2])), "Current"] for row in book[SNAPSHOT][3:]),
    ]
    rows = [row for row in rows_of(book) if row.sheet == SNAPSHOT]
    assert {row.family for row in rows} == {"snapshot"}
    assert rows[0].inspection_kind == "short"


def test_hidden_sheets_are_left_and_unknown_large_ones_reported() -> None:
    book = edition_2025()
    book["Copy"] = book[SNAPSHOT]
    book["Homes"] = [["Web link", "URN", "Provision type", "Local authority", "Ofsted region"], ["x"] * 5]
    book["Series"] = [["Period", "Outstanding", "Good"], *[[f"20{year}", 1, 2] for year in range(10, 99)], *[[1]] * 20]
    for write in (as_ods, as_xlsx):
        edition = read_edition(write(book, ["Copy"]), "edition")
        left = {one.name: (one.why, one.is_large) for one in edition.sheets_left}
        assert left["Copy"] == ("hidden", False)
        assert left["Homes"] == ("a list of other providers", False)
        assert left["Series"] == ("no table of local authorities", True)
        assert facts(edition) == facts(read_edition(as_ods(edition_2025(), ()), "plain"))


def test_each_group_of_a_wide_row_is_an_inspection() -> None:
    rows = [row for row in rows_of(editions.edition_2023()) if row.sheet == WIDE]
    barnet = [(row.framework_family, row.inspection_kind, row.number, row.cell) for row in rows if row.name == "Barnet"]
    assert barnet == [
        ("slac", "first", 1, "E4"),
        ("slac", "reinspection", 2, "H4"),
        ("sif", "first", 1, "J4"),
        ("ilacs", "standard", 1, "N4"),
        ("ilacs", "short", 2, "Q4"),
    ]
    slac, _, sif = rows[:3]
    assert [(one.area_code, one.grade, one.cell) for one in slac.grades] == [
        ("help_and_protection", "good", "F4"),
        ("care", "not_judged", "G4"),
    ]
    assert [one.area_code for one in sif.grades] == ["overall", "adoption", "lscb"]
    assert (sif.start_date, sif.about) == (None, dt.date(2017, 5, 6))


def test_second_table_of_a_sheet_has_its_own_header_and_ended_authorities() -> None:
    rows = [row for row in rows_of(editions.edition_2023()) if row.is_abolished]
    assert [(row.name, row.framework_family, row.row_number) for row in rows] == [
        ("Dorset", "sif", 18),
        ("Northamptonshire", "slac", 19),
        ("Northamptonshire", "ilacs", 19),
    ]


def test_wide_row_without_an_inspection_names_its_authority() -> None:
    new = [row for row in rows_of(editions.edition_2023()) if row.name == NEW and row.family == "history"]
    assert [(row.is_inspected, row.number, row.authority_type) for row in new] == [(False, None, "Unitary")]


def test_area_send_row_tells_of_an_inspection_and_its_revisit() -> None:
    rows = rows_of(editions.edition_send())
    assert Counter(row.activity_kind for row in rows) == {"area_send": 8, "area_send_revisit": 1}
    bexley = [row for row in rows if row.name == "Bexley"]
    assert [(row.outcome_code, row.outcome_as_published, row.cell) for row in bexley] == [
        ("wsoa_required", "Yes", "A7"),
        ("sufficient_progress_in_some", "Some", "I7"),
    ]
    assert (bexley[0].n_weaknesses, bexley[1].n_with_sufficient_progress, bexley[1].n_without_sufficient_progress) == (
        3,
        2,
        1,
    )
    assert {row.sheet for row in rows} == {SEND}


@pytest.mark.parametrize(
    ("cover", "as_at"),
    [
        ("Inspections carried out as at 31 August 2024, published by 31 October 2024", "2024-08-31"),
        ("01 April 2024 to 31 March 2025, published by 30 April 2025", "2025-03-31"),
        ("As at 30/09/2024", "2024-09-30"),
    ],
)
def test_date_it_counts_at_is_said_in_several_ways(cover: str, as_at: str) -> None:
    book = edition_2025()
    book["Cover"] = [["Statistics"], ["Period covered:", cover]]
    book[SNAPSHOT][0] = ["Inspections"]
    book = {name: book[name] for name in ("Cover", SNAPSHOT)}
    header, rows = book[SNAPSHOT][:3], book[SNAPSHOT][3:-1]
    book[SNAPSHOT] = [*header, *(row for row in rows if str(row[4]) <= as_at)]
    edition = read_edition(as_xlsx(book), "edition")
    assert (str(edition.as_at_date), edition.issued_date) == (as_at, None)


def test_other_sheets_say_it_where_no_cover_does() -> None:
    book = edition_2025()
    book["Contents"] = book.pop("Cover")
    assert read_edition(as_ods(book), "edition").as_at_date == dt.date(2025, 3, 31)
    del book["Contents"]
    edition = read_edition(as_ods(book), "outcomes_2025.ods")
    assert (edition.as_at_date, edition.published_by_date, edition.title) == (
        dt.date(2025, 3, 31),
        None,
        "outcomes_2025",
    )


def test_older_inspections_of_a_snapshot_are_of_the_framework_of_their_date() -> None:
    rows: Rows = edition_2025()[SNAPSHOT]
    rows[3][4:6] = [dt.date(2017, 5, 8), dt.date(2017, 7, 7)]
    assert [row.framework_family for row in rows_of({"Cover": editions.COVER, "Table": rows})][:2] == ["sif", "ilacs"]
