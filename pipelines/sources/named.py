"""What `--source` can name: `sample`, or a directory of PDFs.

Belongs here: turning the word a person typed into a listing, making the sample first where it is missing.
Stays out: how each kind of source is listed or made (`folder.py`, `sample/`).
"""

import json
import shutil
from pathlib import Path

from pipelines.durable import fingerprint
from pipelines.settings import Settings
from pipelines.sources.folder import list_folder
from pipelines.sources.published import Listing, UnknownSourceError

SAMPLE = "sample"
REFERENCE_FILES = ("authorities.csv", "authority_changes.csv")
"""A directory that holds both, as every sample does, tells of authorities of its own."""
STAMP = "made-by.json"


def list_source(name: str, settings: Settings) -> Listing:
    """List what a source has published. Raises SourceError, with what to do, when it can't be."""
    if name == SAMPLE:
        _make_sample_once(settings.sample)
        return list_folder(settings.sample, SAMPLE, reference=settings.sample)
    if name == "ofsted":
        raise UnknownSourceError(
            "This version does not fetch from Ofsted's site yet. Put the reports into a directory and name that."
        )
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise UnknownSourceError(f"There is no directory {name}. --source takes a directory of PDFs, or '{SAMPLE}'.")
    folder = folder.resolve()
    brings_its_own = all((folder / name).is_file() for name in REFERENCE_FILES)
    return list_folder(folder, str(folder), reference=folder if brings_its_own else None)


def _make_sample_once(folder: Path) -> None:
    """Make the sample unless the one that stands was made by this very code, from the same seed."""
    from pipelines.sources.sample import make

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
