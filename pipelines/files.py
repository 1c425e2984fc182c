"""Atomic writes, what shows that a file is as it was, and the fingerprint of the files that a result depends on."""

import datetime as dt
import hashlib
import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO


@contextmanager
def atomic_write(target: Path, *, sync: bool) -> Iterator[BinaryIO]:
    """Write `target` atomically: to a file beside it, then renamed over it. Nobody sees half a file.

    The next try overwrites what a killed process left. With `sync` the bytes are on the disk before the name is, so a
    power cut can't leave an empty file.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(target.name + ".part")
    try:
        with aside.open("wb") as file:
            yield file
            if sync:
                file.flush()
                os.fsync(file.fileno())
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


def remove(path: Path) -> None:
    """Remove a file, a link, or a folder with all that is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        path.unlink(missing_ok=True)


def link_or_copy(source: Path, target: Path) -> None:
    """Give a file a second name; on a file system without links, copy it."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


def sync_to_disk(path: Path) -> None:
    """Wait until a file's bytes, or a folder's names, are on the disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def set_aside(path: Path, companions: Iterable[str] = ()) -> Path:
    """Rename a damaged file, so that it is kept while a new one takes its place; returns its name now.

    The name has the time, in UTC. `companions` are the endings of files that belong to it, as `-wal`.
    """
    at = dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H%M%S.%fZ")
    aside = path.with_name(f"{path.stem}-damaged-{at}{path.suffix}")
    for ending in companions:
        companion = path.with_name(path.name + ending)
        if companion.exists():
            companion.rename(aside.with_name(aside.name + ending))
    return path.rename(aside)


def file_state(status: os.stat_result) -> str:
    """Size, times and inode: while they are the same, so are the bytes. Only the system sets the time of a change."""
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def journal_of(database: Path) -> Path:
    """Where DuckDB keeps changes that are not in its file yet."""
    return database.with_name(database.name + ".wal")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def fingerprint(files: Iterable[Path]) -> str:
    """A hash over the names and bytes of files, and of all files below folders, in any order."""
    whole = hashlib.sha256()
    for name, path in sorted(_each_file(files)):
        content = path.read_bytes()
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()


def _each_file(paths: Iterable[Path]) -> Iterator[tuple[str, Path]]:
    """Every file with its name, that of a folder's file from the folder on: moving one changes the fingerprint."""
    for path in paths:
        below = path.rglob("*") if path.is_dir() else (path,)
        for file in below:
            if file.is_file() and "__pycache__" not in file.parts:
                yield file.relative_to(path.parent).as_posix(), file
