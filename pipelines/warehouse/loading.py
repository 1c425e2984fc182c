"""Staged frames become tables: the reference at once, what reports say batch by batch.

Belongs here: filling the tables that are read from frames, and taking note of every row on the way.
Stays out: tables and views that are derived from those (`deriving.py`), and publishing (`build.py`).
"""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

import duckdb
import polars as pl

from pipelines.durable import fingerprint as fingerprint_files
from pipelines.warehouse.connection import STAGED
from pipelines.warehouse.models import LAYER_KINDS, SQL_FOLDER, read_models

Item = TypeVar("Item")


def load_staged(
    connection: duckdb.DuckDBPyConnection, frames: Mapping[str, pl.DataFrame], schema: str = STAGED
) -> None:
    """Make each frame a table of a schema, under its own name, in place of one of that name."""
    for name, frame in frames.items():
        connection.register("frame_to_load", frame)
        connection.execute(f'create or replace table {schema}."{name}" as from frame_to_load')
        connection.unregister("frame_to_load")


def load_reports(
    connection: duckdb.DuckDBPyConnection,
    batches: Iterable[Mapping[str, pl.DataFrame]],
    sql: Path = SQL_FOLDER,
    schema: str = STAGED,
) -> None:
    """Fill the tables of what reports say, batch by batch, so that memory holds the rows of one batch and no more.

    They are the models that read a frame of the batch. Such a model sees one batch at a time: it may tell only of
    each report by itself, beside the reference.
    """
    for number, batch in enumerate(_one_ahead(iter(batches))):
        load_staged(connection, batch, schema)
        names = {f"staged.{name}" for name in batch}
        for model in read_models(sql):
            if names.isdisjoint(model.reads):
                continue
            connection.begin()
            if number == 0:
                connection.execute(f"create schema if not exists {model.layer}")
                connection.execute(f"create table {model.full_name} as {model.statement}")
            else:
                connection.execute(f"insert into {model.full_name} {model.statement}")
            connection.commit()


def _one_ahead(items: Iterator[Item]) -> Iterator[Item]:
    """Have the next item made while this one is used: rows are made by Python, and stored by the library's threads."""
    with ThreadPoolExecutor(1) as maker:
        following = maker.submit(next, items, None)
        while (item := following.result()) is not None:
            following = maker.submit(next, items, None)
            yield item


class FrameHashes:
    """Takes note of every row that is loaded, and gives a hash over all that decides a warehouse's contents."""

    def __init__(self) -> None:
        self._rows: dict[str, hashlib._Hash] = {}

    def passing(self, frames: Mapping[str, pl.DataFrame]) -> Mapping[str, pl.DataFrame]:
        """Take note of these rows; gives the frames back. How rows are parted into batches makes no difference."""
        for name, frame in frames.items():
            if name not in self._rows:
                self._rows[name] = hashlib.sha256(f"{name}\0{frame.schema}\0".encode())
            self._rows[name].update(frame.hash_rows().to_numpy().data)
        return frames

    def fingerprint(self, source_name: str, sql: Path = SQL_FOLDER) -> str:
        """The hash: rows in order, the source's name, and the SQL."""
        deriving = [sql / folder for folder in (*LAYER_KINDS, "tests") if (sql / folder).is_dir()]
        whole = hashlib.sha256(f"{source_name}\0{fingerprint_files(deriving)}\0".encode())
        for _, rows in sorted(self._rows.items()):
            whole.update(rows.digest())
        return whole.hexdigest()
