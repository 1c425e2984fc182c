"""What assets and checks need from outside: the data folder, to look at or to write to.

Belongs here: Dagster resources. They hold configuration and give back the plain objects of the package.
Stays out: work of any kind.
"""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import dagster as dg

from pipelines.build.lock import only_writer
from pipelines.settings import Settings


class DataFolder(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The folder under which archive, caches and warehouse lie. Empty: as JUDGEMENTS_DATA says."""

    path: str = ""

    def settings(self) -> Settings:
        """The settings of a run with this folder."""
        return Settings(data=Path(self.path)) if self.path else Settings()


class Writer(dg.ConfigurableResource):  # type: ignore[type-arg]
    """The right to write to the data folder: one run has it from its first step to its last, and nobody else with it.

    A build at a terminal can so not come between two steps of a run and give it another listing.
    """

    data_folder: dg.ResourceDependency[DataFolder]

    def settings(self) -> Settings:
        """The settings of a run with this folder."""
        return self.data_folder.settings()

    @contextmanager
    def yield_for_execution(self, context: dg.InitResourceContext) -> Generator["Writer", None, None]:
        """Hold the folder while the run lasts. Raises AnotherWriterError when another process has it."""
        with only_writer(self.settings()):
            yield self


@dg.definitions
def resources() -> dg.Definitions:
    """The resources that assets and checks share."""
    data_folder = DataFolder.configure_at_launch()
    return dg.Definitions(resources={"data_folder": data_folder, "writer": Writer(data_folder=data_folder)})
