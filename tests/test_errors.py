"""Errors of the machine are a sentence with what to do, whatever library tells of them; mistakes keep a traceback."""

import errno
import os
import sqlite3

import duckdb
import polars as pl
import pytest

from pipelines.archive.ingest import ArchiveError
from pipelines.archive.ledger_file import LedgerError
from pipelines.errors import JudgementsError, UsageError, exit_code, is_known, sentence


def system_error(number: int) -> OSError:
    return OSError(number, os.strerror(number), "/data/x")


MACHINE = {
    "a full disk": (system_error(errno.ENOSPC), "make room"),
    "a quota": (system_error(errno.EDQUOT), "quota"),
    "no right to write": (system_error(errno.EACCES), "--data"),
    "a disk that is only read": (system_error(errno.EROFS), "--data"),
    "too many files": (system_error(errno.EMFILE), "ulimit -n"),
    "a full disk under DuckDB": (duckdb.IOException("Could not write file: No space left on device"), "make room"),
    "a full disk under polars": (pl.exceptions.ComputeError("no space left on device"), "make room"),
    "a full disk under SQLite": (sqlite3.OperationalError("database or disk is full"), "make room"),
}


@pytest.mark.parametrize("name", MACHINE)
def test_what_the_machine_lacks_is_said_with_what_to_do(name: str) -> None:
    error, advice = MACHINE[name]
    assert (is_known(error), exit_code(error)) == (True, 3)
    assert advice in sentence(error)
    assert "\n" not in sentence(error)


@pytest.mark.parametrize("kind", [ArchiveError, LedgerError])
def test_an_error_of_ours_says_it_too_when_the_machine_is_behind_it(kind: type[JudgementsError]) -> None:
    error = kind("It could not be kept.")
    error.__cause__ = system_error(errno.ENOSPC)
    assert (exit_code(error), sentence(error)[:40]) == (3, "It could not be kept. The disk is full: ")


def test_other_errors_keep_their_words_and_codes() -> None:
    assert (exit_code(JudgementsError("a")), sentence(JudgementsError("a: b"))) == (1, "a: b")
    assert exit_code(UsageError("a")) == 2
    lost = FileNotFoundError(errno.ENOENT, "No such file or directory", "x.sql")
    assert (exit_code(lost), sentence(lost)) == (1, "x.sql: No such file or directory")


def test_a_mistake_of_ours_is_not_known_whatever_it_says() -> None:
    mistake = ValueError("no space left on device")
    mistake.__context__ = system_error(errno.ENOSPC)
    assert not is_known(mistake)
