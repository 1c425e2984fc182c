"""Staged frames become tables: the reference at once, what reports say batch by batch.

Belongs here: filling the tables that are read from frames, or from the warehouse that stands where nothing changed.
Stays out: tables and views that are derived from those (`deriving.py`), and publishing (`build.py`).
"""

import ctypes
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import NamedTuple, TypeVar

import duckdb
import polars as pl

from pipelines.files import fingerprint as fingerprint_files
from pipelines.tables.staged import REPORT_FRAMES, Frames, Part
from pipelines.warehouse.connection import STAGED, literal, one_core
from pipelines.warehouse.models import LAYER_KINDS, SQL_FOLDER, Model, read_models
from pipelines.warehouse.volumes import STANDING

# As they are imported now, not as they may stand on the disk by the time that rows are stored.
_MAKERS = (fingerprint_files([Path(__file__).parent]), duckdb.__version__, pl.__version__)

Item = TypeVar("Item")

# Rows that are copied more than a group (122,880) at a time are compressed at once, by one core, into groups of their
# own, and those beside them once more to fill up the last one. In pieces, rows stay as they came until the end, and
# both cores compress them then, as long as all are less than STORED_BEFORE_COMPRESSED: 259 reports are, 518 were not.
FEW = 300
BATCHES_OF_A_PIECE = 2


class _Stream:
    """A frame as the library takes it with no copy and no PyArrow between: by the C interface that both know.

    It is read whole: what asks only for some rows of it would need PyArrow to sort them out.
    """

    def __init__(self, frame: pl.DataFrame) -> None:
        self._frame = frame

    def __arrow_c_stream__(self, requested_schema: object | None = None) -> object:
        return self._frame.__arrow_c_stream__(requested_schema)


class LoadedBatch(NamedTuple):
    """What the next build knows a batch by: the first id that it may hold, its inputs, and a hash over its rows."""

    first_report_id: str
    inputs: str | None
    row_hash: str


def load_staged(
    connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], schema: str = STAGED
) -> None:
    """Make each frame a table of a schema, under its own name, in place of one of that name."""
    for name, frame in frames.items():
        connection.register("frame_to_load", _Stream(frame))
        connection.execute(f'create or replace table {schema}."{name}" as from frame_to_load')
        connection.unregister("frame_to_load")


def load_reports(
    connection: duckdb.DuckDBPyConnection,
    batches: Sequence[Part],
    sql: Path = SQL_FOLDER,
    tell: Callable[[int], None] = lambda _: None,
    *,
    may_copy: bool = False,
) -> list[LoadedBatch]:
    """Fill the tables of what reports say, batch by batch, so that memory holds the rows of one batch and no more.

    With `may_copy` a batch that is the same in the warehouse attached as STANDING is copied from there, and no report
    of it is opened. `tell` is told how many reports have come.
    """
    tables = _ReportTables(connection, sql)
    deriving = "\0".join((sql_fingerprint(sql), *_MAKERS))
    inputs = [hashlib.sha256((deriving + batch.key).encode()).hexdigest() for batch in batches]
    there = _standing_hashes(connection) if may_copy else {}
    are_few = sum(batch.n_reports for batch in batches) <= FEW
    loaded: list[LoadedBatch] = []
    n_reports = 0

    def note(batch: Part, given: str | None, row_hash: str) -> None:
        nonlocal n_reports
        loaded.append(LoadedBatch(batch.first, given, row_hash))
        n_reports += batch.n_reports
        tell(n_reports)

    changed = (batch.frames() for batch, given in zip(batches, inputs, strict=True) if given not in there)
    # The other core makes the rows.
    with one_core(connection), _one_ahead(changed) as made:
        for is_there, run in groupby(zip(batches, inputs, strict=True), key=lambda one: one[1] in there):
            together = list(run)
            if is_there:
                at_once = BATCHES_OF_A_PIECE if are_few else len(together)
                for piece in (together[start : start + at_once] for start in range(0, len(together), at_once)):
                    tables.copy(piece[0][0].first, piece[-1][0].end)
                for batch, given in together:
                    note(batch, given, there[given])
            else:
                for batch, given in together:
                    frames = next(made)
                    tables.add(frames)
                    note(batch, given, frames_hash(frames))
                    _give_back_memory()
    return loaded


