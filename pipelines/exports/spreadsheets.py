"""Text that a spreadsheet takes for text, whatever it begins with."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import duckdb

FORMULA = r"^[=+\-@\t\r\n＝＋－＠]"
"""How a formula begins. OWASP, "CSV Injection": a cell that begins so gets an apostrophe before it."""
CONTROL = r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x{9f}]"
"""What a terminal would obey, where somebody prints the file."""


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
