"""A whole folder of exports, published at once.

`exports` is a symbolic link to a complete folder. A rename replaces the link, so a reader sees the old folder or the
new one. The old folder stays until the next build for those who still read it.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.exports import EXPORTS
from pipelines.files import sync_to_disk
from pipelines.warehouse.connection import open_warehouse


class WrittenExports:
    """Exports that are complete, in a folder of their own; `publish` replaces the published folder."""

    def __init__(self, folder: Path, published: Path) -> None:
        self._folder = folder
        self._published = published

    def publish(self) -> None:
        """Replace the published folder: the one step that readers see."""
        for path in (*self._folder.rglob("*"), self._folder):
            sync_to_disk(path)
        link = self._published.with_name(f".{self._published.name}.link")
        link.unlink(missing_ok=True)
        whole = self._folder.rename(_free_name(self._published))
        link.symlink_to(whole.name, target_is_directory=True)
        if self._published.is_dir() and not self._published.is_symlink():
            # A copy of the data folder made without links has a plain folder here.
            shutil.rmtree(self._published)
        os.replace(link, self._published)  # noqa: PTH105 -- the rename is the point
        sync_to_disk(self._published.parent)


@contextmanager
def written_exports(warehouse: Path, published: Path) -> Iterator[WrittenExports]:
    """Write every export of a checked warehouse. Unless the block publishes them, they are removed."""
    current = published.parent / published.readlink() if published.is_symlink() else None
    for folder in published.parent.glob(f".{published.name}-*"):
        if folder != current:  # of a killed build, or of one before the last
            shutil.rmtree(folder)
    unfinished = published.with_name(f".{published.name}-unfinished")
    unfinished.mkdir()
    try:
        with open_warehouse(warehouse) as connection:
            for export in EXPORTS:
                export.write(connection, unfinished)
        yield WrittenExports(unfinished, published)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _free_name(published: Path) -> Path:
    """One of two names in turn: somebody may still read the other."""
    names = [published.with_name(f".{published.name}-{letter}") for letter in "ab"]
    return next(name for name in names if not name.exists())
