"""Local authorities as they were and are: the reference data, the codes in force, and matching a written name.

Nothing matches fuzzily. `accepted.py` decides between the listing and the cover.
"""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec
import polars as pl
from dataframely.exc import SchemaError, ValidationError

from pipelines.errors import JudgementsError
from pipelines.sources.csv_rows import UnusableTableError, csv_rows
from pipelines.tables.schemas_reference import Authorities, AuthorityChanges, AuthorityCodes
from pipelines.tables.validation import Row, valid_frame

ONE_DAY = dt.timedelta(days=1)
AUTHORITY_COLUMNS = (
    "provider_urn",
    "authority_name",
    "also_known_as",
    "la_code_gss",
    "la_code_dfe",
    "authority_type",
    "region_name",
    "ofsted_region_name",
    "statistical_neighbours_dfe",
    "is_current",
)
CHANGE_COLUMNS = ("change_date", "kind", "from_name", "from_gss", "to_name", "to_gss", "note")
LONGEST_NAME = 300
"""Characters. What is longer names no authority, whatever it is."""

_LEADING = re.compile(
    r"^(?:the|council of|royal borough of|london borough of|metropolitan borough of|metropolitan district of"
    r"|borough of|city and county of|city of|county of|county|corporation of) (?=\S)"
)
_TRAILING = re.compile(
    r"(?<=\S) (?:council|mbc|mdc|metropolitan borough|metropolitan district|metropolitan|borough|district"
    r"|county of|county|city of|city|corporation|unitary authority|local authority)$"
)


class UnusableReferenceError(JudgementsError):
    """The files of a source's own authorities can't be used; the message says why."""


class AmbiguousReferenceError(JudgementsError):
    """Two authorities of one time share a name, so no name could be matched exactly."""


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

    def existed_in(self, first: dt.date, last: dt.date) -> bool:
        """Whether the authority existed on one of these days."""
        return (self.valid_from_date or dt.date.min) <= last and first <= (self.valid_to_date or dt.date.max)


@dataclass(frozen=True, slots=True)
class AuthorityReference:
    """Every authority, findable by URN and by name, and the frames that the warehouse keeps."""

    by_urn: dict[str, Authority]
    by_name: dict[str, tuple[Authority, ...]]
    authorities: pl.DataFrame
    authority_codes: pl.DataFrame
    authority_changes: pl.DataFrame

    def named(self, written: str, date: dt.date | None) -> Authority | None:
        """The authority that a written name means on a date (None: today's), or None when no authority has it.

        Of two with the same name it is the one that existed on the date (Dorset before and after 1 April 2019). A name
        that only one authority ever had means that one, on any date.
        """
        candidates = self.by_name.get(normal_name(written), ())
        if date is None:
            existing = [one for one in candidates if one.valid_to_date is None]
        else:
            existing = [one for one in candidates if one.existed_in(date, date)]
        if len(existing) == 1:
            return existing[0]
        return candidates[0] if len(candidates) == 1 else None


def load_authorities(folder: Path) -> AuthorityReference:
    """Read `authorities.csv` and `authority_changes.csv` from a folder.

    Raises UnusableReferenceError where one can't be read, lacks a column or breaks a rule, AmbiguousReferenceError.
    """
    rows = _read_csv(folder / "authorities.csv", AUTHORITY_COLUMNS, ("la_code_gss",))
    changes = _read_csv(folder / "authority_changes.csv", CHANGE_COLUMNS, ("change_date", "from_gss", "to_gss"))
    try:
        changes = changes.with_columns(pl.col("change_date").str.to_date())
        changes = AuthorityChanges.validate(changes.sort("change_date", "from_gss", "to_gss"), cast=True)
        frame = _authorities(rows, changes)
    except (pl.exceptions.PolarsError, SchemaError, ValidationError) as error:
        raise UnusableReferenceError(f"The authorities in {folder} can't be used: {error}") from error
    authorities = msgspec.convert(frame.to_dicts(), list[Authority])
    other_names = dict(rows.select("la_code_gss", pl.col("also_known_as").fill_null("")).iter_rows())
    return AuthorityReference(
        by_urn={one.provider_urn: one for one in authorities if one.provider_urn},
        by_name=_index_names((one, other_names[one.authority_id]) for one in authorities),
        authorities=frame,
        authority_codes=_codes(authorities, changes),
        authority_changes=changes,
    )


def _read_csv(path: Path, columns: Sequence[str], key: Sequence[str]) -> pl.DataFrame:
    """The columns as text, empty as null. Raises UnusableReferenceError, also for a key twice and for no date."""
    rows: dict[tuple[str, ...], tuple[str | None, ...]] = {}
    try:
        for where, row in csv_rows(path, columns):
            cells = {column: row[column].strip() for column in columns}
            keyed = tuple(cells[column] for column in key)
            if keyed in rows:
                raise UnusableTableError(f"{where}: {' '.join(keyed)} stands on an earlier line too")
            if "change_date" in cells and not _is_date(cells["change_date"]):
                raise UnusableTableError(f"{where}: {cells['change_date']!r} is not a date like 2024-07-31")
            rows[keyed] = tuple(cell or None for cell in cells.values())
    except UnusableTableError as error:
        raise UnusableReferenceError(
            f"{path} can't be used as a list of authorities: {error}. Correct it or move it away."
        ) from error
    return pl.DataFrame(list(rows.values()), dict.fromkeys(columns, pl.String), orient="row")


