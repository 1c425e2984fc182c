"""A whole folder of exports, published at once.

`exports` is a symbolic link to a complete folder. A rename replaces the link, so a reader sees the old folder or the
new one. The old folder stays until the next build for those who still read it.
"""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipelines.exports import EXPORTS, write_exports
from pipelines.files import remove, sync_to_disk
from pipelines.warehouse.connection import open_warehouse


@contextmanager
def written_exports(warehouse: Path, published: Path) -> Iterator[Callable[[], None]]:
    """Write every export of a checked warehouse to a folder of their own.

    Gives the block what publishes them; unless it is called, they are removed.
    """
    current = published.parent / published.readlink() if published.is_symlink() else None
    for folder in published.parent.glob(f".{published.name}-*"):
        if folder != current:  # of a killed build, or of one before the last
            remove(folder)
    unfinished = published.with_name(f".{published.name}-unfinished")
    unfinished.mkdir()
    try:
        with open_warehouse(warehouse) as connection:
            write_exports(connection, unfinished, current, EXPORTS)
        yield lambda: _publish(unfinished, published)
    finally:
        remove(unfinished)


def _publish(unfinished: Path, published: Path) -> None:
    """Replace the published folder: the one step that readers see."""
    os.sync()  # all at once: thousands of pages one by one take twice as long
    link = published.with_name(f".{published.name}.link")
    link.unlink(missing_ok=True)
    whole = unfinished.rename(_free_name(published))
    link.symlink_to(whole.name, target_is_directory=True)
    if not published.is_symlink():  # a copy of the data folder made without links has a plain folder here
        remove(published)
    os.replace(link, published)  # noqa: PTH105 -- the rename is the point
    sync_to_disk(published.parent)


def _free_name(published: Path) -> Path:
    """One of two names in turn: somebody may still read the other."""
    names = [published.with_name(f".{published.name}-{letter}") for letter in "ab"]
    return next(name for name in names if not name.exists())
