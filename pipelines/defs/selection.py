"""Which reports a step looks at, as people choose it in the launchpad.

Belongs here: the part of a step's configuration that reading and parsing share.
Stays out: finding the reports that are meant (`choice.py`).
"""

import dagster as dg
from pydantic import Field

from pipelines.build.selection import Choice


class ChosenReports(dg.Config):
    """The reports that are looked at: all of them, unless something is said."""

    only: str | None = Field(
        default=None,
        description="Look at no more than the reports whose path, address or authority holds this text."
        " The warehouse stays whole.",
    )
    framework_code: str | None = Field(
        default=None, description="Look at no more than the reports published under this framework, as `sif`."
    )

    def choice(self) -> Choice:
        """What was chosen."""
        return Choice(self.only, self.framework_code)
