"""Grades that an inspection might give: they drift from one inspection of an authority to the next.

The rules, true of every row that Ofsted has published: overall lies between the lowest and the highest of the others;
in the single inspection framework an inadequate judgement 1, 2 or 3 makes overall inadequate and nothing else does; in
ILACS an inadequate judgement on help and protection, care or care leavers does, one on leaders does not.
"""

import random
from collections.abc import Mapping, Sequence

RANKED = ("", "outstanding", "good", "requires_improvement", "inadequate")
WRITTEN = {
    "outstanding": "Outstanding",
    "good": "Good",
    "requires_improvement": "Requires improvement",
    "adequate": "Adequate",
    "inadequate": "Inadequate",
    "not_judged": "Not judged",
}

JUDGEMENTS: Mapping[str, tuple[str, ...]] = {
    "tlac": ("overall_effectiveness", "capacity_to_improve", "outcomes", "quality_of_provision", "leaders"),
    "sif": ("help_and_protection", "looked_after", "adoption", "care_leavers", "leaders", "overall_effectiveness"),
    "sif_reinspection": (
        "help_and_protection", "looked_after", "adoption", "care_leavers", "leaders", "overall_effectiveness",
    ),
    "lscb_review": ("lscb",),
    "ilacs_2018": ("leaders", "help_and_protection", "in_care_and_care_leavers", "overall_effectiveness"),
    "ilacs_2023": ("leaders", "help_and_protection", "in_care", "care_leavers", "overall_effectiveness"),
    "ilacs_2026": ("leaders", "help_and_protection", "in_care", "care_leavers"),
}  # fmt: skip

KEY_JUDGEMENTS: Mapping[str, tuple[str, ...]] = {
    "sif": ("help_and_protection", "looked_after", "leaders"),
    "sif_reinspection": ("help_and_protection", "looked_after", "leaders"),
    "ilacs_2018": ("help_and_protection", "in_care_and_care_leavers"),
    "ilacs_2023": ("help_and_protection", "in_care", "care_leavers"),
}


def base_ranks(rng: random.Random, frameworks: Sequence[str]) -> list[int]:
    """The general level at each of an authority's inspections, 1 (best) to 4: a walk with a pull to the better.

    Only services found inadequate were re-inspected, and most had got somewhat better by then.
    """
    ranks: list[int] = []
    for place, framework in enumerate(frameworks):
        if framework == "sif_reinspection":
            rank = rng.choices((2, 3, 4), (2, 5, 2))[0]
        elif "sif_reinspection" in frameworks[place + 1 :] and framework == "sif":
            rank = 4
        elif ranks:
            # Few stay at either end: the best slip, and the worst get help to mend.
            steps = {1: (0, 6, 4), 4: (7, 3, 0)}.get(ranks[-1], (3, 7, 2))
            rank = ranks[-1] + rng.choices((-1, 0, 1), steps)[0]
        else:
            rank = rng.choices((1, 2, 3, 4), (1, 4, 7, 1))[0]
        ranks.append(rank)
    return ranks


def _near(rng: random.Random, rank: int) -> int:
    return min(4, max(1, rank + rng.choices((-1, 0, 1), (3, 12, 1))[0]))


def _overall(framework: str, ranks: Mapping[str, int]) -> int:
    """Overall from the others, by the limiting judgements of the framework."""
    limits = KEY_JUDGEMENTS.get(framework)
    others = list(ranks.values())
    mean = int(sum(others) / len(others) + 0.5)
    if limits is None:
        return min(max(others), max(min(others), mean))
    if any(ranks.get(code) == 4 for code in limits):
        return 4
    return min(3, max(others), max(min(others), mean))


def draw_judgements(rng: random.Random, framework: str, base: int, unjudged: tuple[str, ...] = ()) -> dict[str, str]:
    """The grades of one inspection in the order of the framework; codes in `unjudged` get "not_judged"."""
    codes = JUDGEMENTS[framework]
    ranks: dict[str, int] = {}
    for code in codes:
        if code == "overall_effectiveness" or code in unjudged:
            continue
        anchor = ranks["looked_after"] if code == "adoption" and "looked_after" in ranks else base
        ranks[code] = _near(rng, anchor)
    if "overall_effectiveness" in codes:
        ranks["overall_effectiveness"] = _overall(framework, ranks)
    grades = {code: RANKED[ranks[code]] if code in ranks else "not_judged" for code in codes}
    if framework == "tlac":
        return {code: "adequate" if grade == "requires_improvement" else grade for code, grade in grades.items()}
    return grades


def breaks_a_rule(framework: str, grades: Mapping[str, str]) -> str | None:
    """The consistency rule that a set of grades breaks, as a sentence; None when it keeps them all."""
    rank = {grade: n for n, grade in enumerate(RANKED)} | {"adequate": 3}
    overall = grades.get("overall_effectiveness")
    others = [
        rank[g] for code, g in grades.items() if g != "not_judged" and code not in ("overall_effectiveness", "lscb")
    ]
    if overall is None:
        return None if framework in ("ilacs_2026", "lscb_review") else "no overall grade where the framework has one"
    if not min(others) <= rank[overall] <= max(others):
        return "overall is not between the lowest and the highest of the others"
    limits = KEY_JUDGEMENTS.get(framework)
    if limits and any(grades[code] == "inadequate" for code in limits) != (overall == "inadequate"):
        return "overall is inadequate exactly when a limiting judgement is"
    return None
