"""What is not understood to the last cell is refused as a whole, with the cell and what was expected there."""

import datetime as dt
from collections.abc import Callable

import pytest

from pipelines.errors import exit_code
from pipelines.statistics.edition import read_edition
from pipelines.statistics.rows import UnusableEditionError
from tests.statistics import editions
from tests.statistics.books import Book, Value, Writer, as_ods, as_xlsx
from tests.statistics.editions import HISTORY, IN_YEAR, SEND, SNAPSHOT, WIDE, edition_2025


def refusal(book: Book, write: Writer = as_ods) -> str:
    with pytest.raises(UnusableEditionError) as caught:
        read_edition(write(book, ()), "statistics.ods")
    assert exit_code(caught.value) == 2
    return str(caught.value)


def put(sheet: str, cell: tuple[int, int], value: Value) -> Callable[[Book], None]:
    """A change of one cell, given by row and column from 0."""
    row, column = cell

    def change(book: Book) -> None:
        width = max(len(book[sheet][row]), column + 1)
        book[sheet][row] = [*book[sheet][row], *[None] * (width - len(book[sheet][row]))]
        book[sheet][row][column] = value

    return change


def without_column(sheet: str, *columns: int) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        book[sheet] = [[value for n, value in enumerate(row) if n not in columns] for row in book[sheet]]

    return change


