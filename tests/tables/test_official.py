"""Editions become frames: each name is an authority of its time, and an edition with rows missing is refused."""

import datetime as dt
from collections.abc import Callable

import polars as pl
import pytest

from pipelines.statistics.edition import read_edition
from pipelines.statistics.rows import UnusableEditionError
from pipelines.tables.official import official_frames, resolved_rows
from tests.statistics import editions
from tests.statistics.books import Book, as_ods
from tests.statistics.editions import HISTORY, IN_YEAR, NEW, SEND, SNAPSHOT, WIDE, authorities, edition_2025

ALL = (edition_2025, editions.edition_2023, editions.edition_send)


def frames_of(*books: Book) -> dict[str, pl.DataFrame]:
    read = [read_edition(as_ods(book), f"edition_{n}.ods") for n, book in enumerate(books)]
    return official_frames(read, authorities())


def refusal(book: Book) -> str:
    with pytest.raises(UnusableEditionError, match=r"^edition_0\.ods can't be used: ") as caught:
        resolved_rows(read_edition(as_ods(book), "edition_0.ods"), authorities())
    return str(caught.value)


def without(book: Book, sheet: str, *names: str) -> Book:
    """A book without the rows of some authorities on a sheet."""
    return {**book, sheet: [row for row in book[sheet] if not set(map(str, row)) & set(names)]}


def test_frames_hold_every_row_and_grade_under_stable_keys() -> None:
    frames = frames_of(*(book() for book in ALL))
    rows, grades = frames["official_rows"], frames["official_grades"]
    assert frames["official_editions"]["n_rows"].to_list() == [
        rows.filter(edition_id=key).height for key in frames["official_editions"]["edition_id"]
    ]
    assert grades.join(rows, on="row_id", how="anti").is_empty()
    barnet = rows.filter(name="Barnet", sheet=WIDE, framework_family="sif").row(0, named=True)
    assert barnet["row_id"] == f"{barnet['edition_id']}:{WIDE}:J4"
    assert (barnet["authority_id"], barnet["row_number"], barnet["la_code"]) == ("E09000003", 4, None)
    assert barnet["cells"] == {**dict.fromkeys(barnet["cells"]), "name": "B4", "region": "C4", "published_date": "J4"}
    assert grades.filter(row_id=barnet["row_id"], area_code="lscb")["cell"].to_list() == ["M4"]


def test_same_editions_in_any_order_give_the_same_frames() -> None:
    read = [read_edition(as_ods(book()), "edition.ods") for book in ALL]
    there, back = official_frames(read, authorities()), official_frames([*reversed(read), read[0]], authorities())
    assert all(there[name].equals(back[name]) for name in there)


def test_same_bytes_are_one_edition_whatever_they_are_called() -> None:
    content = as_ods(edition_2025())  # once: an archive holds the time, to two seconds
    read = [read_edition(content, name) for name in ("a.ods", "b.ods")]
    assert official_frames(read, authorities())["official_editions"].height == 1


def test_no_editions_give_empty_frames() -> None:
    assert {name: frame.height for name, frame in official_frames([], authorities()).items()} == {
        "official_editions": 0,
        "official_rows": 0,
        "official_grades": 0,
        "refused_editions": 0,
    }


def test_an_edition_that_is_refused_is_a_row_of_its_own_and_the_others_stay() -> None:
    cut = without(edition_2025(), SNAPSHOT, "Bexley")
    frames = frames_of(cut, editions.edition_2023())
    assert frames["official_editions"]["file_name"].to_list() == ["edition_1.ods"]
    ((name, _, reason),) = frames["refused_editions"].rows()
    assert name == "edition_0.ods"
    assert "Bexley" in reason


def test_sheets_that_were_left_are_told_in_words() -> None:
    left = frames_of(edition_2025())["official_editions"]["sheets_left"].to_list()
    assert left == [["Cover (6 rows): no table of local authorities", "Notes (3 rows): no table of local authorities"]]


def test_name_means_the_authority_of_its_time() -> None:
    rows = frames_of(editions.edition_2023())["official_rows"].filter(name="Dorset")
    found = rows.select("family", "framework_family", "authority_id", "is_abolished").rows()
    assert found == [
        ("snapshot", "ilacs", "E06000059", False),
        ("history", "ilacs", "E06000059", False),
        ("history", "sif", "E10000009", True),
    ]


def test_authority_that_has_ended_is_one_by_its_dates_too() -> None:
    book = edition_2025()
    book[HISTORY][2][3], title = None, book[HISTORY][:2]
    book[HISTORY] = [*title, *([*row[:3], *row[4:]] for row in book[HISTORY][2:])]
    rows = frames_of(book)["official_rows"]
    assert rows.filter("is_abolished")["name"].to_list() == ["Northamptonshire"]