class _ReportTables:
    """The tables of what reports say: the models that read a frame of the batches.

    Such a model sees one batch at a time: it may tell only of each report by itself, beside the reference, and the keys
    of its rows begin with the report's.
    """

    def __init__(self, connection: duckdb.DuckDBPyConnection, sql: Path) -> None:
        self._connection = connection
        filled = {f"staged.{name}" for name in REPORT_FRAMES}
        self._models = [model for model in read_models(sql) if model.reads & filled]
        self._are_there = False

    def add(self, frames: Frames) -> None:
        """Add the rows of a batch."""
        load_staged(self._connection, frames)
        self._fill((model, model.statement) for model in self._models)

    def copy(self, first: str, end: str) -> None:
        """Add the rows of all reports from one id up to another, as they stand in the warehouse before."""
        self._fill(
            (
                model,
                f"from {STANDING}.{model.full_name}"
                f" where {model.grain[0]} >= {literal(first)} and {model.grain[0]} < {literal(end)}",
            )
            for model in self._models
        )

    def _fill(self, rows: Iterable[tuple[Model, str]]) -> None:
        self._connection.begin()
        for model, query in rows:
            if not self._are_there:
                self._create(model, query)
            self._connection.execute(f"insert into {model.full_name} {query}")
        self._connection.commit()
        self._are_there = True

    def _create(self, model: Model, query: str) -> None:
        """Make the empty table that a query fills.

        Prose is compressed by the pieces of words that it shares. Left to choose, the library would try whole texts
        first, and hold each text of 122,880 rows in a dictionary, to find that hardly one comes twice.
        """
        columns = self._connection.execute(f"describe {query}").fetchall()
        declared = ", ".join(
            f'"{name}" {kind}{" using compression fsst" if name in model.prose else ""}' for name, kind, *_ in columns
        )
        self._connection.execute(f"create schema if not exists {model.layer}")
        self._connection.execute(f"create table {model.full_name} ({declared})")


def build_frames(source_name: str, fingerprint: str, loaded: Iterable[LoadedBatch] = ()) -> Frames:
    """The frames that tell of the build itself."""
    known = [one for one in loaded if one.inputs]
    types = dict.fromkeys(LoadedBatch._fields, pl.String)
    return {
        "build": pl.DataFrame({"source_name": [source_name], "fingerprint": [fingerprint]}),
        "batches": pl.DataFrame(known, schema=types, orient="row"),
    }


def frames_hash(frames: Mapping[str, pl.DataFrame]) -> str:
    """A hash over every row of some frames, in order."""
    whole = hashlib.sha256()
    for name, frame in sorted(frames.items()):
        whole.update(f"{name}\0{frame.schema}\0{frame.height}\0".encode())
        whole.update(frame.hash_rows().to_numpy().data)
    return whole.hexdigest()


@cache
def sql_fingerprint(sql: Path = SQL_FOLDER) -> str:
    """A hash over the SQL that decides what a warehouse holds."""
    return fingerprint_files([sql / folder for folder in (*LAYER_KINDS, "tests") if (sql / folder).is_dir()])


def _standing_hashes(connection: duckdb.DuckDBPyConnection) -> dict[str | None, str]:
    """The hash over the rows of each batch of the warehouse that stands, by what they depend on."""
    try:
        return dict(connection.execute(f"select inputs, row_hash from {STANDING}.meta.batches").fetchall())  # noqa: S608
    except duckdb.CatalogException:  # built before batches were noted
        return {}


def _give_back_memory() -> None:
    """Let the system have what making rows left behind: GNU's C library keeps it, in more and more pieces."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # other libraries of C know no such thing
    if trim is not None:
        trim(0)


@contextmanager
def _one_ahead(items: Iterable[Item]) -> Iterator[Iterator[Item]]:
    """Have the next item made while others are used: rows are made by Python, and stored by the library's threads.

    The first is begun at once, whenever it will be asked for. Nothing is still being made when the block is left.
    """
    making = iter(items)
    with ThreadPoolExecutor(1) as maker:

        def each(following: Future[Item | None]) -> Iterator[Item]:
            while (item := following.result()) is not None:
                following = maker.submit(next, making, None)
                yield item

        yield each(maker.submit(next, making, None))
