"""The questions of `sql/examples` and the page that lists them.

Belongs here: reading what each file asks and returns, and laying that out as Markdown. `python -m
pipelines.warehouse.questions` writes the page anew.
Stays out: the questions and their SQL; those stand in the files.
"""

from dataclasses import dataclass
from pathlib import Path

from pipelines.warehouse.headers import SQL_FOLDER, read_sql_file

QUESTIONS = SQL_FOLDER.parent / "docs" / "questions.md"

_ENTRIES = frozenset(("question", "returns", "warning"))

_OPENING = """# Questions

Each of these is a file in `sql/examples` that runs as it stands in any DuckDB client:

```sh
judgements query sql/examples/01_authority_timeline.sql
duckdb -readonly data/warehouse/judgements.duckdb -f sql/examples/01_authority_timeline.sql
```

Authorities, dates and words to change stand in the first lines, in the part called `asked`. Written from the headers of
the files by `python -m pipelines.warehouse.questions`.

| | question | what it returns |
|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Question:
    """One file of `sql/examples`: what it asks, what its rows are, what to beware of, and its SQL."""

    path: Path
    question: str
    returns: str
    warnings: tuple[str, ...]
    statement: str


def read_questions(folder: Path = SQL_FOLDER / "examples") -> tuple[Question, ...]:
    """Every question of a folder, in the order of its number. Raises SqlHeaderError for a file that says too little."""
    return tuple(_question(path) for path in sorted(folder.glob("*.sql")))


def questions_text() -> str:
    """The page of questions as Markdown."""
    return _OPENING + "\n".join(_row(question) for question in read_questions()) + "\n"


def _question(path: Path) -> Question:
    file = read_sql_file(path, _ENTRIES)
    return Question(path, file.one("question"), file.one("returns"), file.entries.get("warning", ()), file.statement)


def _row(question: Question) -> str:
    number = question.path.name.partition("_")[0]
    returns = " ".join((question.returns, *(f"*{warning}*" for warning in question.warnings)))
    return f"| [{number}](../sql/examples/{question.path.name}) | {question.question} | {returns} |"


if __name__ == "__main__":
    QUESTIONS.write_text(questions_text(), encoding="utf-8")