CASES: dict[str, tuple[Callable[[Book], None], str, str]] = {
    "renamed name column": (put(SNAPSHOT, (2, 2), "Council"), "C3 holds 'Council'", "the column of the authorities"),
    "removed name column": (without_column(HISTORY, 2), "A3 holds 'Web link'", "a column of the authorities' names"),
    "new unknown column": (put(SNAPSHOT, (2, 11), "Trust"), "L3 holds 'Trust'", "columns.toml knows"),
    "two columns of one meaning": (put(SNAPSHOT, (2, 3), "Local authority"), "D3 holds 'Local auth", "with this"),
    "no dates": (without_column(SNAPSHOT, 4, 5), "A3 holds 'Web link'", "a date of inspection or publication"),
    "no overall grades": (without_column(SNAPSHOT, 6, 7), "A3 holds 'Web link'", "overall or leaders at least"),
    "cell under no header": (put(SNAPSHOT, (4, 12), "see note"), "M5 holds 'see note'", "nothing, as the header"),
    "new grade word": (put(SNAPSHOT, (3, 8), "Strong"), "I4 holds 'Strong'", "a grade (Outstanding, Good"),
    "grade off the scale": (put(SNAPSHOT, (3, 8), 5), "I4 holds '5'", "a grade"),
    "half a grade": (put(SNAPSHOT, (3, 8), 2.5), "I4 holds '2.5'", "a grade"),
    "full inspection without a grade": (
        lambda book: book[HISTORY].__setitem__(3, book[HISTORY][3][:8]), "I4 is blank", "a grade, as this is a full"
    ),
    "visit with a grade": (put(IN_YEAR, (3, 7), "Good"), "H4 holds 'Good'", "no grade"),
    "mistyped kind": (put(HISTORY, (3, 7), "ILACS Standrd Inspection"), "H4 holds 'ILACS Standrd", "a known type"),
    "kind missing": (put(IN_YEAR, (3, 6), None), "G4 is blank", "the type of inspection or visit"),
    "unknown theme": (put(IN_YEAR, (3, 12), "Fostering"), "M4 holds 'Fostering'", "a theme of visits"),
    "unknown status": (put(HISTORY, (3, 3), "Merged"), "D4 holds 'Merged'", "a known status"),
    "no code": (put(SNAPSHOT, (3, 1), "Barnet"), "B4 holds 'Barnet'", "a code like E09000002"),
    "no name": (put(SNAPSHOT, (3, 2), " "), "C4 is blank", "the name of a local authority"),
    "date in words that say none": (put(SNAPSHOT, (3, 4), "spring 2024"), "E4 holds 'spring 2024'", "a date from 2005"),
    "American date": (put(SNAPSHOT, (3, 4), "06/23/2024"), "E4 holds '06/23/2024'", "a date from 2005"),
    "number for a date": (put(SNAPSHOT, (3, 4), 45453), "E4 holds '45453'", "a date from 2005"),
    "no such day": (put(SNAPSHOT, (3, 4), "31 June 2024"), "E4 holds '31 June 2024'", "a date from 2005"),
    "before all inspections": (put(SNAPSHOT, (3, 4), dt.date(1924, 6, 10)), "E4 holds '1924-06-10", "a date from 2005"),
    "after the issue": (put(SNAPSHOT, (3, 5), dt.date(2025, 9, 26)), "F4 holds '2025-09-26", "to 2025-09-25"),
    "begun after the figures": (put(SNAPSHOT, (3, 4), dt.date(2025, 4, 1)), "E4 holds '2025-04-01", "to 2025-03-31"),
    "published before the start": (put(SNAPSHOT, (3, 5), dt.date(2024, 6, 9)), "F4 holds '2024-06-09", "from 2024"),
    "published years later": (put(SNAPSHOT, (3, 4), dt.date(2021, 6, 10)), "F4 holds '2024-07-23", "730 days later"),
    "neither date": (
        lambda book: book[SNAPSHOT][3].__setitem__(slice(4, 6), [None] * 2), "E4 is blank", "a date: the row has none"
    ),
    "no inspection, yet a grade": (put(SNAPSHOT, (12, 7), "Good"), "H13 holds 'Good'", "nothing, as E13 says"),
    "row above the header": (
        lambda book: book[HISTORY].insert(1, book[HISTORY].pop(5)), "F2 holds '2018-10-08", "the header stands below it"
    ),
    "second header not understood": (
        lambda book: book[SNAPSHOT].append(["Web link", "Local authority name", "Ofsted region", "Quality"]),
        "D14 holds 'Quality'",
        "columns.toml knows",
    ),
    "contradictory cover": (
        put("Cover", (5, 1), "Inspections as at 31 March 2024"), "B6 holds 'Inspections as at", "2025-03-31, as in"
    ),
    "cover against the table's title": (
        put(SNAPSHOT, (0, 0), "Inspections as at 31 March 2024"), "A1 holds 'Inspections as at", "2025-03-31, as in"
    ),
    "no such day on the cover": (
        put("Cover", (5, 1), "Inspections as at 31 April 2025"), "B6 holds 'Inspections as", "a date that there is"
    ),
    "issued in words that say no date": (put("Cover", (3, 1), "autumn"), "B4 holds 'autumn'", "a date from"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_cell_is_named_with_what_was_expected(case: str) -> None:
    change, cell, expected = CASES[case]
    for write in (as_ods, as_xlsx):
        book = edition_2025()
        book["Cover"] = [list(row) for row in book["Cover"]]
        change(book)
        said = refusal(book, write)
        assert said.startswith("statistics.ods can't be used: sheet ")
        assert f"cell {cell}" in said
        assert expected in said.partition("Expected there: ")[2]


def test_edition_that_says_no_date_is_refused_with_the_sheets_looked_at() -> None:
    book = edition_2025()
    book["Cover"] = [["Statistics"]]
    book[SNAPSHOT][0] = ["Inspections"]
    looked_at = f"Cover, Notes, {SNAPSHOT}, {IN_YEAR}, {HISTORY}"
    assert refusal(book).endswith(f"does not say as at which date it counts; looked for on the sheets {looked_at}")


def test_edition_issued_before_its_cut_off_is_refused() -> None:
    book = edition_2025()
    book["Cover"] = [*editions.COVER[:3], ["Published on:", dt.date(2025, 6, 1)], *editions.COVER[4:]]
    assert "these days are not in order" in refusal(book)


def test_wide_history_whose_columns_changed_places_is_refused() -> None:
    book = editions.edition_2023()
    book[WIDE][2][13:] = [*book[WIDE][2][16:], *(f"First {head}" for head in book[WIDE][2][13:16])]
    assert "R4 holds '2024-07-23" not in refusal(book)
    assert "a date that is not before that of" in refusal(book)


def test_wide_history_needs_a_date_and_a_grade_in_each_group() -> None:
    for lost, expected in ((14, "a date of inspection"), (15, "a grade or outcome")):
        book = editions.edition_2023()
        without_column(WIDE, lost)(book)
        assert f"columns of 'ilacs', among them {expected}" in refusal(book)


def test_unknown_outcome_and_count_of_an_area_are_refused() -> None:
    for column, value, expected in ((6, "Perhaps", "an outcome (Yes, No)"), (7, "many", "a whole number")):
        book = editions.edition_send()
        book[SEND][4][column] = value
        assert expected in refusal(book)


def test_edition_without_a_table_names_the_sheets_it_has() -> None:
    said = refusal({"Cover": editions.COVER, "Notes": [["Notes"], ["None."]]})
    assert said.endswith("Notes (2 rows): no table of local authorities")
