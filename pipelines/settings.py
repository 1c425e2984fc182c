"""Where things live and the few knobs there are: the only reader of the environment.

Belongs here: one value a setting, its default and its unit, and the paths under the data folder.
Stays out: opening or making any of those paths; facts about reports (`frameworks/`), rules (`parsing/`).
"""

import os
import re
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

LIVE_OFSTED_URL = "https://reports.ofsted.gov.uk"
LIVE_OFSTED_FILES_URL = "https://files.ofsted.gov.uk"


def _cores() -> int:
    """Cores this process may use: fewer than the machine has when it is pinned or in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class Settings(BaseSettings):
    """Read from JUDGEMENTS_DATA, JUDGEMENTS_WORKERS and so on; what is given by name goes before."""

    model_config = SettingsConfigDict(env_prefix="JUDGEMENTS_", frozen=True)

    data: Path = Field(default=Path("data"), description="The folder that everything on disk hangs under.")
    workers: int = Field(default_factory=_cores, ge=1, description="Processes that read and parse reports.")
    cluster: str | None = Field(
        default=None, description="A Dask scheduler, as tcp://host:8786: its workers read and parse in their place."
    )
    reader: Literal["pdfium", "pdfplumber"] = Field(
        default="pdfium", description="What reads the PDFs: the fast reader, or the one it is held against."
    )
    max_file_bytes: int = Field(default=200_000_000, ge=1, description="A larger file is quarantined as too_large.")
    seconds_per_report: float = Field(default=180, gt=0, description="A report that takes longer is quarantined.")

    ofsted_url: str = Field(default=LIVE_OFSTED_URL, description="Where Ofsted's search and provider pages stand.")
    ofsted_files_url: str = Field(default=LIVE_OFSTED_FILES_URL, description="Where Ofsted's files stand.")
    contact: str = Field(
        default="",
        max_length=200,
        pattern=r"^[ -~]*$",
        description="An address or page at which the site's owners can reach whoever runs this: goes into User-Agent.",
    )
    requests_per_second: float = Field(default=1, gt=0, description="At most so many to one host.")
    tries: int = Field(default=4, ge=1, description="How often a request is made that fails for a passing reason.")
    seconds_before_retry: float = Field(
        default=2, ge=0, description="Before the second try; then doubled, with jitter."
    )
    seconds_of_silence: float = Field(default=30, gt=0, description="A connection that says nothing so long is left.")
    seconds_per_request: float = Field(default=180, gt=0, description="An answer must be whole by then.")
    longest_retry_after: float = Field(
        default=600, ge=0, description="Seconds. A host that asks for a longer wait is left alone for the whole run."
    )
    max_page_bytes: int = Field(default=5_000_000, ge=1, description="A larger page is not believed.")
    max_download_bytes: int = Field(default=50_000_000, ge=1, description="A larger file is not fetched.")
    recheck_days: float = Field(
        default=30, ge=0, description="A held file whose answer bore no ETag or date is fetched again after so long."
    )

    source: str = Field(default="sample", description="What a run in Dagster builds from when it does not say.")
    watched_folder: Path | None = Field(
        default=None, description="A directory of PDFs: Dagster builds from it when they change."
    )
    webhook_url: SecretStr | None = Field(
        default=None, description="Takes alarms as JSON, as Slack reads it. Whoever knows the address can write there."
    )
    ui_url: str = Field(default="http://127.0.0.1:3000", description="Where Dagster's pages stand: alarms lead there.")
    hours_fresh: float = Field(default=36, gt=0, description="A listing older than this is no longer called current.")

    @field_validator("cluster", "watched_folder", "webhook_url", mode="before")
    @classmethod
    def _nothing_is_none(cls, given: object) -> object:
        """A variable that is set to nothing, as in a file of them that was not filled in, is not set."""
        return None if given == "" else given

    @field_validator("ofsted_url", "ofsted_files_url", "ui_url")
    @classmethod
    def _is_address(cls, address: str) -> str:
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError("must be an address like https://host")
        if parts.username or parts.password or parts.query or parts.fragment:
            raise ValueError("must be no more than scheme, host, port and path")
        return address.rstrip("/")

    @field_validator("cluster")
    @classmethod
    def _is_scheduler(cls, address: str | None) -> str | None:
        if address is not None and re.fullmatch(r"(tcp|tls)://[^\s/]+:\d{1,5}", address) is None:
            raise ValueError(
                "must be the address of a Dask scheduler, like tcp://host:8786, or tls:// where it asks for it"
            )
        return address

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
    def listing_notes(self) -> Path:
        """Pages visited for a listing of Ofsted's site that is not finished."""
        return self.raw / "unfinished_listing.jsonl"

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
    def rows(self) -> Path:
        """Rows of each part of the reports as Parquet, by all that they depend on."""
        return self.data / "rows"

    @property
    def exports(self) -> Path:
        """What people take away, as Parquet, CSV and so on: a link to a whole folder."""
        return self.data / "warehouse" / "exports"

    @property
    def build_lock(self) -> Path:
        """Held by the one process that writes under the data folder."""
        return self.data / "build.lock"
