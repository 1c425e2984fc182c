"""Frames of what the files of the report kinds say: frameworks, their judgements, areas, grades."""

from msgspec.structs import asdict

from pipelines.report_kinds.registry import (
    load_frameworks,
    load_grades,
    load_national_framework,
    load_themes,
    load_unread_frameworks,
    load_vocabulary,
)
from pipelines.tables.schemas_reference import (
    Areas,
    Frameworks,
    Grades,
    JudgementAreas,
    NationalFramework,
    Outcomes,
    Themes,
)
from pipelines.tables.staged import Frames
from pipelines.tables.validation import valid_frame


def report_kind_frames() -> Frames:
    """The frames by name. A broken rule is our own mistake and raises."""
    frameworks = (*load_frameworks(), *load_unread_frameworks())
    made = (
        {
            **asdict(kind),
            "framework_code": framework.framework_code,
            "limits_overall": kind.limits_overall and framework.overall_limit is not None,
            "covers": (kind.area_code, *kind.also_covers),
        }
        for framework in frameworks
        for kind in framework.judgements
    )
    areas = load_vocabulary().areas
    return {
        "frameworks": valid_frame(Frameworks, ({**asdict(one), "is_read": bool(one.titles)} for one in frameworks)),
        "judgement_areas": valid_frame(JudgementAreas, made),
        "themes": valid_frame(Themes, ({**asdict(one), "is_in_letters": bool(one.told_by)} for one in load_themes())),
        "outcomes": valid_frame(
            Outcomes,
            (
                {**asdict(outcome), "framework_code": framework.framework_code, "sort_order": n}
                for framework in frameworks
                for n, outcome in enumerate(reversed(framework.outcomes), start=1)
            ),
        ),
        "grades": valid_frame(Grades, map(asdict, load_grades())),
        "areas": valid_frame(Areas, ({**asdict(area), "sort_order": n} for n, area in enumerate(areas, start=1))),
        "national_framework": valid_frame(
            NationalFramework,
            ({**asdict(one), "national_framework_ref": one.code} for one in load_national_framework()),
        ),
    }
