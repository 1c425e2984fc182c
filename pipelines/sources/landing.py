"""Whether a directory of reports is another than it was, and whether it has come to rest.

Belongs here: telling one state of a directory from another without opening a file.
Stays out: what the directory holds (`folder.py`), and what is done about a change (`defs/landing.py`).
"""

import hashlib
import os
from pathlib import Path

_COUNTED = (".pdf", ".csv")


def folder_state(folder: Path) -> str | None:
    """A hash over the names, sizes and times of all PDFs and CSV files below a directory; None when it has no PDF."""
    whole = hashlib.sha256()
    n_reports = 0
    for parent, subfolders, names in os.walk(folder, followlinks=False):
        subfolders.sort()
        for name in sorted(names):
            path = Path(parent, name)
            if path.suffix.lower() not in _COUNTED:
                continue
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            n_reports += path.suffix.lower() == ".pdf"
            whole.update(os.fsencode(path) + f"\0{status.st_size}\0{status.st_mtime_ns}\0".encode())
    return whole.hexdigest() if n_reports else None
