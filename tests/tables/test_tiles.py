"""The map of equal squares: our own layout against what is known of England, and layouts by rule."""

import csv
import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

import polars as pl
import pytest

from pipelines.sample.world import write_world
from pipelines.tables.authorities import AuthorityReference, load_authorities
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.tables.tiles import tiles_of

Square = tuple[int, int]
ISLANDS = {"Isle of Wight", "Isles of Scilly"}
"""They stand in the sea, apart from their regions."""

WITH_COUNTY = {
    "Derby": "Derbyshire",
    "Nottingham": "Nottinghamshire",
    "Leicester": "Leicestershire",
    "Southampton": "Hampshire",
    "Portsmouth": "Hampshire",
    "Plymouth": "Devon",
    "Torbay": "Devon",
    "Brighton and Hove": "East Sussex",
    "Stoke-on-Trent": "Staffordshire",
    "York": "North Yorkshire",
    "Blackpool": "Lancashire",
    "Blackburn with Darwen": "Lancashire",
    "Southend-on-Sea": "Essex",
    "Thurrock": "Essex",
    "Luton": "Hertfordshire",
    "Medway": "Kent",
    "Peterborough": "Cambridgeshire",
    "Swindon": "Wiltshire",
    "Kingston Upon Hull, City of": "East Riding of Yorkshire",
    "Telford and Wrekin": "Shropshire",
    "Milton Keynes": "Buckinghamshire",
    "Rutland": "Leicestershire",
}
N_TOUCHING = 287
"""Of 390 pairs of neighbours. A square has eight around it; North Yorkshire, for one, has 13 neighbours."""

SHARE_OF_POSSIBLE = 0.87
"""Among pairs of which neither has more neighbours than a square can have."""


@pytest.fixture(scope="module")
def reference() -> AuthorityReference:
    return load_authorities(OWN_REFERENCE)


@pytest.fixture(scope="module")
def squares(reference: AuthorityReference) -> dict[str, Square]:
    """Column and row by the authority's name."""
    return squares_of(tiles_of(reference.authorities, OWN_REFERENCE), reference.authorities)


def squares_of(tiles: pl.DataFrame, authorities: pl.DataFrame) -> dict[str, Square]:
    names = dict(authorities.select("authority_id", "authority_name").iter_rows())
    return {names[authority_id]: (column, row) for authority_id, column, row in tiles.iter_rows()}


def touch(one: Square, other: Square) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= 1


def is_one_block(squares: Iterable[Square]) -> bool:
    apart = set(squares)
    reached = [apart.pop()]
    while reached and apart:
        here = reached.pop()
        found = {there for there in apart if touch(here, there)}
        apart -= found
        reached += found
    return not apart


def existing(authorities: pl.DataFrame, day: dt.date) -> set[str]:
    began = pl.col("valid_from_date").is_null() | (pl.col("valid_from_date") <= day)
    lasts = pl.col("valid_to_date").is_null() | (pl.col("valid_to_date") >= day)
    return set(authorities.filter(began & lasts)["authority_name"])


def neighbours() -> list[tuple[str, str]]:
    with Path(__file__).with_name("adjacent_authorities.csv").open(encoding="utf-8", newline="") as file:
        return [(row["authority_name"], row["neighbour_name"]) for row in csv.DictReader(file)]


def test_every_authority_of_every_time_has_a_square(reference: AuthorityReference) -> None:
    drawn = pl.read_csv(OWN_REFERENCE / "tiles.csv")
    assert sorted(drawn["authority_id"]) == sorted(reference.authorities["authority_id"])


def test_no_two_share_a_square_before_or_after_any_change(
    reference: AuthorityReference, squares: dict[str, Square]
) -> None:
    changed = reference.authority_changes["change_date"].unique().to_list()
    days = {day for change in changed for day in (change - dt.timedelta(days=1), change)}
    counts = {}
    for day in sorted(days):
        there = existing(reference.authorities, day)
        assert len({squares[name] for name in there}) == len(there), day
        counts[day.isoformat()] = len(there)
    assert (counts["2013-03-31"], counts["2019-04-01"], counts["2021-04-01"], counts["2025-04-01"]) == (
        152,
        151,
        152,
        153,
    )


def test_a_former_authority_has_the_square_of_a_successor(
    reference: AuthorityReference, squares: dict[str, Square]
) -> None:
    successors = defaultdict(set)
    for before, after in reference.authority_changes.select("from_gss", "to_gss").iter_rows():
        successors[before].add(after)
    names = dict(reference.authorities.select("authority_id", "authority_name").iter_rows())
    former = reference.authorities.filter(~pl.col("is_current"))["authority_id"]
    own = {names[one] for one in former if squares[names[one]] not in {squares[names[to]] for to in successors[one]}}
    # Bournemouth, Poole and Dorset became two: the third square is off the coast and leaves no hole in the land.
    assert own == {"Bournemouth"}


def test_the_map_has_the_outline_of_england(squares: dict[str, Square]) -> None:
    columns, rows = zip(*squares.values(), strict=True)
    assert (min(columns), max(columns), min(rows), max(rows)) == (1, 16, 1, 20)
    by_row = Counter(row for _, row in squares.values())
    assert by_row[1] == 4
    assert squares["Northumberland"][1] == 1
    assert squares["Isles of Scilly"] == (1, 20)
    assert squares["Cornwall"][0] == min(column for name, (column, row) in squares.items() if row == 19)
    assert max(squares["Norfolk"][0], squares["Suffolk"][0]) == max(
        column for column, row in squares.values() if row == squares["Suffolk"][1]
    )


