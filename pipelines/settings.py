"""The settings and the paths under the data folder: the only reader of the environment. It opens and makes nothing."""

import os
import re
from pathlib import Path
from typing import Annotated, Literal, get_args

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from pipelines.errors import UsageError
from pipelines.sources.http.limits import HttpLimits
from pipelines.sources.http.rate_limit import origin_of
from pipelines.sources.ofsted.addresses import LIVE_SITE, SiteAddresses

NotificationKind = Literal["failed_runs", "failed_checks", "new_reports", "changed_grades", "due_statistics"]
NOTIFICATION_KINDS: tuple[NotificationKind, ...] = get_args(NotificationKind)


def _cores() -> int:
    """Cores this process may use: fewer than the machine has when it is pinned or in a container."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else (os.cpu_count() or 1)


class Settings(HttpLimits, BaseSettings):
    """Read from JUDGEMENTS_DATA, JUDGEMENTS_WORKERS and so on; arguments take precedence."""

    model_config = SettingsConfigDict(env_prefix="JUDGEMENTS_", frozen=True, hide_input_in_errors=True)

    data: Path = Field(default=Path("data"), description="The folder for everything on disk.")
    workers: int = Field(default_factory=_cores, ge=1, description="Processes that read and parse reports.")
    cluster: str | None = Field(
        default=None, description="A Dask scheduler, as tcp://host:8786: its workers read and parse instead."
    )
    reader: Literal["pdfium", "pdfplumber"] = Field(
        default="pdfium", description="What reads the PDFs: the fast reader, or the reference."
    )
    max_file_bytes: int = Field(default=200_000_000, ge=1, description="A larger file is quarantined as too_large.")
    seconds_per_report: float = Field(default=180, gt=0, description="A report that takes longer is quarantined.")
    max_worker_bytes: int = Field(
        default=2_000_000_000,
        ge=500_000_000,
        description="Memory of one worker: a report that takes more is quarantined.",
    )

    ofsted_url: str = Field(default=LIVE_SITE.pages, description="Where Ofsted's search and provider pages are.")
    ofsted_files_url: str = Field(default=LIVE_SITE.files, description="Where Ofsted's files are.")

    kept_warehouses: int = Field(
        default=5, ge=0, description="Warehouses that are kept when others replace them; 0 keeps none."
    )

    source: str = Field(default="sample", description="What a run in Dagster builds from when it does not say.")
    watched_folder: Path | None = Field(
        default=None, description="A directory of PDFs: Dagster builds from it when they change."
    )
    statistics: Path | None = Field(
        default=None, description="A folder with editions of Ofsted's own statistics, which each build takes in."
    )
    notify_url: SecretStr | None = Field(
        default=None, description="Where notifications go: addresses as apprise takes them, separated by spaces."
    )
    notify_of: Annotated[tuple[NotificationKind, ...], NoDecode] = Field(
        default=NOTIFICATION_KINDS,
        description="What is notified, separated by spaces: failed_runs failed_checks new_reports changed_grades"
        " due_statistics. All of it, unless said.",
    )
    ui_url: str = Field(
        default="http://127.0.0.1:3000",
        description="Dagster's pages, to which notifications link; no other host name is answered.",
    )
    site_url: str | None = Field(
        default=None, description="Where people open the site: notifications of what is new link there."
    )

    @field_validator("cluster", "watched_folder", "statistics", "notify_url", "site_url", mode="before")
    @classmethod
    def _nothing_is_none(cls, given: object) -> object:
        """An empty variable, as in a settings file that was not filled in, is not set; nor is one of spaces."""
        return None if isinstance(given, str) and not given.strip() else given

    @field_validator("notify_of", mode="before")
    @classmethod
    def _kinds(cls, given: object) -> object:
        words = given.replace(",", " ").split() if isinstance(given, str) else given
        if not isinstance(words, list | tuple):
            return words
        if unknown := [word for word in words if word not in NOTIFICATION_KINDS]:
            # an address that was put here by mistake may hold a password, also after a comma
            named = "an address" if any("://" in word for word in unknown) else ", ".join(unknown)
            raise ValueError(f"{named}: unknown; known are {' '.join(NOTIFICATION_KINDS)}")
        return tuple(words) or NOTIFICATION_KINDS

    @field_validator("data")
    @classmethod
    def _is_text(cls, folder: Path) -> Path:
        """DuckDB and SQLite take names of files as text: better said now than when the warehouse is to be written."""
        if os.fsencode(folder.absolute()).decode("utf-8", "replace") != str(folder.absolute()):
            raise ValueError("must be a folder whose whole path is UTF-8")
        return folder

    @field_validator("ofsted_url", "ofsted_files_url", "ui_url", "site_url")
    @classmethod
    def _is_address(cls, address: str | None) -> str | None:
        if address is None:
            return None
        if re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", address) is None or not origin_of(address)[1]:
            raise ValueError("must be an address like https://host, with no more than a port and a path")
        return address.rstrip("/")

    @field_validator("cluster")
    @classmethod
    def _is_scheduler(cls, address: str | None) -> str | None:
        if address is not None and re.fullmatch(r"(tcp|tls)://[^\s/]+:\d{1,5}", address) is None:
            raise ValueError("must be the address of a Dask scheduler, like tcp://host:8786 or tls://host:8786")
        return address

    @property
    def news_page(self) -> str | None:
        """The site's page of what is new; None where nobody said where the site is."""
        return f"{self.site_url}/new/index.html" if self.site_url else None

    @property
    def ofsted(self) -> SiteAddresses:
        """Both addresses of Ofsted's site."""
        return SiteAddresses(self.ofsted_url, self.ofsted_files_url)

    @property
    def raw(self) -> Path:
        """The archive, its ledger, the sample, and unfinished listings and downloads."""
        return self.data / "raw"

    @property
    def archive(self) -> Path:
        """Files kept by content: `<2 hex>/<sha256>.pdf`."""
        return self.raw / "files"

    @property
    def editions(self) -> Path:
        """Editions of Ofsted's own statistics, kept by content: `<sha256>/<file name>`."""
        return self.raw / "statistics"

    @property
    def ledger(self) -> Path:
        """The SQLite file with what was seen when, at which address."""
        return self.raw / "ledger.sqlite"

    @property
    def read(self) -> Path:
        """Cached lines, a folder for each version of each reader."""
        return self.data / "read"

    @property
    def parsed(self) -> Path:
        """Cached facts, a folder for each version of the rules; and what editions of statistics hold."""
        return self.data / "parsed"

    @property
    def warehouse(self) -> Path:
        """The published warehouse."""
        return self.data / "warehouse" / "judgements.duckdb"

    @property
    def earlier(self) -> Path:
        """Warehouses that others replaced, each in a folder by its version."""
        return self.data / "earlier"

    @property
    def rows(self) -> Path:
        """Rows of each part of the reports as Parquet, by content."""
        return self.data / "rows"

    @property
    def exports(self) -> Path:
        """What people take away, as Parquet, CSV and so on: a link to a whole folder."""
        return self.data / "warehouse" / "exports"

    @property
    def notifications(self) -> Path:
        """Messages that were sent or wait, and what the news is measured against."""
        return self.data / "notifications"

    @property
    def build_lock(self) -> Path:
        """Held by the one process that writes under the data folder."""
        return self.data / "build.lock"


def read_settings(data: Path | None = None) -> Settings:
    """The settings of the environment, with another data folder if one is given. Raises UsageError for a wrong one."""
    try:
        return Settings(data=data) if data is not None else Settings()
    except ValidationError as error:
        wrong = [
            f"JUDGEMENTS_{str(one['loc'][0]).upper()}: {one['msg'].removeprefix('Value error, ')}"
            for one in error.errors()
        ]
        raise UsageError("; ".join(wrong)) from error
