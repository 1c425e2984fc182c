"""Write the pages of docs/ that repeat what the headers of `sql/` say: the data dictionary and the questions.

    python scripts/write_docs.py

Each sentence about a table or a question is in its SQL file: change it there. A test fails while a page is out of date.
"""

import sys
from collections.abc import Iterable, Iterator

from pipelines.warehouse.checks import read_tests
from pipelines.warehouse.dictionary import READING_ORDER, models_in_reading_order
from pipelines.warehouse.headers import SQL_FOLDER
from pipelines.warehouse.models import Model
from pipelines.warehouse.questions import Parameter, Question, read_questions
from pipelines.warehouse.types import column_types

_DICTIONARY_OPENING = """# Data dictionary

Everything in `data/warehouse/judgements.duckdb`. Written from the headers of `sql/` by
`python scripts/write_docs.py`; change them there. The same descriptions are in the file itself:
`select table_name, column_name, comment from duckdb_columns()`.
"""

_QUESTIONS_OPENING = """# Questions

Ask one by its number or a part of its name, of your own authority, day or words, in each form of answer:

```sh
judgements query 02 --set authority=Kent --set reference_date=today
judgements query what_our_neighbours_were_told --set authority=Kent --format xlsx > told.xlsx
```

Names may be written in any case, or be a part of one name; an unknown one is an error that says which there are. A date
is 2025-03-31, 31/03/2025, 31 March 2025, today or yesterday; of a month or year its last day counts, or its first where
the name begins with "from". An empty value (`--set region=`) is for what is empty here: all, or no day in particular.

Each is a file in `sql/examples` that runs unchanged in any DuckDB client, too. There, change what stands in the first
lines, in the part called `asked`:

```sh
duckdb -readonly data/warehouse/judgements.duckdb -f sql/examples/01_authority_timeline.sql
```

Written from the headers of the files by `python scripts/write_docs.py`.
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
    parts = [_DICTIONARY_OPENING]
    for layer in READING_ORDER:
        parts.append(f"## {layer}\n")
        parts += ["\n".join(_about(model)) for model in models_in_reading_order() if model.layer == layer]
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
    return "\n".join([_QUESTIONS_OPENING, *("\n".join(_about_question(one)) for one in read_questions())])


def _about_question(question: Question) -> Iterator[str]:
    yield f"## {question.number}. {question.question}"
    yield ""
    yield f"{question.returns} [SQL](../sql/examples/{question.path.name})"
    yield ""
    for warning in question.warnings:
        yield f"> {warning}"
        yield ""
    if question.parameters:
        rows = ((f"`{one.name}`", one.type_in_words, _default(one)) for one in question.parameters)
        yield from _table(("`--set`", "type", "unless set"), rows)
        yield ""


def _default(parameter: Parameter) -> str:
    return "empty" if parameter.may_be_empty else str(parameter.default)


if __name__ == "__main__":
    sys.exit(main())
