"""What `--source` can name: `sample`, `ofsted`, or a directory of PDFs.

Each kind of source is listed and fetched in its own module (`folder.py`, `ofsted/source.py`).
"""

import datetime as dt
import json
import os
import shutil
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from pipelines.files import fingerprint
from pipelines.sources.folder import FolderSource
from pipelines.sources.http.limits import HttpLimits
from pipelines.sources.ofsted.addresses import LIVE_SITE, SiteAddresses
from pipelines.sources.published import OFSTED, Fetcher, Listing, Progress, RememberedSite, UnknownSourceError

SAMPLE = "sample"
REFERENCE_FILES = ("authorities.csv", "authority_changes.csv")
"""A directory with both files, as every sample has, brings its own authorities."""
OWN_STATISTICS = "statistics"
"""The folder in such a directory with statistics about its authorities."""
STAMP = "made-by.json"


class Source(Protocol):
    """Where reports are published."""

    def list(self, remembered: RememberedSite, accept_shrunken: bool, progress: Progress) -> Listing:
        """List what it has published. Raises SourceError, with what to do, when it can't be listed.

        A site is measured against what is `remembered` of it; with `accept_shrunken` it may list much less than then.
        """

    def fetcher(self, at: dt.datetime) -> AbstractContextManager[Fetcher]:
        """What gets its files, as a context: connections are closed at its end. `at` is now, in UTC without a zone."""


def source_named(
    name: str,
    work_folder: Path,
    limits: HttpLimits = HttpLimits(),  # noqa: B008 it is frozen
    addresses: SiteAddresses = LIVE_SITE,
    max_file_bytes: int = 200_000_000,
) -> Source:
    """The source of a name that a person typed, or that a listing has. Raises UnknownSourceError.

    Below `work_folder` lie the archive, the sample and what an unfinished listing or download leaves: a directory that
    holds it is listed without it. A file of a directory may have `max_file_bytes`; `limits` are those of fetching from
    the site at `addresses`.
    """
    if name == SAMPLE:
        return _SampleSource(work_folder / SAMPLE, max_file_bytes)
    if name == OFSTED:
        from pipelines.sources.ofsted.source import OfstedSource  # an HTTP client and a parser of HTML, where needed

        return OfstedSource(work_folder, limits, addresses)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise UnknownSourceError(
            f"There is no directory {name}. --source takes '{OFSTED}', '{SAMPLE}', or a directory of PDFs."
        )
    folder = folder.resolve()
    if os.fsencode(folder).decode("utf-8", "replace") != str(folder):
        raise UnknownSourceError(f"The path of {name} is not UTF-8: rename the folder that is named so.")
    has_reference = all((folder / name).is_file() for name in REFERENCE_FILES)
    return FolderSource(folder, str(folder), folder if has_reference else None, max_file_bytes, work_folder)


class _SampleSource(FolderSource):
    """The project's own sample, made where it is missing or outdated."""

    def __init__(self, folder: Path, max_file_bytes: int) -> None:
        super().__init__(folder, SAMPLE, folder, max_file_bytes)

    def list(self, remembered: RememberedSite, accept_shrunken: bool, progress: Progress) -> Listing:
        _make_sample_once(self._folder)
        return super().list(remembered, accept_shrunken, progress)


def _make_sample_once(folder: Path) -> None:
    """Make the sample unless the one in place was made by this very code, from the same seed."""
    from pipelines.sample import make

    maker = fingerprint([Path(make.__file__).parent])
    stamp = {"maker": maker, "reports": make.DEFAULT_REPORTS, "seed": make.DEFAULT_SEED}
    try:
        if json.loads((folder / STAMP).read_text("utf-8")) == stamp:
            return
    except (OSError, ValueError):
        pass
    unfinished = folder.with_name(folder.name + ".part")
    for stale in (unfinished, folder):
        shutil.rmtree(stale, ignore_errors=True)
    make.make_sample(unfinished, reports=make.DEFAULT_REPORTS, seed=make.DEFAULT_SEED)
    (unfinished / STAMP).write_text(json.dumps(stamp), "utf-8")
    unfinished.rename(folder)
