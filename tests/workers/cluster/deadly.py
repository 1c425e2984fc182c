"""What workers of the tests run in place of the reader: some files end the process that reads them."""

import os
import signal
import time

from pipelines.workers.tasks import Job, read

KILLS = b"this one kills whoever reads it"
HANGS = b"this one never ends"


def read_or_die(reader: str, job: Job) -> bytes:
    """Read a file, if one lives to tell."""
    if KILLS in job.content:
        os.kill(os.getpid(), signal.SIGKILL)
    if HANGS in job.content:
        time.sleep(600)
    return read(reader, job)
