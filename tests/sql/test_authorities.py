"""Authorities over time: types, names, ancestors and descendants, neighbours."""

from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb

from pipelines.tables.frames import OWN_REFERENCE
from tests.histories import Inspection, frames_of, tables_of

History = Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection]


def test_the_code_tells_the_type_then_and_now(history: History) -> None:
    asked = history([])
    now = asked.execute(
        """select authority_name, authority_type from core.authorities
           where authority_name in ('Cumberland', 'Kent', 'Somerset') order by 1"""
    ).fetchall()
    then = asked.execute(
        "select la_code_gss, authority_type from core.authority_codes where authority_id = 'E06000065' order by 1"
    ).fetchall()
    assert now == [("Cumberland", "Unitary Authority"), ("Kent", "County"), ("Somerset", "Unitary Authority")]
    assert then == [("E06000065", "Unitary Authority"), ("E10000023", "County")]


def test_a_list_of_authorities_that_lags_behind_gives_no_wrong_type(tmp_path: Path) -> None:
    for name in ("authorities.csv", "authority_changes.csv"):
        text = (OWN_REFERENCE / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("E06000063,942,Unitary Authority", "E06000063,942,County"), "utf-8")
    with tables_of(frames_of([], [], tmp_path)) as asked:
        assert asked.execute(
            "select authority_type from core.authorities where authority_name = 'Cumberland'"
        ).fetchall() == [("Unitary Authority",)]
