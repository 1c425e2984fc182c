"""The questions of `sql/examples`: what each asks and returns, and its SQL."""

from dataclasses import dataclass
from pathlib import Path

from pipelines.warehouse.headers import SQL_FOLDER, read_sql_file

_ENTRIES = frozenset(("question", "returns", "warning"))


@dataclass(frozen=True, slots=True)
class Question:
    """One file of `sql/examples`: its question, rows, warnings and SQL."""

    path: Path
    question: str
    returns: str
    warnings: tuple[str, ...]
    statement: str


def read_questions(folder: Path = SQL_FOLDER / "examples") -> tuple[Question, ...]:
    """Every question of a folder, in the order of its number. Raises SqlHeaderError for an incomplete file."""
    return tuple(_question(path) for path in sorted(folder.glob("*.sql")))


def _question(path: Path) -> Question:
    file = read_sql_file(path, _ENTRIES)
    return Question(path, file.one("question"), file.one("returns"), file.entries.get("warning", ()), file.statement)
