"""The known errors: one base, and an exit code for each kind.

The message of a known error is a sentence: what happened and what to do. Any other exception is a mistake in this
program and keeps its traceback.
"""

import errno
import re


class JudgementsError(Exception):
    """The base of all known errors: the command failed."""

    exit_code = 1


class UsageError(JudgementsError):
    """The command was used wrongly: a source, a selection or a setting that can't be used."""

    exit_code = 2


class MachineError(JudgementsError):
    """This machine stands in the way: a full disk, a folder that can't be written, a limit of the system."""

    exit_code = 3


_KEPT = "The published warehouse is whole, and what was done is kept: then run the same again."
_NO_RIGHT = f"Get the right to write there, or use another data folder (--data). {_KEPT}"
_WHAT_TO_DO = {
    errno.ENOSPC: f"The disk is full: make room on it. {_KEPT}",
    errno.EDQUOT: f"Your quota on this disk is used up: make room, or ask for more. {_KEPT}",
    errno.EFBIG: f"A file grew larger than this disk or your limits allow (ulimit -f). {_KEPT}",
    errno.EIO: f"The disk failed, is full, or lets no file grow so large (ulimit -f): look at it. {_KEPT}",
    errno.EROFS: f"The disk can only be read. {_NO_RIGHT}",
    errno.EACCES: f"The system refused access. {_NO_RIGHT}",
    errno.EPERM: f"The system refused access. {_NO_RIGHT}",
    errno.EMFILE: f"Too many files are open: allow more (ulimit -n 1024). {_KEPT}",
    errno.ENFILE: f"Too many files are open on this machine: close other programs. {_KEPT}",
    errno.ENOMEM: f"There is not enough memory: set JUDGEMENTS_WORKERS to fewer. {_KEPT}",
}
_IN_WORDS = {
    "no space left on device": errno.ENOSPC,
    "database or disk is full": errno.ENOSPC,
    "disk quota exceeded": errno.EDQUOT,
    "file too large": errno.EFBIG,
    "disk i/o error": errno.EIO,
    "read-only file system": errno.EROFS,
    "readonly database": errno.EROFS,
    "permission denied": errno.EACCES,
    "too many open files": errno.EMFILE,
    "cannot allocate memory": errno.ENOMEM,
}
_LIBRARIES = ("duckdb", "_duckdb", "sqlite3", "polars")
"""What tells of the system's errors in words, without a number."""


def is_known(error: BaseException) -> bool:
    """Whether an error is told as a sentence: one of ours, the machine's or DuckDB's."""
    import duckdb  # a tenth of a second

    return isinstance(error, JudgementsError | OSError | duckdb.Error) or _machine_fault(error) is not None


def sentence(error: BaseException) -> str:
    """A known error in words, with what to do where the machine is at fault."""
    lines = (" ".join(line.split()) for line in re.split(r"\n(?=  \S)", str(error)))  # those of a list stay lines
    words = "\n  ".join(lines).rpartition("Original error: ")[2]
    if isinstance(error, OSError) and error.strerror:
        words = f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    fault = _machine_fault(error)
    return f"{words.rstrip('.')}. {_WHAT_TO_DO[fault]}" if fault else words or type(error).__name__


def exit_code(error: BaseException) -> int:
    """The exit code of a known error."""
    own = error.exit_code if isinstance(error, JudgementsError) else JudgementsError.exit_code
    return MachineError.exit_code if own == JudgementsError.exit_code and _machine_fault(error) else own


def _machine_fault(error: BaseException | None) -> int | None:
    """The number of the system's error that is behind an error; None where it is none of those explained here."""
    while error is not None:
        if isinstance(error, OSError) and error.errno in _WHAT_TO_DO:
            return error.errno
        if type(error).__module__.partition(".")[0] in _LIBRARIES:
            words = str(error).casefold()
            if found := next((number for phrase, number in _IN_WORDS.items() if phrase in words), None):
                return found
        error = error.__cause__
    return None
