"""The kind of an inspection follows from its framework and its days on site, and says so."""

import pytest

from pipelines.parsing.facts import Visit
from pipelines.tables.inspections import inspection_kind
from tests.histories import day


@pytest.mark.parametrize(
    ("framework", "visits", "kind", "basis"),
    [
        ("ilacs_2018", [("2024-03-04", "2024-03-15")], "standard", "10 weekdays on site"),
        ("ilacs_2023", [("2025-05-06", "2025-05-16")], "standard", "9 weekdays on site"),
        ("ilacs_2018", [("2019-12-09", "2019-12-13")], "short", "5 weekdays on site"),
        (
            "ilacs_2018",
            [("2019-07-08", "2019-07-12"), ("2019-08-07", "2019-08-08")],
            "short",
            "7 weekdays on site in 2 visits",
        ),
        (
            "ilacs_2018",
            [("2020-03-09", "2020-03-13"), ("2020-09-07", "2020-09-11")],
            "standard",
            "10 weekdays on site in 2 visits, 178 days apart: uncertain",
        ),
        ("sif", [("2014-02-18", "2014-03-12")], "first", "framework sif"),
        ("sif_reinspection", [("2017-05-08", "2017-05-19")], "reinspection", "framework sif_reinspection"),
        ("lscb_review", [("2015-05-18", "2015-05-20")], "review", "framework lscb_review"),
        ("tlac", [("2013-07-08", "2013-07-12")], "other", "framework tlac"),
    ],
)
def test_kind_is_inferred_from_framework_and_weekdays(
    framework: str, visits: list[tuple[str, str]], kind: str, basis: str
) -> None:
    assert inspection_kind(framework, [Visit(day(start), day(end)) for start, end in visits]) == (kind, basis)
