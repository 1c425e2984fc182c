"""Authorities over time: types, names, ancestors and descendants, neighbours."""

import shutil
from collections.abc import Callable, Iterable
from pathlib import Path

import duckdb
import pytest

from pipelines.tables.frames import OWN_REFERENCE
from tests.histories import Inspection, frames_of, parsed_report, publication, tables_of

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


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("City of York", "York"),
        ("City of Bristol", "Bristol, City of"),
        ("City of Derby", "Derby"),
        ("Derby City", "Derby"),
        ("County Durham", "Durham"),
        ("Kent County", "Kent"),
        ("Kent County Council", "Kent"),
        ("City of London", "City of London"),
        ("City of Westminster", "Westminster"),
        ("Westminster City Council", "Westminster"),
        ("The London Borough of Barnet", "Barnet"),
    ],
)
def test_what_sort_of_place_an_authority_is_need_not_be_written_as_in_its_name(
    history: History, written: str, name: str
) -> None:
    assert history([]).execute("select label from filter_values('authority', $1)", [written]).fetchall() == [(name,)]


def test_a_list_of_authorities_that_lags_behind_gives_no_wrong_type(tmp_path: Path) -> None:
    for name in ("authorities.csv", "authority_changes.csv"):
        text = (OWN_REFERENCE / name).read_text("utf-8")
        (tmp_path / name).write_text(text.replace("E06000063,942,Unitary Authority", "E06000063,942,County"), "utf-8")
    with tables_of(frames_of([], [], tmp_path)) as asked:
        assert asked.execute(
            "select authority_type from core.authorities where authority_name = 'Cumberland'"
        ).fetchall() == [("Unitary Authority",)]


def test_names_come_from_the_reference_changes_reports_and_other_publishers() -> None:
    reports = [parsed_report("a", authority="Poole"), parsed_report("b", authority="The Borough of Poole")]
    publications = [publication("a", "80434"), publication("b", "80434")]
    with tables_of(frames_of(publications, reports)) as asked:
        rows = asked.execute(
            """select authority_id, name, source, valid_to_date::varchar, n_reports from core.authority_names
               where authority_id in (select authority_id from core.reports) or name ilike '%st helens%'
               order by authority_id, source, name"""
        ).fetchall()
    assert rows == [
        ("E06000029", "Poole", "authority change", "2019-03-31", 1),
        ("E06000029", "Poole", "reference", "2019-03-31", 1),
        ("E06000029", "Poole", "report", None, 1),
        ("E06000029", "The Borough of Poole", "report", None, 1),
        ("E08000013", "st helens", "data to insight", None, 0),
        ("E08000013", "St Helens", "ofsted statistics", None, 0),
    ]


def test_a_renamed_authority_keeps_its_former_name(tmp_path: Path) -> None:
    shutil.copy(OWN_REFERENCE / "authorities.csv", tmp_path)
    changes = (OWN_REFERENCE / "authority_changes.csv").read_text("utf-8")
    renamed = "2025-04-01,recode,Barnsley Town,E08000016,Barnsley"
    (tmp_path / "authority_changes.csv").write_text(
        changes.replace("2025-04-01,recode,Barnsley,E08000016,Barnsley", renamed), "utf-8"
    )
    with tables_of(frames_of([], [], tmp_path)) as asked:
        rows = asked.execute(
            """select name, valid_from_date::varchar, valid_to_date::varchar from core.authority_names
               where authority_id = 'E08000038' and source = 'authority change' order by 1"""
        ).fetchall()
    assert rows == [("Barnsley", "2025-04-01", None), ("Barnsley Town", None, "2025-03-31")]


def test_lineage_tells_what_became_of_a_place_and_that_a_recode_changes_nothing(history: History) -> None:
    asked = history([])
    of_dorset = """select relation, relative_id, kind, change_date::varchar, n_steps from core.authority_lineage
                   where authority_id = ? order by relative_id"""
    assert asked.execute(of_dorset, ["E10000009"]).fetchall() == [
        ("descendant", "E06000058", "split", "2019-04-01", 1),
        ("descendant", "E06000059", "split", "2019-04-01", 1),
    ]
    assert asked.execute(of_dorset, ["E06000058"]).fetchall() == [
        ("ancestor", "E06000028", "merge", "2019-04-01", 1),
        ("ancestor", "E06000029", "merge", "2019-04-01", 1),
        ("ancestor", "E10000009", "split", "2019-04-01", 1),
    ]
    assert asked.execute(of_dorset, ["E08000038"]).fetchall() == [("itself", "E08000038", "recode", "2025-04-01", 0)]


def test_lineage_goes_on_through_two_changes(tmp_path: Path) -> None:
    shutil.copy(OWN_REFERENCE / "authorities.csv", tmp_path)
    changes = (OWN_REFERENCE / "authority_changes.csv").read_text("utf-8")
    merger = "2024-04-01,merge,Cumberland,E06000063,Kent,E10000016,invented\n"
    (tmp_path / "authority_changes.csv").write_text(changes + merger, "utf-8")
    with tables_of(frames_of([], [], tmp_path)) as asked:
        rows = asked.execute(
            """select authority_id, relation, relative_id, kind, change_date::varchar from core.authority_lineage
               where n_steps = 2 order by 1"""
        ).fetchall()
    assert rows == [
        ("E10000006", "descendant", "E10000016", "merge", "2024-04-01"),
        ("E10000016", "ancestor", "E10000006", "split", "2023-04-01"),
    ]


def test_neighbours_are_ranked_and_say_where_they_come_from(history: History, tmp_path: Path) -> None:
    first = """select neighbour_rank, a.authority_name, source is not null, edition
               from core.statistical_neighbours n join core.authorities a on a.authority_id = neighbour_authority_id
               where n.authority_id = 'E09000003' order by 1 limit 2"""
    assert history([]).execute(first).fetchall() == [(1, "Waltham Forest", True, None), (2, "Reading", True, None)]
    for name in ("authorities.csv", "authority_changes.csv"):
        shutil.copy(OWN_REFERENCE / name, tmp_path)
    with tables_of(frames_of([], [], tmp_path)) as asked:
        assert asked.execute(first).fetchall()[0] == (1, "Waltham Forest", False, None)


def test_authorities_bear_the_code_of_their_region(history: History) -> None:
    of_kent = "select region_name, region_code_gss from core.authorities where authority_name = 'Kent'"
    assert history([]).execute(of_kent).fetchall() == [("South East", "E12000008")]
