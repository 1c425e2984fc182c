"""What `--source` can name: `sample`, `ofsted`, or a directory of PDFs.

Belongs here: turning the word a person typed into a listing, making the sample first where it is missing.
Stays out: how each kind of source is listed or made (`folder.py`, `ofsted/`, `sample/`).
"""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

from pipelines.files import fingerprint
from pipelines.settings import Settings
from pipelines.sources.folder import list_folder
from pipelines.sources.published import OFSTED, Listing, RememberedSite, UnknownSourceError

SAMPLE = "sample"
REFERENCE_FILES = ("authorities.csv", "authority_changes.csv")
"""A directory that holds both, as every sample does, tells of authorities of its own."""
STAMP = "made-by.json"


def list_source(
    name: str,
    settings: Settings,
    remembered: RememberedSite = RememberedSite(),  # noqa: B008 it is frozen
    accept_shrunken: bool = False,
    progress: Callable[[int, int], None] = lambda n_done, n_in_all: None,
) -> Listing:
    """List what a source has published. Raises SourceError, with what to do, when it can't be.

    A site is measured against what is `remembered` of it; with `accept_shrunken` it may list much less than then.
    """
    if name == SAMPLE:
        _make_sample_once(settings.sample)
        return list_folder(settings.sample, SAMPLE, reference=settings.sample)
    if name == OFSTED:
        from pipelines.sources.http.client import Visitor
        from pipelines.sources.ofsted.listing import list_ofsted

        with Visitor(settings, (settings.ofsted_url, settings.ofsted_files_url)) as visitor:
            return list_ofsted(visitor, settings, remembered, accept_shrunken, progress)
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise UnknownSourceError(
            f"There is no directory {name}. --source takes '{OFSTED}', '{SAMPLE}', or a directory of PDFs."
        )
    folder = folder.resolve()
    brings_its_own = all((folder / name).is_file() for name in REFERENCE_FILES)
    return list_folder(folder, str(folder), reference=folder if brings_its_own else None)


def _make_sample_once(folder: Path) -> None:
    """Make the sample unless the one that stands was made by this very code, from the same seed."""
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