def name(sheet: str, row: int, column: int, written: str) -> Callable[[Book], None]:
    def change(book: Book) -> None:
        book[sheet][row][column] = written

    return change


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (
            name(SNAPSHOT, 3, 2, "Barnett"),
            f"sheet '{SNAPSHOT}', cell C4 holds 'Barnett'. Expected there: the name of an",
        ),
        (
            name(SNAPSHOT, 3, 2, "Northamptonshire"),
            "C4 holds 'Northamptonshire'. Expected there: an authority that existed",
        ),
        (name(HISTORY, 3, 3, "No longer exists"), "C4 holds 'Barnet'. Expected there: an authority that ended by 2025"),
        (lambda book: book[SNAPSHOT].append(book[SNAPSHOT][3]), "cell C14 holds 'Barnet'. Expected there: another"),
        (lambda book: book[IN_YEAR].append(book[IN_YEAR][3]), "cell C10 holds 'Bexley'. Expected there: another"),
        (lambda book: book[HISTORY].append(book[HISTORY][4]), "cell C18 holds 'Barnet'. Expected there: another"),
    ],
)
def test_name_that_can_not_be_is_refused_with_its_cell(change: Callable[[Book], object], said: str) -> None:
    book = edition_2025()
    change(book)
    assert said in refusal(book)


@pytest.mark.parametrize(
    ("book", "said"),
    [
        (without(edition_2025(), SNAPSHOT, "Bexley", "Derby"), "that existed on 2025-03-31: Bexley, Derby. Rows"),
        (without(edition_2025(), SNAPSHOT, NEW), f"no row for 1 of the authorities that existed on 2025-03-31: {NEW}."),
        (without(edition_2025(), IN_YEAR, "Bolton"), f"sheet {IN_YEAR} lacks the inspection of Bolton of 2024-09-09"),
        (without(edition_2025(), HISTORY, "Derby"), f"sheet '{HISTORY}' has no row for 1 of the authorities"),
        (without(edition_2025(), HISTORY, "Dorset"), f"sheet {HISTORY} lacks the inspection of Dorset of 2021-09-27"),
        (without(editions.edition_2023(), WIDE, "Bexley"), f"sheet '{WIDE}' has no row for 1 of the authorities"),
        (without(editions.edition_send(), SEND, "Derby"), f"sheet '{SEND}' has no row for 1 of the authorities"),
    ],
)  # fmt: skip
def test_edition_with_rows_missing_is_refused_and_says_which(book: Book, said: str) -> None:
    assert said in refusal(book)


def test_history_may_lack_an_authority_without_an_inspection() -> None:
    frames = frames_of(without(editions.edition_2023(), WIDE, NEW))
    assert frames["official_rows"].filter(sheet=WIDE, name=NEW).is_empty()
    assert frames["official_rows"].filter(sheet=SNAPSHOT, name=NEW)["is_inspected"].to_list() == [False]


def test_history_tells_the_framework_where_two_were_in_force() -> None:
    """At 31 March 2022 the latest inspection of Darlington was of spring 2018, and not yet of the new framework."""
    book = editions.edition_2023()
    book[SNAPSHOT][3][4:6] = [dt.date(2018, 3, 12), None]
    book[WIDE][3][9], book[WIDE][3][13:] = dt.date(2018, 5, 21), []
    barnet = frames_of(book)["official_rows"].filter(name="Barnet", sheet=SNAPSHOT)
    assert barnet["framework_family"].to_list() == ["sif"]
    alone = frames_of({name: book[name] for name in ("Cover", SNAPSHOT)})["official_rows"].filter(name="Barnet")
    assert alone["framework_family"].to_list() == ["ilacs"]


def test_half_of_any_sheet_is_refused() -> None:
    older = ((editions.edition_2023, WIDE), (editions.edition_send, SEND))
    for make, sheet in ((edition_2025, SNAPSHOT), (edition_2025, HISTORY), *older):
        for half in (slice(3, 8), slice(8, None)):
            book = make()
            kept = book[sheet][half]
            assert "are missing" in refusal({**book, sheet: [*book[sheet][:3], *kept]})


def test_sheets_may_differ_by_some_days_in_the_start_of_one_inspection() -> None:
    """The edition of 2023 has Cumbria's inspection from 20 September on one sheet, from the 21st on the next."""
    book = edition_2025()
    book[IN_YEAR][-1][4] = dt.date(2024, 9, 10)
    assert frames_of(book)["official_rows"].filter(name="Bolton", sheet=IN_YEAR).height == 1
