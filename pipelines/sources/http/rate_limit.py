"""How a client behaves at a site: its name, its rate limit, and how long it waits before a retry. No connection."""

import datetime as dt
import random
from asyncio import sleep
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from time import monotonic
from urllib.parse import urlsplit

AGENT = "childrens-services-judgements"
"""The project's name, by which robots.txt can address it."""
LONGEST_INTERVAL = 60.0
"""Seconds. A longer Crawl-delay is taken for a mistake: the listing would never end."""
LONGEST_BACKOFF = 60.0
"""Seconds between two tries, unless the host asks for more."""


def user_agent(contact: str) -> str:
    """Who asks, in which version, and how to reach whoever runs it."""
    return f"{AGENT}/{version(AGENT)} ({contact or 'no contact given'})"


def origin_of(address: str) -> tuple[str, str]:
    """Scheme, host and port, which decide whether an address may be asked for, and the host alone.

    Two ports of one machine share a rate limit. Both are empty for an invalid address.
    """
    try:
        parts = urlsplit(address)
        port = parts.port or {"http": 80, "https": 443}.get(parts.scheme)
        host = f"[{parts.hostname}]" if ":" in (parts.hostname or "") else parts.hostname or ""
        return f"{parts.scheme}://{host}:{port}", host
    except ValueError:
        return "", ""


class RateLimit:
    """Throttles: one request per interval to each host.

    The interval counts from the end of an answer, so that the host never sees requests closer together. It
    also goes before the first request: another run may have just ended.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._intervals: dict[str, float] = {}
        self._ready: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least this interval at a host, if it is longer than ours."""
        self._intervals[host] = max(self._interval(host), min(seconds, LONGEST_INTERVAL))

    def hold(self, host: str, seconds: float) -> None:
        """Send a host no request for so many seconds."""
        self._ready[host] = max(self._ready.get(host, 0), monotonic() + seconds)

    def answered(self, host: str) -> None:
        """Count the interval from now."""
        self.hold(host, self._interval(host))

    async def turn(self, host: str) -> None:
        """Wait until a host may be asked."""
        ready = self._ready.setdefault(host, monotonic() + self._interval(host))
        while (wait := ready - monotonic()) > 0:
            await sleep(wait)

    def _interval(self, host: str) -> float:
        return self._intervals.get(host, self._seconds)


def backoff(first: float, n_tries: int) -> float:
    """Seconds to wait after so many tries: doubled each time, with jitter, so that many clients don't come at once."""
    return min(first * 2.0 ** (n_tries - 1) + random.uniform(0, first), LONGEST_BACKOFF)  # noqa: S311 no secret


def seconds_to_wait(retry_after: str | None, now: dt.datetime) -> float | None:
    """What a Retry-After header asks for, in seconds from `now`. None where there is none, or it can't be read.

    >>> seconds_to_wait("120", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    120.0
    >>> seconds_to_wait("Thu, 01 Jan 2026 00:01:00 GMT", dt.datetime(2026, 1, 1, tzinfo=dt.UTC))
    60.0
    """
    written = (retry_after or "").strip()
    if written.isascii() and written.isdigit():
        return float(written)
    try:
        at = parsedate_to_datetime(written)
        if at.tzinfo is None:
            at = at.replace(tzinfo=dt.UTC)
        return max(0.0, (at - now).total_seconds())
    except (ValueError, TypeError, IndexError, OverflowError):  # its parser's, for dates and zones that never were
        return None
