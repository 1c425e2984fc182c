"""Everything that can go wrong in a way a person can do something about: one base, and an exit code for each kind.

The message of such an error is a sentence for the person at the terminal: what happened and what to do. Anything else
that is raised is a mistake in this program and keeps its traceback.
"""


class JudgementsError(Exception):
    """The base of all known errors: the command could not do what it was asked."""

    exit_code = 1


class UsageError(JudgementsError):
    """The command was asked wrongly: a source, a date or a name that does not exist."""

    exit_code = 2
