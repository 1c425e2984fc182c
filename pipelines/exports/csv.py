"""Marts as CSV: `marts/<table>.csv`, with the byte order mark by which Excel recognises UTF-8, and no formula."""

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.warehouse.models import read_models

if TYPE_CHECKING:
    import duckdb

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
"""Without it Excel reads UTF-8 in the code page of the country."""
FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""How a formula begins. OWASP, "CSV Injection": a cell that begins so gets an apostrophe before it."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]"
"""What a terminal would obey, where somebody prints the file."""


def write_csv(connection: "duckdb.DuckDBPyConnection", folder: Path, _previous: Path | None = None) -> None:
    """Write each mart below `folder`."""
    for model in read_models():
        if model.layer == "marts" and not model.is_view:
            target = folder / model.layer / f"{model.name}.csv"
            target.parent.mkdir(parents=True, exist_ok=True)
            unmarked = target.with_suffix(".unmarked")
            inert(connection.table(model.full_name)).write_csv(str(unmarked), header=True)
            with unmarked.open("rb") as text, target.open("wb") as file:
                file.write(BYTE_ORDER_MARK)
                shutil.copyfileobj(text, file)
            unmarked.unlink()


def inert(relation: "duckdb.DuckDBPyRelation") -> "duckdb.DuckDBPyRelation":
    """The same rows, with an apostrophe before text that a spreadsheet would run, and no control character in it.

    Numbers, dates and every other type stay as they are: a number of -1 is no formula.
    """
    columns = [
        _inert(number) if str(kind) == "VARCHAR" else f"#{number}"
        for number, kind in enumerate(relation.types, start=1)
    ]
    names = (name.replace('"', '""') for name in relation.columns)
    return relation.project(", ".join(f'{column} as "{name}"' for column, name in zip(columns, names, strict=True)))


def _inert(number: int) -> str:
    """The text column of that number. Columns are told by number, because two may have one name."""
    with_apostrophe = rf"regexp_replace(#{number}, '{FORMULA}', '''\0')"
    return f"regexp_replace({with_apostrophe}, '{CONTROL}', '\ufffd', 'g')"
