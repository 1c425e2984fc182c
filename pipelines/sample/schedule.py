"""The inspections and visits laid out by hand, so that the default sample shows every kind of report and every quirk.

The first nine rows show all seven frameworks with grades: a small sample is still a fair one. Visits stand at the end,
in the order of their kinds; they come between an authority's inspections and never change a grade.
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Entry:
    """One inspection or visit. `date_form` is a form of `dates.py`; a quirk is a word or `group:member`."""

    authority: int
    framework: str
    visits: tuple[tuple[date, date], ...]
    published: date
    date_form: str
    quirks: tuple[str, ...]

    def choice_of(self, group: str) -> str:
        """The member of a group of quirks written `group:member`; empty when there is none."""
        return next((quirk.partition(":")[2] for quirk in self.quirks if quirk.startswith(group + ":")), "")

    @property
    def unjudged(self) -> tuple[str, ...]:
        """The judgement that was not made, for want of children, in a tiny authority."""
        code = self.choice_of("not_judged")
        return (code,) if code else ()


# ruff: noqa: E501 - an inspection a line reads better than one folded
# authority | framework | visits | published | date form | quirks
_ROWS = """
11|ilacs_2023|2025-06-09/2025-06-20|2025-07-28|short_to|grade:first bullets:unicode framework_refs number:no_space wrapped_grade
4|sif|2015-04-21/2015-05-14|2015-07-06|dash_full|lscb:head key_judgement_tables dot_leaders number:left_out digits_first
0|tlac|2013-07-08/2013-07-12|2013-08-16|short_dash|digits_first
2|ilacs_2018|2019-07-08/2019-07-12 2019-08-07/2019-08-08|2019-09-20|full_to|grade:middle bullets:wingdings several_visits sub_bullets face:vera
0|sif_reinspection|2017-03-06/2017-03-30|2017-05-22|full_to|number:two_stops alternating_numbers
9|lscb_review|2015-06-15/2015-06-18|2015-08-03|short_dash|face:helvetica
7|ilacs_2026|2026-06-08/2026-06-19|2026-07-28|short_to|grade:first bullets:unicode framework_refs sub_bullets digits_first
1|sif|2013-11-19/2013-12-11 2014-01-28/2014-01-30|2014-02-21|ragged|unnumbered lscb:cover several_visits bullets:wingdings
5|sif|2016-07-28/2016-07-28|2016-09-20|one_day|lscb:head not_judged:adoption one_day alternating_numbers
6|sif|2013-12-02/2013-12-18|2014-02-11|dash_full|unnumbered lscb:cover bullets:small lead_on_site
2|sif|2014-02-18/2014-03-12|2014-05-23|abbreviated|lscb:cover wrapped_grade dot_leaders number:no_stop
3|sif|2014-03-11/2014-04-02|2014-05-14|dash_full|lscb:cover leadership_numbered_1 two_leads face:vera
9|sif|2014-09-16/2014-10-08|2014-11-19|hyphen|key_judgement_tables suffix:senior
10|sif|2014-11-18/2014-12-10|2015-02-10|dash_short|lscb:bound bound_lscb key_judgement_tables other_date_in_text face:helvetica
11|sif|2015-10-12/2015-11-05|2016-01-05|dash_short|lscb:head number:two_stops board_missing other_date_in_text
11|sif|2018-01-29/2018-02-22|2018-05-09|short_to|verdict:london number:no_space
2|sif_reinspection|2016-09-12/2016-10-06|2016-11-25|slashes|number:left_out no_lead dot_leaders
6|sif_reinspection|2017-11-09/2017-11-24|2018-01-29|dash_tight|number:no_stop suffix:brackets title:reinspection alternating_numbers
4|tlac|2013-06-10/2013-06-14|2013-07-19|full_to|face:times
9|tlac|2013-08-05/2013-08-09|2013-09-13|short_dash|name_wraps digits_first
0|ilacs_2018|2019-05-13/2019-05-24|2019-07-01|full_to|grade:middle bullets:dingbats number:two_stops wrapped_grade
0|ilacs_2018|2022-11-28/2022-12-09|2023-02-06|short_to|grade:first bullets:unicode december_2022
0|ilacs_2026|2026-05-11/2026-05-22|2026-07-07|short_to|grade:first bullets:wingdings framework_refs number:no_stop
1|ilacs_2018|2018-09-17/2018-09-28|2018-11-12|mixed|grade:middle bullets:wingdings header_before_title suffix:hmi
1|ilacs_2023|2023-06-05/2023-06-09|2023-07-19|singular|grade:last bullets:unicode singular_date_label header_other_dates
1|ilacs_2026|2026-04-27/2026-05-01|2026-06-17|short_to|grade:last bullets:unicode framework_refs wrapped_grade
2|ilacs_2023|2024-03-04/2024-03-15|2024-05-16|no_dash|grade:first bullets:dingbats number:left_out title:trust
3|ilacs_2018|2018-04-23/2018-05-04|2018-06-18|zero_day|grade:middle bullets:wingdings prose_improvements no_heading_grades
3|ilacs_2018|2022-03-21/2022-04-01|2022-05-11|short_to|grade:first bullets:small two_leads
3|ilacs_2023|2025-03-10/2025-03-14|2025-04-28|short_to|grade:first bullets:unicode framework_refs children_care_leavers
4|ilacs_2018|2020-01-20/2020-01-31|2020-03-16|full_to|grade:last bullets:wingdings sub_bullets digits_first
4|ilacs_2023|2023-10-30/2023-11-10|2023-12-18|short_to|grade:middle bullets:unicode glued_footnote
5|ilacs_2023|2025-01-20/2025-01-24|2025-03-04|short_to|grade:first bullets:small framework_refs not_judged:in_care
6|ilacs_2018|2018-11-05/2018-11-16|2019-01-09|full_to|grade:middle bullets:wingdings wrapped_grade suffix:none
7|ilacs_2018|2022-10-03/2022-10-14|2022-11-25|short_to|grade:first bullets:unicode footnote_in_table
8|ilacs_2023|2023-03-13/2023-03-24|2023-05-25|short_to|grade:first bullets:wingdings face:times
8|ilacs_2023|2025-09-15/2025-09-26|2025-11-10|full_to|grade:middle bullets:dingbats framework_refs wrapped_grade
9|ilacs_2018|2018-02-19/2018-03-02|2018-04-30|full_to|grade:first bullets:wingdings missing_improvements
9|ilacs_2018|2021-07-05/2021-07-16|2021-08-31|short_to|grade:last bullets:unicode name_wraps
9|ilacs_2023|2024-11-11/2024-11-15|2025-01-06|short_to|grade:first bullets:unicode digits_first
10|ilacs_2018|2019-10-14/2019-10-18|2019-11-25|full_to|grade:middle bullets:wingdings sub_bullets
10|ilacs_2023|2026-01-12/2026-01-23|2026-06-15|short_to|grade:first bullets:unicode framework_refs january_2026
11|ilacs_2018|2021-11-15/2021-11-26|2022-01-17|mixed|grade:first bullets:wingdings lead_lines
0|sif|2014-11-18/2014-12-10|2015-02-03|dash_short|lscb:head key_judgement_tables digits_first board_missing
1|focused_visit|2018-03-20/2018-03-20|2018-04-12|one_day|theme:in_care bullets:unicode sub_bullets face:vera
9|focused_visit|2019-07-02/2019-07-03|2019-07-26|the_pair_of|theme:front_door bullets:wingdings roles_named face:helvetica
4|focused_visit|2019-10-31/2019-11-01|2019-11-27|pair|theme:care_leavers bullets:none mode:on_site your_sincerely
10|focused_visit|2020-09-29/2020-10-01|2020-11-06|three_days|theme:none bullets:unicode mode:remote inspectors:5 priority:present title:local_authority
2|focused_visit|2021-06-22/2021-06-23|2021-07-29|pair|theme:vulnerable_adolescents bullets:unicode mode:partly_remote inspectors:3 improvements:none
0|focused_visit|2021-10-05/2021-10-06|2021-11-10|no_year|theme:in_need_or_plan bullets:small mode:on_site priority:none title:council face:times
10|focused_visit|2022-06-14/2022-06-15|2022-07-12|year_misprinted|theme:permanence bullets:unicode inspectors:3 priority:carried improvements:last
1|focused_visit|2025-07-15/2025-07-16 2025-07-21/2025-07-21|2025-08-20|listed|theme:front_door bullets:unicode inspectors:3 mode:on_site framework_refs priority:said
2|focused_visit|2025-10-07/2025-10-08|2025-11-04|short_to|theme:care_leavers bullets:dingbats framework_refs title:trust
3|monitoring_visit|2019-02-12/2019-02-13|2019-03-11|pair|theme:in_need_or_plan bullets:wingdings ordinal:second
3|monitoring_visit|2022-11-22/2022-11-23|2022-12-20|pair|theme:in_care bullets:unicode ordinal:second letter_date:earlier
8|monitoring_visit|2024-01-30/2024-01-31|2024-02-27|pair|theme:care_leavers bullets:unicode ordinal:third inspectors:3
0|jtai_2016|2017-10-16/2017-10-20|2017-12-01|pair|theme:neglect bullets:wingdings priority:present study:strength face:helvetica
9|jtai_2016|2019-05-13/2019-05-17|2019-07-03|no_year|theme:mental_health bullets:unicode study:area_for_improvement
7|jtai_2022|2023-06-12/2023-06-16|2023-07-25|short_to|theme:initial_need_and_risk bullets:unicode priority:none sub_bullets study:area_for_improvement
4|jtai_2022|2025-01-20/2025-01-24|2025-03-06|short_to|theme:domestic_abuse bullets:unicode no_deadline probation face:times
11|area_send_2023|2023-05-15/2023-05-19|2023-07-20|short_to|outcome:systemic_failings bullets:unicode torn_row
1|area_send_2023|2024-02-05/2024-02-09|2024-04-10|short_to|outcome:inconsistent bullets:unicode torn_row no_inner_title
7|area_send_2023|2024-11-11/2024-11-15|2025-01-16|short_to|outcome:typically_positive bullets:dingbats not_inspected
"""


def _entry(row: str) -> Entry:
    place, framework, visits, published, form, quirks = row.split("|")
    spans = (visit.split("/") for visit in visits.split())
    return Entry(
        int(place),
        framework,
        tuple((date.fromisoformat(start), date.fromisoformat(end)) for start, end in spans),
        date.fromisoformat(published),
        form,
        tuple(quirks.split()),
    )


SCHEDULE: tuple[Entry, ...] = tuple(_entry(row) for row in _ROWS.strip().splitlines())
