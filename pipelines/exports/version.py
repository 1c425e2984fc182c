"""Which data these are: the version, up to which day reports are in, whose they are and how to cite them.

Belongs here: what the workbook, the data package and the web site say alike. No clock is asked: all of it is in the
warehouse.
"""

from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from pipelines.sources.named import SAMPLE
from pipelines.warehouse.headers import read_query
from pipelines.words import day

if TYPE_CHECKING:
    import duckdb

TITLE = "Children's services judgements"
AUTHORS = "The children's services judgements contributors"
KEYWORDS = ("ofsted", "children's services", "local authorities", "inspection", "england")
LICENCE = ("OGL-UK-3.0", "Open Government Licence v3.0")
"""Its SPDX identifier, and its name."""
LICENCE_URL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
INVENTED = "THE SAMPLE IS INVENTED: no grade, date or name in it is real."
ATTRIBUTION = f"Contains Ofsted's reports and statistics, © Crown copyright, {LICENCE[1]}."
"""What whoever publishes something from the data must say."""


class DataVersion(NamedTuple):
    """What a warehouse holds: the last day on which one of its reports was published, and its fingerprint."""

    published_up_to: date | None
    n_reports: int
    source_name: str
    fingerprint: str

    @property
    def version(self) -> str:
        """The day as in 2026.06.08, and the first digits of the fingerprint: other contents have another version."""
        day = f"{self.published_up_to:%Y.%m.%d}" if self.published_up_to else "no-reports"
        return f"{day}+{self.fingerprint[:8]}"

    @property
    def is_invented(self) -> bool:
        """Whether the reports are those of the sample."""
        return self.source_name == SAMPLE


def read_version(connection: "duckdb.DuckDBPyConnection") -> DataVersion:
    """The version of the data in an open warehouse."""
    return DataVersion(*connection.execute(read_query("commands/data_version")).fetchall()[0])


def citation(data: DataVersion) -> str:
    """How to cite the data: authors, year, title, version, and whose the reports are.

    >>> print(citation(DataVersion(date(2026, 6, 8), 507, "ofsted", "1a2b3c4d5e6f")))
    The children's services judgements contributors (2026). Children's services judgements: reports published up to \
8 June 2026 (version 2026.06.08+1a2b3c4d) [Data set]. Contains Ofsted's reports and statistics, © Crown copyright, \
Open Government Licence v3.0.
    """
    last = data.published_up_to
    year, up_to = (f"{last:%Y}", f"reports published up to {day(last)}") if last else ("no date", "no report")
    of_whom = INVENTED if data.is_invented else ATTRIBUTION
    return f"{AUTHORS} ({year}). {TITLE}: {up_to} (version {data.version}) [Data set]. {of_whom}"
