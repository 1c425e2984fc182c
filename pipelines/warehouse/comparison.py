"""The warehouse being built beside the published one: what changes, and whether inspections would be lost.

One rule, `sql/tests/no_fewer_inspections.sql`, guards what is published, at a terminal and in Dagster. Whoever builds
may accept that it is broken.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from pipelines.errors import JudgementsError
from pipelines.sources.named import SAMPLE
from pipelines.warehouse.changes import Changes, find_changes
from pipelines.warehouse.checks import Accept, Check, CheckOutcome, read_checks, run_check
from pipelines.warehouse.connection import (
    UnusableWarehouseError,
    can_be_opened,
    is_corrupt,
    literal,
    open_warehouse,
    published_build,
)
from pipelines.warehouse.headers import SQL_FOLDER, read_query

REMEDY = (
    "If that is right, build with --accept-fewer-inspections (in Dagster: accept_fewer_inspections under warehouse)."
    " To keep both, build this one in another folder: --data DIR."
)

_LOCKED = "a warehouse that another program has open for writing"

_NOT_COMPARABLE = (duckdb.BinderException, duckdb.CatalogException)
"""What a query raises where the published warehouse is not attached, or from another version of this program."""


class FewerInspectionsError(JudgementsError):
    """A source lists less than is published: nothing was fetched, read or published."""

    def __init__(self, sentence: str) -> None:
        super().__init__(f"Nothing was built: {sentence}. {REMEDY}")


class RejectedBuildError(JudgementsError):
    """A blocking check failed: nothing was published. `checks` are all outcomes."""

    def __init__(self, checks: tuple[CheckOutcome, ...]) -> None:
        failed = [one for one in checks if one.check.is_blocking and not one.passed]
        words = [f"{_sentence(one)}. {REMEDY}" if one.check.compares else one.sentence() for one in failed]
        super().__init__("The warehouse was not published: " + "; ".join(words))
        self.checks = checks


def check_listing(n_listed: int, *, is_sample: bool, published: Path, accept: Accept) -> None:
    """Refuse early what lists fewer reports than inspections and visits are published: each is one of a report.

    Passes where that can't be told yet; the check of the built warehouse decides. Raises FewerInspectionsError unless
    it is accepted.
    """
    try:
        source = published_build(published, "source_name")
        if source is None or (source == SAMPLE and not is_sample):
            return
        with open_warehouse(published) as connection:
            _, n_published = connection.execute(read_query("commands/held_counts")).fetchall()[0]
    except (duckdb.Error, UnusableWarehouseError):
        return
    is_invented = is_sample and source != SAMPLE
    if (0 if is_invented else n_listed) < n_published:
        listed = f"this one has {n_listed:,} {'report' if n_listed == 1 else 'reports'}"
        holds = "the sample is invented, and counts as nothing" if is_invented else listed
        sentence = f"the published warehouse holds {n_published:,} inspections and visits from {source}; {holds}"
        if not accept(sentence):
            raise FewerInspectionsError(sentence)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`changes` from the published warehouse, None where there is nothing to compare with, and every check's outcome.

    `is_altered`: the published one is damaged, or was altered by hand. What can be read of it still counts.
    """

    changes: Changes | None
    checks: tuple[CheckOutcome, ...]
    is_altered: bool


def compare(
    connection: duckdb.DuckDBPyConnection, sql: Path, published: Path, accept: Accept, *, is_altered: bool
) -> Comparison:
    """Compare the warehouse being built with the published one, and check it. Raises RejectedBuildError.

    Only where nothing else stands in the way, `accept` is asked about inspections that would be lost.
    """
    can_be_read = can_be_opened(published)
    before = _attach_published(connection, published) if can_be_read else None
    if is_altered and before == _LOCKED:
        before = None
    is_altered = is_altered or not can_be_read
    try:
        changes = _changes(connection, sql) if before else None
        checks = tuple(_outcome(connection, check, has_published=before is not None) for check in read_checks(sql))
    except duckdb.IOException as error:
        if not is_corrupt(error):
            raise
        changes, is_altered = None, True
        checks = tuple(_outcome(connection, check, has_published=False) for check in read_checks(sql))
    failed = [one for one in checks if one.check.is_blocking and not one.passed]
    if failed and all(one.check.compares for one in failed) and accept("; ".join(map(_sentence, failed))):
        return Comparison(changes, tuple(map(_accepted, checks)), is_altered)
    if failed:
        raise RejectedBuildError(checks)
    return Comparison(changes, checks, is_altered)


def changes_between(before: Path, after: Path) -> Changes | None:
    """What changed from one warehouse to another; None where they are of versions that can't be compared.

    Raises UnusableWarehouseError for one that can't be opened.
    """
    with open_warehouse(after) as connection:
        return _changes(connection, SQL_FOLDER) if _attach_published(connection, before) != _LOCKED else None


def _attach_published(connection: duckdb.DuckDBPyConnection, published: Path) -> str | None:
    """Attach the published warehouse as `published` and return its source; None where there is none.

    While another program writes to it nothing can be compared: comparing checks then fail, for nothing shows that they
    hold.
    """
    try:
        source = published_build(published, "source_name")
        if source is not None:
            connection.execute(f"attach {literal(published)} as published (read_only)")
        return source
    except (duckdb.Error, UnusableWarehouseError):
        return _LOCKED


def _changes(connection: duckdb.DuckDBPyConnection, sql: Path) -> Changes | None:
    """What changes from the published warehouse; None where it can't be asked, or has another version's columns."""
    try:
        return find_changes(connection, sql)
    except _NOT_COMPARABLE:
        return None


def _outcome(connection: duckdb.DuckDBPyConnection, check: Check, *, has_published: bool) -> CheckOutcome:
    """The outcome of a check. One that compares passes where there is nothing to compare with."""
    if not check.compares:
        return run_check(connection, check)
    if not has_published:
        return CheckOutcome(check, 0, ())
    try:
        return run_check(connection, check)
    except _NOT_COMPARABLE as error:
        return CheckOutcome(check, 1, ({"not_comparable": str(error)},))


def _accepted(outcome: CheckOutcome) -> CheckOutcome:
    """An outcome that no longer blocks, if it compares."""
    return replace(outcome, check=replace(outcome.check, is_blocking=False)) if outcome.check.compares else outcome


def _sentence(outcome: CheckOutcome) -> str:
    """What would be lost, by kind, from the first rows of the check, which has one of each kind first."""
    rows = outcome.offending
    if "not_comparable" in rows[0]:
        why = str(rows[0]["not_comparable"]).splitlines()[0]
        return f"it can't be compared with the published one, which is open elsewhere or of another version ({why})"
    if "loss" not in rows[0]:
        return outcome.sentence()
    losses = ", ".join(dict.fromkeys(str(one["loss"]) for one in rows))
    return f"it holds fewer inspections than the published one from {rows[0]['published_from']}: {losses}"
