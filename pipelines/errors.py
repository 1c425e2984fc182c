"""The known errors: one base, and an exit code for each kind.

The message of a known error is a sentence: what happened and what to do. Any other exception is a mistake in this
program and keeps its traceback.
"""


class JudgementsError(Exception):
    """The base of all known errors: the command failed."""

    exit_code = 1


class UsageError(JudgementsError):
    """The command was used wrongly: a source, a date or a name that does not exist."""

    exit_code = 2
