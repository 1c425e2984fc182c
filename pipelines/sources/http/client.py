"""An HTTP client that asks a few hosts for pages and files: politely, within limits, and with retries.

What is retried is decided here (`TRANSIENT`, TransientError); `rate_limit.py` says how long to wait, and `answers.py`
reads bodies and tells errors apart. It is asynchronous inside: only so can a whole answer have a time limit.
"""

import asyncio
import datetime as dt
import ssl
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from functools import cache
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import BinaryIO, Final, TypeVar
from urllib.parse import urljoin

import httpx2
import msgspec
from protego import Protego

from pipelines.sources.http.answers import (
    LOCAL_HOSTS,
    DeniedError,
    FileAnswer,
    GoneError,
    Page,
    TransientError,
    UnreachableError,
    check_proxies,
    connection_error,
    content_type,
    copy_body,
    read_text,
    validators,
)
from pipelines.sources.http.limits import HttpLimits
from pipelines.sources.http.rate_limit import AGENT, RateLimit, backoff, origin_of, seconds_to_wait, user_agent
from pipelines.sources.published import FetchError, Validators

Answer = TypeVar("Answer")
Receive = Callable[[httpx2.Response], Awaitable[Answer]]

MAX_REDIRECTS: Final = 5
MAX_ROBOTS_BYTES: Final = 512_000
MAX_FAILURES: Final = 5
"""A host that fails this many requests in a row, each with all its retries, is left alone for the rest of the run."""
TRANSIENT: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses after which a retry may help."""
GONE: Final = frozenset({404, 410})
PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", ""})


class _Redirect(msgspec.Struct, frozen=True):
    """An answer that only says where to go."""

    address: str


class HttpClient:
    """Asks for pages and files of the given sites, one after another, and of no others.

    Close it after use. Every method raises FetchError, and nothing else that the network could cause. Raises UsageError
    for a proxy of the environment that can't be used.
    """

    def __init__(self, limits: HttpLimits, sites: Iterable[str]) -> None:
        self._limits = limits
        self._origins = frozenset(origin_of(site) for site in sites)
        self._rate_limit = RateLimit(1 / limits.requests_per_second)
        self._robots: dict[str, Protego] = {}
        self._failures: Counter[str] = Counter()
        self._left_alone: dict[str, str] = {}
        check_proxies()
        self._runner = asyncio.Runner()
        self._client = httpx2.AsyncClient(
            headers={"User-Agent": user_agent(limits.contact), "Accept-Encoding": "identity"},
            timeout=limits.seconds_of_silence,
            verify=_tls(),
            cookies=CookieJar(DefaultCookiePolicy(allowed_domains=())),  # none is kept, and so none is sent back
            mounts={f"all://{host}": None for host in LOCAL_HOSTS},
        )

    def close(self) -> None:
        """Close all connections."""
        self._runner.run(self._client.aclose())
        self._runner.close()

    def page(self, address: str) -> Page:
        """A page of HTML. Raises GoneError where the site says there is none."""

        async def receive(response: httpx2.Response) -> Page:
            if (kind := content_type(response)) not in PAGE_TYPES:
                raise FetchError(f"{address} answered with {kind or 'no type'} where a page of HTML was expected.")
            return Page(str(response.url), await read_text(response, self._limits.max_page_bytes))

        return self._ask(address, {}, receive)

    def file(self, address: str, held: Validators, into: BinaryIO) -> FileAnswer | None:
        """Write a file's bytes to `into`, which is emptied first; None when they are those that are `held`.

        Only the number of bytes is checked, against the header and the limit. Raises OSError when
        `into` can't be written.
        """

        async def receive(response: httpx2.Response) -> FileAnswer | None:
            now = validators(response)
            if response.status_code == httpx2.codes.NOT_MODIFIED or (held.etag and now.etag == held.etag):
                return None
            await copy_body(response, into, self._limits.max_download_bytes)
            is_whole = any(name in response.headers for name in ("Content-Length", "Transfer-Encoding"))
            return FileAnswer(str(response.url), content_type(response), now, is_whole)

        return self._ask(address, held.conditions(), receive)

    def _ask(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer:
        """Ask, with retries; leave a host alone that only fails (a circuit breaker)."""
        _origin, host = origin_of(address)
        n_failures, self._failures[host] = self._failures[host], 0
        try:
            return self._runner.run(self._retry(host, lambda: self._follow(address, conditions, receive)))
        except TransientError:
            self._failures[host] = n_failures + 1
            if self._failures[host] >= MAX_FAILURES:
                self._left_alone.setdefault(host, f"{MAX_FAILURES} requests in a row failed")
            raise

    async def _retry(self, host: str, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        """Ask again after a failure that may pass, with backoff, up to the limit of tries."""
        n_tries = 0
        while True:
            try:
                return await ask()
            except TransientError:
                n_tries += 1
                if n_tries == self._limits.tries:
                    raise
                self._rate_limit.hold(host, backoff(self._limits.seconds_before_retry, n_tries))

    async def _follow(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer:
        """Go from redirect to redirect. Each hop is checked as the first address is."""
        passed = [address]
        while True:
            await self._check_allowed(passed[-1], passed[0])
            answer = await self._once(passed[-1], conditions, receive)
            if not isinstance(answer, _Redirect):
                return answer
            if answer.address in passed or len(passed) > MAX_REDIRECTS:
                raise FetchError(f"{address} redirects in a loop or too often, last to {answer.address}.")
            passed.append(answer.address)

    async def _check_allowed(self, address: str, first: str) -> None:
        """Raise FetchError unless an address is of one of our sites and its robots.txt lets us ask for it."""
        origin, host = origin_of(address)
        if (origin, host) not in self._origins:
            led = f"{first} redirects to" if address != first else "Not asked for"
            raise FetchError(f"{led} {address}, which is on none of the sites that may be asked.")
        if host in self._left_alone:
            raise FetchError(
                f"{address} was not asked for: {host} is left alone in this run because {self._left_alone[host]}."
            )
        if origin not in self._robots:
            self._robots[origin] = await self._read_robots(origin, host)
            self._rate_limit.slow_down(host, self._robots[origin].crawl_delay(AGENT) or 0)
            self._rate_limit.answered(host)
        if not self._robots[origin].can_fetch(address, AGENT):
            raise FetchError(f"{address} was not asked for: the site's robots.txt forbids it.")

    async def _read_robots(self, origin: str, host: str) -> Protego:
        """Read robots.txt before anything else. A site without one allows all; one whose robots.txt fails, nothing."""

        async def receive(response: httpx2.Response) -> Protego:
            return Protego.parse(await read_text(response, MAX_ROBOTS_BYTES))

        try:
            rules = await self._retry(host, lambda: self._once(f"{origin}/robots.txt", {}, receive))
        except DeniedError:  # RFC 9309, 2.3.1.3: with a client error there are no rules
            return Protego.parse("")
        except FetchError as error:
            self._left_alone[host] = "its robots.txt could not be read"
            words = "" if isinstance(error, UnreachableError) else f"Could not read the robots.txt of {host}. "
            raise FetchError(f"{words}{error}") from error
        if isinstance(rules, _Redirect):
            self._left_alone[host] = f"its robots.txt redirects to {rules.address}"
            raise FetchError(f"Could not read the robots.txt of {host}: it redirects to {rules.address}.")
        return rules

    async def _once(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer | _Redirect:
        """Make one request within the rate limit: what `receive` makes of the answer, or a redirect."""
        seconds, (_origin, host) = self._limits.seconds_per_request, origin_of(address)
        await self._rate_limit.turn(host)
        try:
            async with asyncio.timeout(seconds), self._client.stream("GET", address, headers=conditions) as response:
                if response.has_redirect_location:
                    return _Redirect(_joined(address, response.headers["Location"]))
                self._check_status(address, host, response, may_be_unchanged=bool(conditions))
                return await receive(response)
        except TimeoutError as error:
            raise TransientError(f"{address} was not whole after {seconds:g} seconds.") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise connection_error(address, host, error) from error
        finally:
            self._rate_limit.answered(host)

    def _check_status(self, address: str, host: str, response: httpx2.Response, *, may_be_unchanged: bool) -> None:
        """Raise unless the answer is good. Keeps a Retry-After."""
        status = response.status_code
        if status == httpx2.codes.OK or (status == httpx2.codes.NOT_MODIFIED and may_be_unchanged):
            return
        words = f"{address} answered {status} {response.reason_phrase}."
        if status in GONE:
            raise GoneError(words)
        if status not in TRANSIENT:
            raise (DeniedError if httpx2.codes.is_client_error(status) else FetchError)(words)
        wait = seconds_to_wait(response.headers.get("Retry-After"), dt.datetime.now(dt.UTC)) or 0
        if wait > self._limits.longest_retry_after:
            self._left_alone[host] = f"it asked to be left alone for {wait:,.0f} seconds"
            raise FetchError(f"{words} It asked to be left alone for {wait:,.0f} seconds.")
        self._rate_limit.hold(host, wait)
        raise TransientError(words)


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchError(f"{address} redirects to {location!r}, which is no address.") from error


@cache
def _tls() -> ssl.SSLContext:
    """Made once, because loading certificates takes longer than the rest of making a client."""
    return httpx2.create_ssl_context()