def test_no_hole_is_inside_the_land(reference: AuthorityReference, squares: dict[str, Square]) -> None:
    land = {squares[name] for name in existing(reference.authorities, dt.date(2026, 1, 1))}
    around = {(column, row) for column in range(18) for row in range(22)} - land
    sea, reached = {(0, 0)}, [(0, 0)]
    while reached:
        column, row = reached.pop()
        found = {(column + 1, row), (column - 1, row), (column, row + 1), (column, row - 1)} & around - sea
        sea |= found
        reached += found
    assert around == sea


def test_each_region_is_one_block(reference: AuthorityReference, squares: dict[str, Square]) -> None:
    blocks = defaultdict(set)
    for name, region in reference.authorities.select("authority_name", "region_name").iter_rows():
        if name not in ISLANDS:
            blocks[region].add(squares[name])
    assert len(blocks) == 9
    assert [region for region, block in blocks.items() if not is_one_block(block)] == []
    islands = {name: square for name, square in squares.items() if name in ISLANDS}
    next_to = {
        (name, other) for name, square in islands.items() for other in squares if touch(square, squares[other])
    } - {(name, name) for name in ISLANDS}
    assert next_to == {("Isle of Wight", "Southampton")}


def test_london_looks_like_london(squares: dict[str, Square]) -> None:
    assert squares["Enfield"][1] < min(squares[name][1] for name in ("Barnet", "Haringey", "Waltham Forest"))
    north = ("Kensington and Chelsea", "Westminster", "City of London", "Tower Hamlets")
    south = ("Wandsworth", "Lambeth", "Southwark", "Lewisham")
    assert len({squares[name][1] for name in north}) == 1
    assert [squares[name] for name in south] == [(column, row + 1) for column, row in map(squares.__getitem__, north)]
    assert squares["Hillingdon"][0] < squares["Ealing"][0] < squares["Camden"][0] < squares["Havering"][0]


@pytest.mark.parametrize(("place", "county"), WITH_COUNTY.items())
def test_a_place_touches_its_county(place: str, county: str, squares: dict[str, Square]) -> None:
    assert touch(squares[place], squares[county])


def test_neighbours_touch(squares: dict[str, Square]) -> None:
    pairs = neighbours()
    n_neighbours = Counter(name for pair in pairs for name in pair)
    possible = [pair for pair in pairs if max(n_neighbours[name] for name in pair) <= 8]
    touching = [pair for pair in pairs if touch(squares[pair[0]], squares[pair[1]])]
    assert len({frozenset(pair) for pair in pairs}) == len(pairs) == 390
    assert len(touching) >= N_TOUCHING
    assert len([pair for pair in possible if pair in touching]) >= SHARE_OF_POSSIBLE * len(possible)


def test_an_authority_without_neighbours_is_an_island(squares: dict[str, Square]) -> None:
    assert set(squares) - {name for pair in neighbours() for name in pair} == ISLANDS


@pytest.mark.parametrize("n_authorities", [1, 12, 120, 1000])
def test_other_authorities_are_laid_out_in_blocks_by_region(n_authorities: int, tmp_path: Path) -> None:
    write_world(tmp_path, n_authorities)
    if n_authorities == 1:  # the changes are of authorities that are not there
        changes = (tmp_path / "authority_changes.csv").read_text("utf-8").splitlines()[0]
        (tmp_path / "authority_changes.csv").write_text(f"{changes}\n", "utf-8")
    authorities = load_authorities(tmp_path).authorities
    tiles = tiles_of(authorities, OWN_REFERENCE)
    assert len(tiles.unique(["column_number", "row_number"])) == len(tiles) == n_authorities
    squares = squares_of(tiles, authorities)
    blocks = defaultdict(set)
    for name, region in authorities.select("authority_name", "region_name").iter_rows():
        blocks[region].add(squares[name])
    assert all(is_one_block(block) for block in blocks.values())
    spans = [(min(block), max(block)) for block in blocks.values()]
    widths = {right[0] - left[0] for left, right in spans}
    assert max(widths) ** 2 < max(map(len, blocks.values()))


def test_blocks_stand_as_on_the_map_and_a_region_of_ones_own_comes_last(tmp_path: Path) -> None:
    write_world(tmp_path, 120)
    text = (tmp_path / "authorities.csv").read_text("utf-8")
    (tmp_path / "authorities.csv").write_text(text.replace("East Midlands", "Middle Kingdom"), "utf-8")
    authorities = load_authorities(tmp_path).authorities
    placed = tiles_of(authorities, OWN_REFERENCE).join(authorities, on="authority_id")
    corners = {
        region: (column, row)
        for region, column, row in placed.group_by("region_name")
        .agg(pl.col("column_number", "row_number").min())
        .iter_rows()
    }
    assert corners["North East"][1] < corners["West Midlands"][1] < corners["London"][1] == corners["South West"][1]
    assert corners["South West"][0] < corners["South East"][0] < corners["London"][0]
    assert max(corners.values(), key=lambda corner: corner[1]) == corners["Middle Kingdom"]
    former = placed.filter(~pl.col("is_current")).row(0, named=True)
    of_region = placed.filter(pl.col("region_name") == former["region_name"])
    assert of_region.sort("row_number", "column_number").row(-1, named=True) == former


def test_a_directory_with_some_of_our_authorities_has_them_where_they_are(reference: AuthorityReference) -> None:
    some = reference.authorities.filter(pl.col("is_current")).head(20)
    assert tiles_of(some, OWN_REFERENCE).equals(
        tiles_of(reference.authorities, OWN_REFERENCE).join(some, on="authority_id", how="semi")
    )
