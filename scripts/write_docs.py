"""Write the pages of docs/ that repeat what the headers of `sql/` say: the data dictionary and the questions.

    python scripts/write_docs.py

Each sentence about a table or a question is in its SQL file: change it there. A test fails while a page is out of date.
"""

import sys
from collections.abc import Iterable, Iterator

from pipelines.warehouse.checks import read_tests
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.models import Model, read_models
from pipelines.warehouse.questions import Question, read_questions
from pipelines.warehouse.types import column_types

_LAYER_ORDER = ("core", "official", "quality", "marts", "macros", "search", "meta")

_DICTIONARY_OPENING = """# Data dictionary

Everything in `data/warehouse/judgements.duckdb`. Written from the headers of `sql/` by
`python scripts/write_docs.py`; change them there. The same descriptions are in the file itself:
`select table_name, column_name, comment from duckdb_columns()`.
"""

_QUESTIONS_OPENING = """# Questions

Each of these is a file in `sql/examples` that runs unchanged in any DuckDB client:

```sh
judgements query sql/examples/01_authority_timeline.sql
duckdb -readonly data/warehouse/judgements.duckdb -f sql/examples/01_authority_timeline.sql
```

Change the authorities, dates and words in the first lines, in the part called `asked`. Written from the headers of the
files by `python scripts/write_docs.py`.

| | question | what it returns |
|---|---|---|
"""


def main() -> int:
    """Write each page whose text has changed, and say which."""
    docs = SQL_FOLDER.parent / "docs"
    for name, text in pages().items():
        if (docs / name).read_text("utf-8") != text:
            (docs / name).write_text(text, "utf-8")
            print(f"docs/{name}")
    return 0


def pages() -> dict[str, str]:
    """The text of each page by the name of its file."""
    return {"data_dictionary.md": dictionary_text(), "questions.md": questions_text()}


def dictionary_text() -> str:
    """The whole dictionary as Markdown: tables in the order of the flow, then macros, then the tests."""
    models = sorted(read_models(), key=lambda model: (_LAYER_ORDER.index(model.layer), model.name))
    parts = [_DICTIONARY_OPENING]
    for layer in _LAYER_ORDER:
        parts.append(f"## {layer}\n")
        parts += ["\n".join(_about(model)) for model in models if model.layer == layer]
    parts.append(
        "## checks\n\nRun on every build. A blocking check that fails leaves the published warehouse in place.\n"
    )
    parts.append("\n".join(_about_checks()))
    return "\n".join(parts) + "\n"


def _about(model: Model) -> Iterator[str]:
    yield f"### {model.full_name}"
    yield ""
    kind = "View" if model.is_view else model.kind.capitalize()
    yield f"{model.description} *{kind}. Grain: {', '.join(model.grain)}.*"
    yield ""
    for warning in model.warnings:
        yield f"> {warning}"
        yield ""
    if model.parameters:
        yield from _table(("parameter", "meaning"), model.parameters.items())
        yield ""
    types = column_types()[model.full_name]
    yield from _table(
        ("column", "type", "meaning"), ((name, f"`{types[name]}`", text) for name, text in model.columns.items())
    )
    yield ""


def _about_checks() -> Iterator[str]:
    checks = sorted(read_tests(), key=lambda check: (check.table, check.name))
    severities = {True: "blocking", False: "warning"}
    yield from _table(
        ("table", "check", "severity", "rule"),
        ((check.table, check.name, severities[check.is_blocking], check.description) for check in checks),
    )


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield f"|{' --- |' * len(head)}"
    for row in rows:
        yield f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in row)} |"


def questions_text() -> str:
    """The page of questions as Markdown."""
    return _QUESTIONS_OPENING + "\n".join(_row(question) for question in read_questions()) + "\n"


def _row(question: Question) -> str:
    number = question.path.name.partition("_")[0]
    returns = " ".join((question.returns, *(f"*{warning}*" for warning in question.warnings)))
    return f"| [{number}](../sql/examples/{question.path.name}) | {question.question} | {returns} |"


if __name__ == "__main__":
    sys.exit(main())
