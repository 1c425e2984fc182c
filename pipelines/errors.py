"""The known errors: one base, and an exit code for each kind.

The message of a known error is a sentence: what happened and what to do. Any other exception is a mistake in this
program and keeps its traceback.
"""


class JudgementsError(Exception):
    """The base of all known errors: the command failed."""

    exit_code = 1


def is_known(error: Exception) -> bool:
    """Whether an error is told as a sentence: one of ours, the machine's or DuckDB's, or of a name that is no text."""
    import duckdb  # a tenth of a second

    return isinstance(error, JudgementsError | OSError | duckdb.Error | UnicodeEncodeError)


def sentence(error: Exception) -> str:
    """What a person is told of a known error."""
    if isinstance(error, UnicodeEncodeError):  # SQLite and DuckDB take names of files as text
        return f"{error.object!r} is not UTF-8. Rename the file or the folder that is named so."
    return str(error)


class UsageError(JudgementsError):
    """The command was used wrongly: a source, a selection or a setting that can't be used."""

    exit_code = 2
