"""A folder written beside the one of the last build: files whose inputs are the same are kept, not written again."""

import hashlib
import json
from pathlib import Path

from pipelines.files import link_or_copy, sha256_of

MANIFEST = "made-by-judgements.json"
"""In the folder: for each file a hash of what it was made from, and one of its bytes."""


class SiteWriter:
    """Writes files below `folder`; those of `previous`, the folder of the last build, are kept where they can be.

    A kept file is a second link to the same bytes: nothing is written, and its time stays. One that is damaged, or was
    altered by hand, is made again.
    """

    def __init__(self, folder: Path, previous: Path | None) -> None:
        self.folder = folder
        self.n_written = self.n_kept = 0
        self._previous = previous
        self._known = _manifest(previous) if previous else {}
        self._files: dict[str, tuple[str, str]] = {}
        self._made = {folder}

    def keep(self, address: str, inputs: str) -> bool:
        """Keep a file of the last build that was made from the same; returns whether it could be kept."""
        made_from, file_sha256 = self._known.get(address, ("", ""))
        if made_from != inputs or self._previous is None:
            return False
        before = self._previous / address
        if not before.is_file() or sha256_of(before) != file_sha256:
            return False
        link_or_copy(before, self._place(address))
        self._files[address] = (inputs, file_sha256)
        self.n_kept += 1
        return True

    def write(self, address: str, inputs: str, content: bytes) -> None:
        """Write a file made from what has the hash `inputs`; bytes that did not change are kept all the same."""
        file_sha256 = hashlib.sha256(content).hexdigest()
        if self._known.get(address, ("", ""))[1] == file_sha256:
            self._known[address] = (inputs, file_sha256)
            if self.keep(address, inputs):
                return
        self._place(address).write_bytes(content)
        self._files[address] = (inputs, file_sha256)
        self.n_written += 1

    def link(self, source: Path, address: str) -> None:
        """Give a file from elsewhere a second name in the folder."""
        link_or_copy(source, self._place(address))
        self._files[address] = ("", "")

    def finish(self) -> None:
        """Write down what every file was made from."""
        text = json.dumps({address: self._files[address] for address in sorted(self._files)}, indent=0)
        (self.folder / MANIFEST).write_text(text + "\n", encoding="utf-8")

    def _place(self, address: str) -> Path:
        path = self.folder / address
        if path.parent not in self._made:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._made.add(path.parent)
        return path


def foreign_files(folder: Path) -> list[str]:
    """The files of a folder that no SiteWriter wrote there."""
    known = _manifest(folder)
    names = (path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir())
    return sorted(name for name in names if name not in known and not (known and name == MANIFEST))


def _manifest(folder: Path) -> dict[str, tuple[str, str]]:
    """What the files of a folder were made from; nothing where it has no manifest that can be read."""
    try:
        files = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        return {str(address): (str(inputs), str(sha256)) for address, (inputs, sha256) in files.items()}
    except (OSError, ValueError, AttributeError, TypeError):
        return {}
