"""The invented authorities: twelve drawn by hand, and as many more by rule as a large sample asks for.

Nothing here may be taken for a real place: provider URNs start at 99000001 (real ones stay below 3 million), GSS codes
start with X, and DfE numbers have four or more digits (real ones have three).
"""

import random
from dataclasses import dataclass
from pathlib import Path

from pipelines.sample.chance import seeded
from pipelines.sample.truth import write_csv

AUTHORITY_COLUMNS = (
    "provider_urn", "authority_name", "also_known_as", "la_code_gss", "la_code_dfe", "authority_type", "region_name",
    "ofsted_region_name", "statistical_neighbours_dfe", "is_current",
)  # fmt: skip
CHANGE_COLUMNS = ("change_date", "kind", "from_name", "from_gss", "to_name", "to_gss", "note")

UNITARY, METROPOLITAN, LONDON, COUNTY = "Unitary Authority", "Metropolitan District", "London Borough", "County"
DOZEN = 12
_GSS_GROUP = {UNITARY: "06", METROPOLITAN: "08", LONDON: "09", COUNTY: "10"}


@dataclass(frozen=True, slots=True)
class Authority:
    """A local authority. `council` is the name on covers before 2022, `index` its place in the world from 0."""

    index: int
    name: str
    council: str
    authority_type: str
    region: str
    gss: str
    is_current: bool = True
    is_tiny: bool = False
    also_known_as: str = ""

    @property
    def urn(self) -> str:
        """Ofsted's provider number in the invented world."""
        return str(99000001 + self.index)

    @property
    def dfe(self) -> str:
        """The Department for Education's number in the invented world."""
        return str(9901 + self.index)

    @property
    def ofsted_region(self) -> str:
        """Ofsted's eight regions: the two in the north east are one."""
        if self.region in ("North East", "Yorkshire and the Humber"):
            return "North East, Yorkshire and the Humber"
        return self.region

    @property
    def folder(self) -> str:
        """The folder that holds its reports."""
        return f"{self.urn}_{self.name.lower()}"


CORE = (
    Authority(
        0, "Marrowby", "Metropolitan Borough of Marrowby", METROPOLITAN, "Yorkshire and the Humber", "X08000001"
    ),
    Authority(1, "Ashquill", "London Borough of Ashquill", LONDON, "London", "X09000001"),
    Authority(2, "Velmouth", "Velmouth City Council", UNITARY, "South West", "X06000001"),
    Authority(3, "Thistlewick-on-Mere", "Thistlewick-on-Mere Borough Council", UNITARY, "North East", "X06000002"),
    Authority(4, "Upper Tarnleigh", "Upper Tarnleigh County Council", COUNTY, "North West", "X10000001"),
    Authority(5, "Isle of Farrowey", "Isle of Farrowey", UNITARY, "South West", "X06000003", is_tiny=True),
    Authority(
        6, "Dunmarshire", "Dunmarshire County Council", COUNTY, "East of England", "X10000002", is_current=False
    ),
    Authority(7, "North Dunmarsh", "North Dunmarsh Council", UNITARY, "East of England", "X06000004"),
    Authority(8, "West Dunmarsh", "West Dunmarsh Council", UNITARY, "East of England", "X06000005"),
    Authority(9, "Harrowfenshire", "Harrowfenshire Council", UNITARY, "East Midlands", "X06000006"),
    Authority(
        10, "Brackenholt and Sedgewater", "Borough of Brackenholt and Sedgewater", UNITARY, "South East", "X06000007",
        also_known_as="Brackenholt & Sedgewater",
    ),
    Authority(11, "Kingsorrel upon Wendle", "City of Kingsorrel upon Wendle", METROPOLITAN, "West Midlands",
        "X08000002", also_known_as="Kingsorrel"),
)  # fmt: skip

_NEW = "new authority starts uninspected"
CHANGES = (
    ("2021-04-01", "split", "Dunmarshire", "X10000002", "North Dunmarsh", "X06000004", _NEW),
    ("2021-04-01", "split", "Dunmarshire", "X10000002", "West Dunmarsh", "X06000005", _NEW),
    ("2023-04-01", "recode", "Harrowfenshire", "X10000003", "Harrowfenshire", "X06000006", "history continues"),
)  # fmt: skip

