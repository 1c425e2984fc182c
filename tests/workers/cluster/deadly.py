"""What workers of the tests run in place of the reader: some files end the process that reads them.

Belongs here: that one function, where workers can import it. Stays out: starting workers (`loopback.py`).
"""

import os
import signal
import time

from pipelines.workers.work import Answer, Sent, read_sent

KILLS = b"this one kills whoever reads it"
HANGS = b"this one never ends"


def read_sent_or_die(reader: str, sent: Sent) -> Answer:
    """Read what was sent, if one lives to tell."""
    if KILLS in sent.content:
        os.kill(os.getpid(), signal.SIGKILL)
    if HANGS in sent.content:
        time.sleep(600)
    return read_sent(reader, sent)
