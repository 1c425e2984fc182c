"""What each invented authority has been through: one plan a report, the same at any size of the sample.

Authorities drawn by rule for a large sample have inspections alone; visits are laid out by hand.
Every choice is drawn from a generator seeded by the sample's seed and by what it is for, never by what was made before:
report 7 is the same in a sample of 63 and in one of 16,000.
"""

import random
from dataclasses import dataclass
from datetime import date
from functools import cache

from pipelines.sample.chance import seeded
from pipelines.sample.drawn import ILACS, drawn_entry
from pipelines.sample.grades import JUDGEMENTS, RANKED, base_ranks, draw_judgements
from pipelines.sample.schedule import SCHEDULE, Entry
from pipelines.sample.world import CORE, DOZEN, Authority, authority, inspectors

PER_AUTHORITY = 4
MONITORING, INADEQUATE = "monitoring_visit", "inadequate"
LABELS = {
    "tlac": "children's services inspection,  pdf",
    "focused_visit": "children's services focused visit",
    MONITORING: "children's services monitoring visit",
    "jtai_2016": "joint area child protection inspection",
    "jtai_2022": "joint area child protection inspection",
    "area_send_2023": "area send full inspection",
}
"""What the site's link says, of the kinds that it calls anything but "children's services inspection"."""


@dataclass(frozen=True, slots=True)
class Plan:
    """One report to be made. `grades` holds judgement_code and grade in the order of the framework; a visit has none.

    `standing` is the overall grade of the last inspection before it, which ended on `inspected`; empty and None where
    there was none.
    """

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
    standing: str = ""
    inspected: date | None = None

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
        return LABELS.get(self.framework, "children's services inspection")


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
    drawn = (drawn_entry(seed, index, *slot, with_board) for slot in slots)
    return tuple(sorted(drawn, key=lambda e: e.visits[0][0]))


def _monitored(entries: tuple[Entry, ...]) -> set[Entry]:
    """The inspections that monitoring visits follow."""
    last: Entry | None = None
    found = set()
    for entry in entries:
        if entry.framework == MONITORING and last:
            found.add(last)
        elif entry.framework in JUDGEMENTS:
            last = entry
    return found


@cache
def _grades(seed: int, index: int) -> dict[Entry, tuple[tuple[str, str], ...]]:
    """The grades of all inspections of an authority: one walk over its history. Only inadequate ones are monitored."""
    rng = seeded(seed, "grades", index)
    monitored = _monitored(_entries(seed, index))
    entries = [entry for entry in _entries(seed, index) if entry.framework in JUDGEMENTS]
    drawn = {}
    for entry, base in zip(entries, base_ranks(rng, [entry.framework for entry in entries]), strict=True):
        grades = draw_judgements(rng, entry.framework, base, entry.unjudged)
        while entry in monitored and grades["overall_effectiveness"] != INADEQUATE:
            grades = draw_judgements(rng, entry.framework, RANKED.index(INADEQUATE), entry.unjudged)
        if entry.choice_of("lscb"):
            grades |= draw_judgements(rng, "lscb_review", base)
        drawn[entry] = tuple(grades.items())
    return drawn


def _last_inspected(seed: int, entry: Entry) -> tuple[str, date | None]:
    """The overall grade of the last inspection of an authority before a visit, and the day on which it ended."""
    graded = _grades(seed, entry.authority)
    for before in reversed([one for one in graded if one.visits[-1][1] < entry.visits[0][0]]):
        overall = dict(graded[before]).get("overall_effectiveness")
        if overall:
            return overall, before.visits[-1][1]
    return "", None


def _suffix(entry: Entry) -> str:
    """What stands after an inspector's name."""
    written = entry.choice_of("suffix")
    if written:
        return {"none": "", "brackets": "(HMI)", "senior": "Senior HMI", "hmi": "HMI"}[written]
    if entry.framework == "tlac":
        return "HMI"
    if entry.framework in ILACS or entry.framework not in JUDGEMENTS:
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
    is_graded = entry.framework in JUDGEMENTS
    standing, inspected = ("", None) if is_graded else _last_inspected(seed, entry)
    return Plan(
        index=index,
        seed=seed,
        authority=authority(entry.authority),
        framework=entry.framework,
        visits=entry.visits,
        published=entry.published,
        date_form=entry.date_form,
        quirks=entry.quirks,
        grades=_grades(seed, entry.authority)[entry] if is_graded else (),
        leads=tuple(names[:count]),
        suffix=_suffix(entry),
        face=entry.choice_of("face") or rng.choices(("helvetica", "vera", "times"), (7, 2, 1))[0],
        standing=standing,
        inspected=inspected,
    )


def world_size(reports: int) -> int:
    """How many authorities a sample of so many reports needs, in whole dozens: neighbours are found within one."""
    needed = len(CORE) + -(-max(0, reports - len(SCHEDULE)) // PER_AUTHORITY)
    return -(-needed // DOZEN) * DOZEN
