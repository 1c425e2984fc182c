"""What workers of the tests run in place of the reader: some files end the process that reads them."""

import hashlib
import os
import signal
import time
from pathlib import Path

from pipelines.build.workspace import Workspace
from pipelines.reading.lines import UnreadableReport
from pipelines.workers.tasks import Job, read

KILLS = b"this one kills whoever reads it"
HANGS = b"this one never ends"
CONTENTS = (KILLS, HANGS, b"a letter", b"an invoice")
SECONDS = 3
"""How long a file may take: no time for one that never ends, and ample for a letter on a busy machine."""


def read_or_die(reader: str, job: Job) -> bytes:
    """Read a file, if one lives to tell."""
    if KILLS in job.content:
        os.kill(os.getpid(), signal.SIGKILL)
    if HANGS in job.content:
        time.sleep(600)
    return read(reader, job)


def reports(folder: Path) -> Path:
    """A directory of such files."""
    made = folder / "reports"
    made.mkdir()
    for index, content in enumerate(CONTENTS):
        (made / f"{index}.pdf").write_bytes(content)
    return made


def outcomes(workspace: Workspace) -> list[tuple[str, str]]:
    """Reason and detail of each of them, in order."""
    found = [workspace.lines_cache.get(hashlib.sha256(content).hexdigest()) for content in CONTENTS]
    return [(one.reason, one.detail) for one in found if isinstance(one, UnreadableReport)]
