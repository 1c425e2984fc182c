"""Local authorities as they were and are: the reference data, the codes in force, and matching a written name.

Belongs here: loading a reference folder, dates of validity, and finding the one authority that a name means on a date.
Stays out: judging which of several witnesses (listing, cover) to believe (`accepted.py`); nothing matches fuzzily.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from pipelines.tables.normalise import normal_name
from pipelines.tables.schemas_reference import Authorities, AuthorityChanges, AuthorityCodes

ONE_DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Authority:
    """One local authority, keyed by its present (or last) GSS code.

    `valid_from_date` and `valid_to_date` are the first and last day it existed; None: before our records, or still.
    """

    authority_id: str
    provider_urn: str | None
    authority_name: str
    valid_from_date: dt.date | None
    valid_to_date: dt.date | None

    def existed_on(self, date: dt.date) -> bool:
        """Whether the authority existed on a date."""
        after_start = self.valid_from_date is None or self.valid_from_date <= date
        return after_start and (self.valid_to_date is None or date <= self.valid_to_date)


@dataclass(frozen=True, slots=True)
class AuthorityReference:
    """Every authority, findable by URN and by name, and the frames that the warehouse keeps."""

    by_urn: dict[str, Authority]
    by_name: dict[str, tuple[Authority, ...]]
    authorities: pl.DataFrame
    authority_codes: pl.DataFrame
    authority_changes: pl.DataFrame

    def named(self, written: str, date: dt.date | None) -> Authority | None:
        """The authority that a written name means on a date (None: today's), or None when no authority bears it.

        Of two that bore the same name the one that existed on the date is meant (Dorset before and after
        1 April 2019). A name that only one authority ever bore means that one, on any date.
        """
        candidates = self.by_name.get(normal_name(written), ())
        if date is None:
            existing = [one for one in candidates if one.valid_to_date is None]
        else:
            existing = [one for one in candidates if one.existed_on(date)]
        if len(existing) == 1:
            return existing[0]
        return candidates[0] if len(candidates) == 1 else None


def load_authorities(folder: Path) -> AuthorityReference:
    """Read `authorities.csv` and `authority_changes.csv` from a folder.

    Raises ValueError when two authorities of one time share a name, for then no name could be matched exactly.
    """
    rows = _read_csv(folder / "authorities.csv")
    changes = _changes(_read_csv(folder / "authority_changes.csv"))
    frame = _authorities(rows, changes)
    authorities = [
        Authority(*row)
        for row in frame.select(
            "authority_id", "provider_urn", "authority_name", "valid_from_date", "valid_to_date"
        ).iter_rows()
    ]
    names = dict(zip(rows["la_code_gss"], rows["also_known_as"].fill_null(""), strict=True))
    return AuthorityReference(
        by_urn={one.provider_urn: one for one in authorities if one.provider_urn},
        by_name=_index_names((one, names[one.authority_id]) for one in authorities),
        authorities=frame,
        authority_codes=_codes(authorities, changes),
        authority_changes=changes,
    )


def _read_csv(path: Path) -> pl.DataFrame:
    """Every column as text, empty as null."""
    return pl.read_csv(path, infer_schema=False).with_columns(pl.all().str.strip_chars().replace("", None))


def _changes(rows: pl.DataFrame) -> pl.DataFrame:
    return AuthorityChanges.validate(
        rows.select(
            pl.col("change_date").str.to_date(),
            "kind",
            "from_gss",
            "to_gss",
            pl.col("from_name"),
            pl.col("to_name"),
            "note",
        ).sort("change_date", "from_gss", "to_gss"),
        cast=True,
    )


def _authorities(rows: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """One row an authority; it began at the merger or split that made it and ended at the one that unmade it."""
    upheavals = changes.filter(pl.col("kind") != "recode")
    made = upheavals.group_by(pl.col("to_gss").alias("la_code_gss")).agg(
        pl.col("change_date").min().alias("valid_from_date")
    )
    unmade = upheavals.group_by(pl.col("from_gss").alias("la_code_gss")).agg(
        (pl.col("change_date").max() - ONE_DAY).alias("valid_to_date")
    )
    is_current = pl.col("is_current") == "1"
    frame = (
        rows.join(made, on="la_code_gss", how="left")
        .join(unmade, on="la_code_gss", how="left")
        .select(
            pl.col("la_code_gss").alias("authority_id"),
            "provider_urn",
            "authority_name",
            "la_code_gss",
            "la_code_dfe",
            "authority_type",
            "region_name",
            "ofsted_region_name",
            "valid_from_date",
            pl.when(~is_current).then("valid_to_date").alias("valid_to_date"),
            is_current.alias("is_current"),
            pl.col("statistical_neighbours_dfe").fill_null("").str.extract_all(r"\S+").alias("statistical_neighbours"),
        )
        .sort("authority_id")
    )
    return Authorities.validate(frame, cast=True)


def _codes(authorities: Iterable[Authority], changes: pl.DataFrame) -> pl.DataFrame:
    """Every GSS code an authority has had, with its first and last day: recodes followed back from today's code."""
    recoded = {
        to: (date, old)
        for to, date, old in changes.filter(kind="recode")["to_gss", "change_date", "from_gss"].iter_rows()
    }
    rows: list[tuple[str, str, dt.date | None, dt.date | None]] = []
    for one in authorities:
        code, last_day = one.authority_id, one.valid_to_date
        while code in recoded:
            changed_on, older = recoded[code]
            rows.append((one.authority_id, code, changed_on, last_day))
            code, last_day = older, changed_on - ONE_DAY
        rows.append((one.authority_id, code, one.valid_from_date, last_day))
    columns = ["authority_id", "la_code_gss", "valid_from_date", "valid_to_date"]
    frame = pl.DataFrame(
        rows, schema=dict.fromkeys(columns[:2], pl.String) | dict.fromkeys(columns[2:], pl.Date), orient="row"
    )
    return AuthorityCodes.validate(frame.sort("authority_id", "la_code_gss"), cast=True)


def _index_names(named: Iterable[tuple[Authority, str]]) -> dict[str, tuple[Authority, ...]]:
    """Authorities by each normal form of their name and of what else they are known as (parted by ";")."""
    index: dict[str, tuple[Authority, ...]] = {}
    for one, also_known_as in named:
        for name in {normal_name(written) for written in (one.authority_name, *also_known_as.split(";"))} - {""}:
            for other in index.get(name, ()):
                if _overlap(one, other):
                    raise ValueError(
                        f"{one.authority_id} and {other.authority_id} both answer to {name!r} at one time:"
                        " give one of them another name in authorities.csv"
                    )
            index[name] = (*index.get(name, ()), one)
    return index


def _overlap(one: Authority, other: Authority) -> bool:
    """Whether two authorities existed on a common day."""
    starts = max(one.valid_from_date or dt.date.min, other.valid_from_date or dt.date.min)
    ends = min(one.valid_to_date or dt.date.max, other.valid_to_date or dt.date.max)
    return starts <= ends
