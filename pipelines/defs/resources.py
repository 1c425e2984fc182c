"""What assets need from outside: the data folder.

Belongs here: Dagster resources. They hold configuration and give back the plain objects of the package.
Stays out: work of any kind.
"""

from pathlib import Path

import dagster as dg

from pipelines.settings import Settings


class DataFolder(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder under which archive, caches and warehouse lie. Empty: as JUDGEMENTS_DATA says."""

    path: str = ""

    def settings(self) -> Settings:
        """The settings of a run with this folder."""
        return Settings(data=Path(self.path)) if self.path else Settings()


@dg.definitions
def resources() -> dg.Definitions:
    """The resources that every asset shares."""
    return dg.Definitions(resources={"data_folder": DataFolder()})
