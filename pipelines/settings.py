"""Where things live and the few knobs there are: the only reader of the environment.

Belongs here: one value a setting, its default and its unit, and the paths under the data folder.
Stays out: opening or making any of those paths; facts about reports (`frameworks/`), rules (`parsing/`).
"""

import os
from pathlib import Path

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict


def _cores() -> int:
    """Cores this process may use: fewer than the machine has when it is pinned or in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class Settings(BaseSettings):
    """Read from JUDGEMENTS_DATA, JUDGEMENTS_WORKERS and so on; what is given by name goes before."""

    model_config = SettingsConfigDict(env_prefix="JUDGEMENTS_", frozen=True)

    data: Path = Field(default=Path("data"), description="The folder that everything on disk hangs under.")
    workers: int = Field(default_factory=_cores, ge=1, description="Processes that read and parse reports.")
    max_file_bytes: int = Field(default=200_000_000, ge=1, description="A larger file is quarantined as too_large.")
    seconds_per_report: float = Field(default=180, gt=0, description="A report that takes longer is quarantined.")

    @property
    def raw(self) -> Path:
        """The archive and its ledger."""
        return self.data / "raw"

    @property
    def archive(self) -> Path:
        """Files kept by content: `<2 hex>/<sha256>.pdf`."""
        return self.raw / "files"

    @property
    def ledger(self) -> Path:
        """SQLite: what was seen when, under which address."""
        return self.raw / "ledger.sqlite"

    @property
    def sample(self) -> Path:
        """The sample reports, as made."""
        return self.raw / "sample"

    @property
    def read(self) -> Path:
        """Cached lines, a folder for each version of each reader."""
        return self.data / "read"

    @property
    def parsed(self) -> Path:
        """Cached facts, a folder for each version of the rules."""
        return self.data / "parsed"

    @property
    def warehouse(self) -> Path:
        """The published warehouse."""
        return self.data / "warehouse" / "judgements.duckdb"

    @property
    def build_lock(self) -> Path:
        """Held by the one process that writes under the data folder."""
        return self.data / "build.lock"
