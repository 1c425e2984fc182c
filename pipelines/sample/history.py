"""What each invented authority has been through: one plan a report, the same at any size of the sample.

Every choice is drawn from a generator seeded by the sample's seed and by what it is for, never by what was made before:
report 7 is the same in a sample of 44 and in one of 16,000.
"""

import random
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from pipelines.sample.chance import seeded
from pipelines.sample.grades import base_ranks, draw_judgements
from pipelines.sample.schedule import SCHEDULE, Entry
from pipelines.sample.world import CORE, DOZEN, Authority, authority, inspectors

PER_AUTHORITY = 4
ILACS = ("ilacs_2018", "ilacs_2023", "ilacs_2026")


@dataclass(frozen=True, slots=True)
class Plan:
    """One report to be made. `grades` holds judgement_code and grade in the order of the framework."""

    index: int
    seed: int
    authority: Authority
    framework: str
    visits: tuple[tuple[date, date], ...]
    published: date
    date_form: str
    quirks: tuple[str, ...]
    grades: tuple[tuple[str, str], ...]
    leads: tuple[str, ...]
    suffix: str
    face: str

    def rng(self, purpose: str) -> random.Random:
        """A generator for one purpose within this report."""
        return seeded(self.seed, self.index, purpose)

    def has(self, quirk: str) -> bool:
        """Does the report show this quirk?"""
        return quirk in self.quirks

    def choice_of(self, group: str, default: str) -> str:
        """The member of a group of quirks written `group:member`, such as `grade:middle`."""
        return next((quirk.partition(":")[2] for quirk in self.quirks if quirk.startswith(group + ":")), default)

    def grade(self, code: str) -> str:
        """The grade of a judgement that the report makes."""
        return dict(self.grades)[code]

    @property
    def start(self) -> date:
        """First day of the first visit."""
        return self.visits[0][0]

    @property
    def end(self) -> date:
        """Last day of the last visit."""
        return self.visits[-1][1]

    @property
    def has_lscb(self) -> bool:
        """Does the report judge the Local Safeguarding Children Board?"""
        return any(code == "lscb" for code, _ in self.grades)

    @property
    def label(self) -> str:
        """What the site's link says, without the date."""
        if self.has("bound_lscb"):
            return "single inspection of la children's services as pdf"
        return "children's services inspection,  pdf" if self.framework == "tlac" else "children's services inspection"


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _drawn_entry(seed: int, index: int, framework: str, first: date, last: date, with_board: bool) -> Entry:
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


@cache
def _entries(seed: int, index: int) -> tuple[Entry, ...]:
    """All inspections of an authority, oldest first."""
    if index < len(CORE):
        return tuple(sorted((e for e in SCHEDULE if e.authority == index), key=lambda e: e.visits[0][0]))
    fourth = (
        ("sif_reinspection", date(2016, 2, 1), date(2017, 12, 1)),
        ("ilacs_2026", date(2026, 4, 6), date(2026, 7, 10)),
        ("tlac", date(2013, 5, 27), date(2013, 8, 20)),
        ("ilacs_2026", date(2026, 4, 6), date(2026, 7, 10)),
        ("lscb_review", date(2015, 1, 5), date(2015, 12, 1)),
    )[index % 5]
    soon_followed = fourth[0] in ("lscb_review", "sif_reinspection")
    slots = (
        ("sif", date(2014, 1, 6), date(2014, 12, 1) if soon_followed else date(2016, 1, 20)),
        ("ilacs_2018", date(2018, 2, 1), date(2021, 12, 1)),
        ("ilacs_2023", date(2023, 1, 9), date(2024, 10, 1) if fourth[0] == "ilacs_2026" else date(2026, 3, 1)),
        fourth,
    )
    # A review published alone belongs to an inspection whose report leaves the board out.
    with_board = fourth[0] != "lscb_review"
    drawn = (_drawn_entry(seed, index, *slot, with_board) for slot in slots)
    return tuple(sorted(drawn, key=lambda e: e.visits[0][0]))


@cache
def _grades(seed: int, index: int) -> dict[Entry, tuple[tuple[str, str], ...]]:
    """The grades of all inspections of an authority: one walk over its history."""
    rng = seeded(seed, "grades", index)
    entries = _entries(seed, index)
    drawn = {}
    for entry, base in zip(entries, base_ranks(rng, [entry.framework for entry in entries]), strict=True):
        grades = draw_judgements(rng, entry.framework, base, entry.unjudged)
        if entry.choice_of("lscb"):
            grades |= draw_judgements(rng, "lscb_review", base)
        drawn[entry] = tuple(grades.items())
    return drawn


def _suffix(entry: Entry) -> str:
    """What stands after an inspector's name."""
    written = entry.choice_of("suffix")
    if written:
        return {"none": "", "brackets": "(HMI)", "senior": "Senior HMI", "hmi": "HMI"}[written]
    if entry.framework == "tlac":
        return "HMI"
    if entry.framework in ILACS:
        return "Her Majesty’s Inspector" if entry.visits[0][0] < date(2022, 9, 12) else "His Majesty’s Inspector"
    return "HMI" if entry.visits[0][0].year == 2015 else ""


def make_plan(seed: int, index: int) -> Plan:
    """The plan of report number `index` (from 0)."""
    if index < len(SCHEDULE):
        entry = SCHEDULE[index]
    else:
        place, turn = divmod(index - len(SCHEDULE), PER_AUTHORITY)
        entry = _entries(seed, len(CORE) + place)[turn]
    rng = seeded(seed, "plan", index)
    names = inspectors(rng, 2)
    if "name_wraps" in entry.quirks:
        names[0] = "Marguerite Fotheringay-Castlemaine"
    count = 0 if "no_lead" in entry.quirks else 2 if "two_leads" in entry.quirks else 1
    return Plan(
        index=index,
        seed=seed,
        authority=authority(entry.authority),
        framework=entry.framework,
        visits=entry.visits,
        published=entry.published,
        date_form=entry.date_form,
        quirks=entry.quirks,
        grades=_grades(seed, entry.authority)[entry],
        leads=tuple(names[:count]),
        suffix=_suffix(entry),
        face=entry.choice_of("face") or rng.choices(("helvetica", "vera", "times"), (7, 2, 1))[0],
    )


def world_size(reports: int) -> int:
    """How many authorities a sample of so many reports needs, in whole dozens: neighbours are found within one."""
    needed = len(CORE) + -(-max(0, reports - len(SCHEDULE)) // PER_AUTHORITY)
    return -(-needed // DOZEN) * DOZEN
