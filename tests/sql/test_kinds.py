"""What kind of inspection it was, where the history of an authority tells more than the title of a report."""

from collections.abc import Callable, Iterable

import duckdb

from tests.histories import Inspection

GOOD = {"overall_effectiveness": "good"}


def first(authority: str, urn: str, start: str, framework: str = "sif") -> Inspection:
    return (authority, urn, framework, start, start, GOOD)


def kinds_of(asked: duckdb.DuckDBPyConnection) -> list[tuple[str, str, str]]:
    return asked.execute(
        """select authority_name, inspection_kind, inspection_kind_basis
           from core.inspections join core.authorities using (authority_id) order by authority_name, start_date"""
    ).fetchall()


def test_second_inspection_under_the_title_of_a_first_is_a_reinspection(
    history: Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection],
) -> None:
    asked = history(
        [
            first("Barnet", "80487", "2014-02-17"),
            first("Barnet", "80487", "2017-06-19"),
            first("Bradford", "80449", "2014-02-17"),
            first("Bradford", "80449", "2017-06-19", "sif_reinspection"),
            first("Derby", "80459", "2017-03-01"),
        ]
    )
    assert kinds_of(asked) == [
        ("Barnet", "first", "framework sif"),
        ("Barnet", "reinspection", "second inspection under the same framework"),
        ("Bradford", "first", "framework sif"),
        ("Bradford", "reinspection", "framework sif_reinspection"),
        ("Derby", "first", "framework sif"),
    ]


def test_frameworks_without_reinspections_and_other_families_make_no_second(
    history: Callable[[Iterable[Inspection]], duckdb.DuckDBPyConnection],
) -> None:
    asked = history(
        [
            first("Barnet", "80487", "2013-06-10", "tlac"),
            first("Barnet", "80487", "2014-02-17"),
            first("Barnet", "80487", "2019-06-10", "ilacs_2018"),
            first("Barnet", "80487", "2022-06-13", "ilacs_2018"),
        ]
    )
    assert [kind for _, kind, _ in kinds_of(asked)] == ["other", "first", "short", "short"]