def _is_date(written: str) -> bool:
    try:
        return len(written) == len("2024-07-31") and bool(dt.date.fromisoformat(written))
    except ValueError:
        return False


def _authorities(rows: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """One row per authority; it began at the merger or split that made it and ended at the one that ended it."""
    upheavals = changes.filter(pl.col("kind") != "recode")
    made = upheavals.group_by(la_code_gss="to_gss").agg(valid_from_date=pl.col("change_date").min())
    ended = upheavals.group_by(la_code_gss="from_gss").agg(valid_to_date=pl.col("change_date").max() - ONE_DAY)
    is_current = pl.col("is_current") == "1"
    also_known_as = pl.col("also_known_as").fill_null("").str.extract_all(r"[^;\s](?:[^;]*[^;\s])?")
    neighbours = pl.col("statistical_neighbours_dfe").fill_null("").str.extract_all(r"\S+")
    frame = (
        rows.join(made, on="la_code_gss", how="left")
        .join(ended, on="la_code_gss", how="left")
        .with_columns(
            authority_id="la_code_gss",
            valid_to_date=pl.when(~is_current).then("valid_to_date"),
            is_current=is_current,
            also_known_as=also_known_as,
            statistical_neighbours=neighbours,
        )
    )
    return Authorities.validate(frame.sort("authority_id"), cast=True)


def _codes(authorities: Iterable[Authority], changes: pl.DataFrame) -> pl.DataFrame:
    """Every GSS code an authority has had, with its first and last day: recodes followed back from today's code."""
    recoded = {row["to_gss"]: row for row in changes.filter(kind="recode").iter_rows(named=True)}
    rows: list[Row] = []
    for one in authorities:
        code, last_day = one.authority_id, one.valid_to_date
        while recode := recoded.get(code):
            rows.append(_code_row(one, code, recode["change_date"], last_day))
            code, last_day = recode["from_gss"], recode["change_date"] - ONE_DAY
        rows.append(_code_row(one, code, one.valid_from_date, last_day))
    return valid_frame(AuthorityCodes, sorted(rows, key=lambda row: (row["authority_id"], row["la_code_gss"])))


def _code_row(authority: Authority, code: str, first_day: dt.date | None, last_day: dt.date | None) -> Row:
    own = {"authority_id": authority.authority_id, "la_code_gss": code}
    return {**own, "valid_from_date": first_day, "valid_to_date": last_day}


def _index_names(named: Iterable[tuple[Authority, str]]) -> dict[str, tuple[Authority, ...]]:
    """Authorities by each normal form of their name and of their other names (separated by ";")."""
    index: dict[str, tuple[Authority, ...]] = {}
    for one, also_known_as in named:
        for name in {normal_name(written) for written in (one.authority_name, *also_known_as.split(";"))} - {""}:
            for other in index.get(name, ()):
                if one.existed_in(other.valid_from_date or dt.date.min, other.valid_to_date or dt.date.max):
                    raise AmbiguousReferenceError(
                        f"{one.authority_id} and {other.authority_id} both answer to {name!r} at one time:"
                        " give one of them another name in authorities.csv"
                    )
            index[name] = (*index.get(name, ()), one)
    return index


def normal_name(written: str) -> str:
    """The bare name of an authority: lower case, no punctuation, no style such as "London Borough of".

    It is empty for what is too long to be a name.

    >>> normal_name("London Borough of Hillingdon")
    'hillingdon'
    >>> normal_name("City of Bradford Metropolitan District Council")
    'bradford'
    >>> normal_name("Kingston Upon Hull, City of")
    'kingston upon hull'
    >>> normal_name("Telford & Wrekin"), normal_name("St. Helens"), normal_name("Stoke-on-Trent City Council")
    ('telford and wrekin', 'st helens', 'stoke on trent')
    >>> normal_name("Dorset (county)"), normal_name("Council of the Isles of Scilly")
    ('dorset', 'isles of scilly')
    """
    if len(written) > LONGEST_NAME:
        return ""
    plain = written.casefold().replace("&", " and ")
    plain = re.sub(r"\([^()]*\)", " ", plain)
    plain = re.sub(r"['\u2018\u2019]", "", plain)
    name = " ".join(re.sub(r"[^\w]+", " ", plain).split())
    while True:
        shorter = _TRAILING.sub("", _LEADING.sub("", name))
        if shorter == name:
            return name
        name = shorter
