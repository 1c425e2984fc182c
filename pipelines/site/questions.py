"""The questions of `sql/examples` with their answers: pages whose columns only the answer tells."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pipelines.site.pages import Computed, Kind
from pipelines.warehouse.questions import read_questions

if TYPE_CHECKING:
    import duckdb

MOST_ROWS = 200
"""Rows that a page shows; the CSV beside it has all."""


def question_pages(connection: "duckdb.DuckDBPyConnection") -> Iterator[Computed]:
    """The list of questions, and for each a page and a CSV."""
    questions = dict(answered_questions(connection))
    listed = {"": {"questions": list(questions.values())}}
    yield Computed(Kind("questions", "questions/index.html", "questions.html"), listed)
    yield Computed(Kind("question", "questions/{page}/index.html", "question.html"), questions)
    yield Computed(Kind("answer", "questions/{page}/answer.csv", "rows.csv"), questions)


def answered_questions(connection: "duckdb.DuckDBPyConnection") -> Iterator[tuple[str, dict[str, Any]]]:
    """For each question its number and what its page shows: the question, its SQL, columns and rows."""
    for question in read_questions():
        answer = connection.execute(question.statement)
        columns = [column[0] for column in answer.description or ()]
        rows = answer.fetchall()
        yield (
            question.number,
            {
                "number": question.number,
                "parameters": [(one.name, one.type_in_words, one.default) for one in question.parameters],
                "question": question.question,
                "returns": question.returns,
                "warnings": list(question.warnings),
                "statement": question.statement,
                "columns": columns,
                "shown": rows[:MOST_ROWS],
                "n_rows": len(rows),
                "rows": [dict(zip(columns, row, strict=True)) for row in rows],
                "is_number": [_is_number(rows, place) for place in range(len(columns))],
            },
        )


def _is_number(rows: list[tuple[Any, ...]], place: int) -> bool:
    """Whether a column holds numbers, which stand at the right."""
    known = [row[place] for row in rows if row[place] is not None]
    return bool(known) and all(
        isinstance(value, (int, float)) and not isinstance(value, (bool, dt.date)) for value in known[:20]
    )
