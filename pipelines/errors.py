"""The known errors: one base, and an exit code for each kind.

The message of a known error is a sentence: what happened and what to do. Any other exception is a mistake in this
program and keeps its traceback.
"""


class JudgementsError(Exception):
    """The base of all known errors: the command failed."""

    exit_code = 1


def is_known(error: Exception) -> bool:
    """Whether an error is told as a sentence: one of ours, the machine's or DuckDB's."""
    import duckdb  # a tenth of a second

    return isinstance(error, JudgementsError | OSError | duckdb.Error)


class UsageError(JudgementsError):
    """The command was used wrongly: a source, a selection or a setting that can't be used."""

    exit_code = 2
