"""How a visitor behaves at a site: the pace, what robots.txt asks, and when to come back.

Belongs here: decisions that need no connection.
Stays out: making requests (`http.py`).
"""

import asyncio
import datetime as dt
import time
from email.utils import parsedate_to_datetime
from importlib.metadata import version
from urllib.parse import urlsplit

from protego import Protego

AGENT = "childrens-services-judgements"
"""The project's name, by which robots.txt can address it."""
SLOWEST_INTERVAL = 60.0
"""A longer Crawl-delay than this is taken for a slip of the pen: the visit would never end."""


def user_agent(contact: str) -> str:
    """Who asks, in which version, and how to reach whoever runs it."""
    return f"{AGENT}/{version(AGENT)} ({contact or 'no contact given'})"


def host_of(address: str) -> str:
    """The host alone: two ports of one machine share its patience."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def origin_of(address: str) -> str:
    """Scheme, host and port, which is what may be asked or may not; empty for what is no address."""
    try:
        parts = urlsplit(address)
        return f"{parts.scheme}://{parts.hostname}:{parts.port or {'http': 80, 'https': 443}.get(parts.scheme)}"
    except ValueError:
        return ""


class Pace:
    """One request in an interval to each host.

    The interval is counted from the moment an answer begins, so that the requests as the host sees them are never
    closer. It also goes before the first one: another run may have ended only just now.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._intervals: dict[str, float] = {}
        self._ready: dict[str, float] = {}

    def slow_down(self, host: str, seconds: float) -> None:
        """Keep at least this interval at a host, if it is longer than ours."""
        self._intervals[host] = max(self._interval(host), min(seconds, SLOWEST_INTERVAL))

    def hold(self, host: str, seconds: float) -> None:
        """Leave a host alone for so long."""
        self._ready[host] = max(self._ready.get(host, 0), time.monotonic() + seconds)

    def answered(self, host: str) -> None:
        """Count the interval from now."""
        self.hold(host, self._interval(host))

    async def turn(self, host: str) -> None:
        """Wait until a host may be asked."""
        ready = self._ready.setdefault(host, time.monotonic() + self._interval(host))
        while (wait := ready - time.monotonic()) > 0:
            await asyncio.sleep(wait)

    def _interval(self, host: str) -> float:
        return self._intervals.get(host, self._seconds)


class Robots:
    """What one robots.txt says to this project. An empty text allows everything."""

    def __init__(self, text: str) -> None:
        self._rules = Protego.parse(text)

    def allows(self, address: str) -> bool:
        """Whether an address may be asked for."""
        return bool(self._rules.can_fetch(address, AGENT))

    @property
    def crawl_delay(self) -> float:
        """Seconds between requests that it asks for; 0 when it asks for none."""
        return float(self._rules.crawl_delay(AGENT) or 0)


def seconds_to_wait(retry_after: str | None, now: dt.datetime) -> float | None:
    """What a Retry-After header asks for, in seconds from `now`. None where there is none that can be read.

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
    except ValueError:
        return None
    if at.tzinfo is None:
        at = at.replace(tzinfo=dt.UTC)
    return max(0.0, (at - now).total_seconds())