REGIONS = (
    "London", "North West", "South East", "South West", "Yorkshire and the Humber", "West Midlands", "East Midlands",
    "East of England", "North East",
)  # fmt: skip
_STARTS = (
    "Quorn", "Vexl", "Zell", "Ombr", "Yarrowm", "Grimpl", "Fenqu", "Jolv", "Ickm", "Plov", "Tweln", "Uxm", "Osgr",
    "Nevr", "Ravq", "Skelv", "Dropl", "Embl", "Hazq", "Wrynm",
)  # fmt: skip
_MIDDLES = ("a", "e", "i", "o", "el", "or", "im", "un")
_ENDS = ("combe", "thwaite", "sward", "garth", "hythe", "minster", "wold", "scar", "rigg", "fleet")


def _generated(index: int) -> Authority:
    """Authority number `index` past the twelve: its name counts through every start, middle and end."""
    n = index - len(CORE)
    # A stride that shares no factor with the 1,600 combinations: neighbours in the list do not look alike.
    lap, place = divmod(n, 1600)
    place = place * 767 % 1600
    start, rest = divmod(place, 80)
    middle, end = divmod(rest, 10)
    name = _STARTS[start] + _MIDDLES[middle] + _ENDS[end]
    if lap:
        name = f"{('Far', 'Nether', 'Little', 'Great')[(lap - 1) % 4]} {name}"
    region = REGIONS[n % len(REGIONS)]
    kind = LONDON if region == "London" else (UNITARY, METROPOLITAN, COUNTY)[n % 4 % 3]
    council = {
        UNITARY: f"{name} Council",
        METROPOLITAN: f"Metropolitan Borough of {name}",
        LONDON: f"London Borough of {name}",
        COUNTY: f"{name} County Council",
    }[kind]
    return Authority(index, name, council, kind, region, f"X{_GSS_GROUP[kind]}{100 + n:06d}")


def authority(index: int) -> Authority:
    """The authority at a place in the world; the same at any size of the sample."""
    return CORE[index] if index < len(CORE) else _generated(index)


def neighbours(one: Authority) -> list[str]:
    """DfE numbers of up to ten statistical neighbours within the same dozen; none for a former authority."""
    if not one.is_current:
        return []
    block = one.index // DOZEN * DOZEN
    others = [authority(i) for i in range(block, block + DOZEN) if i != one.index]
    shuffled = seeded("neighbours", one.index).sample(others, len(others))
    return [other.dfe for other in shuffled if other.is_current][:10]


def write_world(out: Path, world: int) -> None:
    """Write `authorities.csv` and `authority_changes.csv` for the first `world` authorities."""
    rows = []
    for index in range(world):
        one = authority(index)
        rows.append((
            one.urn, one.name, one.also_known_as, one.gss, one.dfe, one.authority_type, one.region, one.ofsted_region,
            " ".join(neighbours(one)), int(one.is_current),
        ))  # fmt: skip
    write_csv(out / "authorities.csv", AUTHORITY_COLUMNS, sorted(rows, key=lambda row: str(row[1])))
    write_csv(out / "authority_changes.csv", CHANGE_COLUMNS, CHANGES)


_FIRST_NAMES = (
    "Una", "Otto", "Cressida", "Barnaby", "Ffion", "Leopold", "Marguerite", "Tobias", "Ngozi", "Saffron", "Rupinder",
    "Aloysius", "Beatrix", "Dashiell", "Imelda", "Horatio", "Zéphine", "Kwabena", "Philippa", "Rafiq",
)  # fmt: skip
_LAST_NAMES = (
    "Thornley-Askew", "Pennywhistle", "Quennell", "Okonjo-Bright", "Marchbanks", "Vellacott", "Ravensdale", "Tripp",
    "Oldcastle", "Fotheringay-Castlemaine", "Nwosu", "Bellweather", "Hathersage", "Pickersgill", "Underhay",
    "Sandhu-Lake",
    "Greatorex", "Lillywhite", "Mossop", "Winterbourne",
)  # fmt: skip


def inspectors(rng: random.Random, n: int) -> list[str]:
    """So many different invented people."""
    codes = rng.sample(range(len(_FIRST_NAMES) * len(_LAST_NAMES)), n)
    return [f"{_FIRST_NAMES[c % len(_FIRST_NAMES)]} {_LAST_NAMES[c // len(_FIRST_NAMES)]}" for c in codes]
