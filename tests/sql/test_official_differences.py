"""Why official statistics and the reports differ, by rule."""

from tests.histories import Told
from tests.sql.test_complete_record import BARNET, History


def test_inspection_amid_those_with_a_report_is_no_gap_in_the_collection(history: History) -> None:
    """Reports of 2019 and 2024 are held: an inspection of 2021 has none because there was none, or a report is lost."""
    overall = {"overall": "good"}
    told = [
        Told("Barnet", "ilacs", "standard", "2019-05-13", "2019-07-01", overall),
        Told("Barnet", "ilacs", "standard", "2021-06-14", "2021-07-26", overall),
        Told("Barnet", "sif", "first", None, "2014-03-03", overall),
        Told("Leeds", "ilacs", "standard", "2022-02-21", "2022-05-09", overall),
    ]
    asked = history(BARNET, (), told)
    found = asked.sql(
        "select authority_name, official_value, reason_code from quality.official_differences"
        " where item = 'inspection' and side = 'theirs only' order by all"
    ).fetchall()
    assert found == [
        ("Barnet", "2014-03-03", "NO_REPORT_HELD"),
        ("Barnet", "2021-06-14", "UNEXPLAINED"),
        ("Leeds", "2022-02-21", "NO_REPORT_HELD"),
    ]
