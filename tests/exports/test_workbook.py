"""The workbook and `--format xlsx`: real dates, text that stays text, the same bytes, sheets as their headers say."""

import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from pipelines.exports import excel
from pipelines.exports.excel import TooLargeForExcelError, new_workbook, write_sheet
from pipelines.exports.workbook import NAME, ORDER, write_workbook
from pipelines.warehouse.connection import open_warehouse
from pipelines.warehouse.headers import SQL_FOLDER


def rows_of(file: Path, sheet: str) -> list[list[Any]]:
    return CalamineWorkbook.from_path(str(file)).get_sheet_by_name(sheet).to_python()


def written(folder: Path, columns: list[str], rows: list[tuple[Any, ...]]) -> list[list[Any]]:
    file = folder / "answer.xlsx"
    with new_workbook(file) as book:
        write_sheet(book, "Answer", columns, rows)
    return rows_of(file, "Answer")


@pytest.fixture(scope="module")
def workbook(sample_warehouse: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("workbook")
    with open_warehouse(sample_warehouse) as connection:
        write_workbook(connection, folder)
    return folder / NAME


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "007", "https://x y", "1e5", "TRUE", "{=1}", "a\nb"])
def test_text_stays_text(tmp_path: Path, text: str) -> None:
    assert written(tmp_path, ["x"], [(text,)]) == [["x"], [text]]
    with zipfile.ZipFile(tmp_path / "answer.xlsx") as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        (date(2025, 3, 31), date(2025, 3, 31)),
        (date(1850, 1, 1), "1850-01-01"),
        (datetime(2025, 3, 31, 12, 30), datetime(2025, 3, 31, 12, 30)),  # noqa: DTZ001
        (True, True),
        (12, 12.0),
        (2**63, str(2**63)),
        (Decimal("1.5"), 1.5),
        (float("nan"), "nan"),
        (None, ""),
        (["a", None, "b"], "a, , b"),
        ({"a": [1]}, '{"a": [1]}'),
        ("a\x1b[2Jb", "a\ufffd[2Jb"),
        ("https://example.org/a?b=1#page=2", "https://example.org/a?b=1#page=2"),
    ],
)
def test_a_value_keeps_its_kind_or_becomes_text(tmp_path: Path, value: object, cell: object) -> None:
    assert written(tmp_path, ["x", "y"], [(value, 1)])[1][0] == cell


def test_a_cell_that_is_cut_says_so(tmp_path: Path) -> None:
    text = written(tmp_path, ["x"], [("x" * 40_000,)])[1][0]
    assert len(text) == excel.MAX_TEXT
    assert text.endswith(excel.CUT)


def test_an_answer_too_large_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(excel, "MAX_ROWS", 2)
    with pytest.raises(TooLargeForExcelError, match="csv or parquet"):
        written(tmp_path, ["x"], [(1,), (2,), (3,)])


def test_heads_with_one_name_are_told_apart_and_no_rows_are_a_table_too(tmp_path: Path) -> None:
    assert written(tmp_path, ["x", "X", "", "x"], [])[0] == ["x", "X 2", "column", "x 3"]


def test_grades_are_coloured_and_sentences_are_not(tmp_path: Path) -> None:
    written(
        tmp_path,
        ["g", "t"],
        [("requires_improvement", "Good practice is everywhere in this authority's teams."), ("good", "x")],
    )
    with zipfile.ZipFile(tmp_path / "answer.xlsx") as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert 'conditionalFormatting sqref="A2:A3"' in sheet
    assert "B2:B3" not in sheet


def test_every_sheet_has_rows_and_is_told_of(workbook: Path) -> None:
    names = CalamineWorkbook.from_path(str(workbook)).sheet_names
    assert len(names) == len(ORDER) + 3
    told = {row[0] for row in rows_of(workbook, "Read me")}
    assert set(names) - told == {"Read me"}
    for name in names:
        assert len(rows_of(workbook, name)) > 1, name
    explained = {(row[0], row[1]) for row in rows_of(workbook, "Dictionary")}
    for name in set(names) - {"Read me", "Neighbours", "Dictionary"}:
        assert {(name, column) for column in map(str, rows_of(workbook, name)[0])} <= explained


def test_an_invented_workbook_says_so(workbook: Path) -> None:
    about = {row[0]: row[1] for row in rows_of(workbook, "Read me")}
    assert "no grade, date or name in it is real" in about["Made from"]


def test_every_query_of_the_folder_is_a_sheet() -> None:
    files = {path.stem for path in (SQL_FOLDER / "workbook").glob("*.sql")}
    assert files == {*ORDER, "grades_in_words"}


def test_the_latest_grades_are_those_of_the_mart(workbook: Path, sample_warehouse: Path) -> None:
    head, *rows = rows_of(workbook, "Latest")
    with open_warehouse(sample_warehouse) as connection:
        graded = connection.execute(
            "select a.authority_name, g.label from core.authorities a left join marts.latest_judgements j"
            " on j.authority_id = a.authority_id and j.area_code = 'care' left join core.grades g using (grade)"
            " where a.is_current"
        ).fetchall()
    assert len(rows) == len(graded) > 1
    for name, label in graded:
        [row] = [dict(zip(head, row, strict=True)) for row in rows if row[0] == name]
        assert row["Care"] == label or (label is None and row["Care"].startswith("Not "))
        assert isinstance(row["Start"], date) or row["Start"] == ""
        assert isinstance(row["URN"], str)


def test_what_was_not_judged_says_since_when(workbook: Path) -> None:
    head, *rows = rows_of(workbook, "History")
    history = [dict(zip(head, row, strict=True)) for row in rows]
    since = {row["Overall"] for row in history if "April 2026" in row["Framework"] and "from" in row["Framework"]}
    assert since == {"Not judged since April 2026"}
    assert {row["Care leavers"] for row in history if "2018" in row["Framework"]} == {"Not judged until January 2023"}
    assert all(row[column] for row in history for column in ("Overall", "Leaders", "Help and protection"))


def test_neighbours_hold_what_excel_will_reckon(workbook: Path) -> None:
    rows = rows_of(workbook, "Neighbours")
    listed = {row[0]: row[1:] for row in rows_of(workbook, "Neighbour list")[1:]}
    latest = {row[0]: row for row in rows_of(workbook, "Latest")[1:]}
    chosen = rows[0][1]
    shown = [row for row in rows[3:] if row[1]]
    assert [row[1] for row in shown] == [chosen, *(name for name in listed[chosen] if name)]
    assert all(row[2:8] == latest[row[1]][1:7] for row in shown)


def test_the_same_warehouse_gives_the_same_bytes(workbook: Path, sample_warehouse: Path, tmp_path: Path) -> None:
    with open_warehouse(sample_warehouse) as connection:
        write_workbook(connection, tmp_path)
    assert (tmp_path / NAME).read_bytes() == workbook.read_bytes()
