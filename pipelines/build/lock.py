"""One process at a time writes under a data folder; whoever comes second is told who holds it.

Belongs here: the lock and the words about its holder.
Stays out: readers. They never need it: all that they see is published by a rename.
"""

import datetime as dt
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from pipelines.settings import Settings


class AnotherWriterError(Exception):
    """Another process writes under this data folder; the message says which."""


@contextmanager
def only_writer(settings: Settings) -> Iterator[None]:
    """Hold the data folder for the length of a block; blocks may nest in one process.

    Raises AnotherWriterError at once when another process has it. The lock ends with the process that holds it,
    however that ends.
    """
    settings.data.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.build_lock, is_singleton=True)
    holder = settings.build_lock.with_suffix(".holder")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        who = holder.read_text("utf-8") if holder.is_file() else "another process"
        raise AnotherWriterError(f"{settings.data} is being written by {who}. Wait for it, then try again.") from None
    try:
        since = dt.datetime.now().astimezone().isoformat(sep=" ", timespec="seconds")
        holder.write_text(f"process {os.getpid()} on {socket.gethostname()} (since {since})", "utf-8")
        yield
    finally:
        lock.release()
