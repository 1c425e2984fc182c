"""Inspections drawn by rule, for the authorities that a large sample has beside those laid out by hand."""

from datetime import date, timedelta

from pipelines.sample.chance import seeded
from pipelines.sample.schedule import Entry

ILACS = ("ilacs_2018", "ilacs_2023", "ilacs_2026")


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def drawn_entry(seed: int, index: int, framework: str, first: date, last: date, with_board: bool) -> Entry:
    """An inspection by rule somewhere between two dates, with the quirks that its framework may show."""
    rng = seeded(seed, "entry", index, framework, first)
    start = _monday(first + timedelta(days=rng.randrange((last - first).days - 27))) + timedelta(days=7)
    days = {"tlac": 4, "lscb_review": 3, "sif": 24, "sif_reinspection": 24}.get(framework) or rng.choice((4, 11))
    visits = ((start, start + timedelta(days=days)),)
    quirks = [quirk for quirk, chance in _CHANCES[framework].items() if rng.random() < chance]
    slips = [quirk for quirk in quirks if quirk.startswith("number:")]
    quirks = [quirk for quirk in quirks if quirk not in slips[1:]]
    if framework in ILACS:
        quirks.append("grade:" + rng.choice(("first", "middle", "last")))
        quirks.append("bullets:" + rng.choice(("wingdings", "unicode", "dingbats", "small")))
        if start >= date(2025, 1, 1):
            quirks.append("framework_refs")
    elif framework == "sif" and with_board:
        quirks.append("lscb:cover" if start < date(2014, 6, 1) else "lscb:head")
    if framework == "sif" and date(2014, 6, 1) <= start < date(2015, 9, 1):
        quirks.append("key_judgement_tables")
    form = rng.choice(("full_to", "short_to", "dash_full") if framework != "tlac" else ("short_dash", "full_to"))
    published = visits[-1][1] + timedelta(days=rng.randrange(38, 55))
    return Entry(
        index, framework, visits, published - timedelta(days=max(0, published.weekday() - 4)), form, tuple(quirks)
    )


_NUMBERS = {"number:no_space": 0.04, "number:two_stops": 0.04, "number:no_stop": 0.04, "number:left_out": 0.03}
_CHANCES: dict[str, dict[str, float]] = {
    "tlac": {"digits_first": 0.3, "dot_leaders": 0.3},
    "lscb_review": {},
    "sif": {"dot_leaders": 0.3, "alternating_numbers": 0.5, "lead_on_site": 0.1, "digits_first": 0.3, **_NUMBERS},
    "sif_reinspection": {"dot_leaders": 0.3, "alternating_numbers": 0.5, "digits_first": 0.3, **_NUMBERS},
    "ilacs_2018": {
        "sub_bullets": 0.3,
        "wrapped_grade": 0.3,
        "prose_improvements": 0.02,
        "digits_first": 0.4,
        **_NUMBERS,
    },
    "ilacs_2023": {"sub_bullets": 0.3, "wrapped_grade": 0.3, "glued_footnote": 0.03, "digits_first": 0.4, **_NUMBERS},
    "ilacs_2026": {"sub_bullets": 0.3, "wrapped_grade": 0.3, "digits_first": 0.4, **_NUMBERS},
}
