"""Where each authority stands on a map of equal squares: our own layout of England, or one by rule for other lists.

The layout (`reference/tiles.csv`) is drawn by hand: neighbours on the map of England touch where eight squares around
one allow it, and counties touch their cities. An authority keeps its square for ever; one that a merger or split ended
has the square of a successor, so that no square holds two on any day. Bournemouth has one of its own off the coast:
three authorities became two there.
"""

from collections import defaultdict
from collections.abc import Sequence
from math import ceil, isqrt
from pathlib import Path

import polars as pl

from pipelines.tables.schemas_reference import Tiles
from pipelines.tables.validation import Row, valid_frame

_BLOCKS_ABREAST = 3


def tiles_of(authorities: pl.DataFrame, own: Path) -> pl.DataFrame:
    """A square for each authority, with columns counted from the west and rows from the north, both from 1.

    `authorities` is a frame of the schema Authorities, `own` the folder of our own reference data. Authorities that are
    all in our own layout stand where it has them. Any other list is laid out by rule, region by region.
    """
    drawn = pl.read_csv(own / "tiles.csv")
    known = drawn.join(authorities, on="authority_id", how="semi")
    if len(known) == len(authorities):
        return Tiles.validate(known.sort("authority_id"), cast=True)
    return valid_frame(Tiles, sorted(_by_rule(authorities, _regions(drawn, own)), key=lambda row: row["authority_id"]))


def _regions(drawn: pl.DataFrame, own: Path) -> list[Sequence[str]]:
    """Our own regions by their place in our own layout: rows of three from the north, each from west to east."""
    of_authorities = pl.read_csv(own / "authorities.csv", columns=["la_code_gss", "region_name"])
    middles = (
        drawn.join(of_authorities, left_on="authority_id", right_on="la_code_gss")
        .group_by("region_name")
        .agg(pl.col("column_number", "row_number").mean())
        .sort("row_number", "region_name")
    )
    column = dict(middles.select("region_name", "column_number").iter_rows())
    return [sorted(row, key=column.__getitem__) for row in _in_threes([*column])]


def _in_threes(regions: Sequence[str]) -> list[Sequence[str]]:
    return [regions[first : first + _BLOCKS_ABREAST] for first in range(0, len(regions), _BLOCKS_ABREAST)]


def _by_rule(authorities: pl.DataFrame, regions: list[Sequence[str]]) -> list[Row]:
    """Squares by rule: each region is a block, three blocks abreast; regions that we do not know come last.

    Former authorities are at the end of their block, where nobody misses them once they are gone.
    """
    members: defaultdict[str, list[str]] = defaultdict(list)
    for one in authorities.sort(~pl.col("is_current"), "authority_id").iter_rows(named=True):
        members[one["region_name"]].append(one["authority_id"])
    others = members.keys() - {region for row in regions for region in row}
    width = 1 + isqrt(max(map(len, members.values())) - 1)
    tiles, top = [], 0
    for row in [*regions, *_in_threes(sorted(others))]:
        abreast = [region for region in row if region in members]
        for block, region in enumerate(abreast):
            for n, authority_id in enumerate(members[region]):
                place = {"column_number": 1 + block * width + n % width, "row_number": 1 + top + n // width}
                tiles.append({"authority_id": authority_id, **place})
        top += max((ceil(len(members[region]) / width) for region in abreast), default=0)
    return tiles
