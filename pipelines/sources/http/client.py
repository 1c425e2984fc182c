"""One visitor, asking a few hosts for pages and files: politely, within limits, and believing nothing too soon.

Belongs here: requests, redirects, retries, limits of time, and when a host is left alone.
Stays out: pace, robots.txt and Retry-After as such (`http_manners.py`), bodies (`http_answers.py`), and what a page or
a file should hold.

The work is asynchronous inside, for only so can a whole answer, its headers too, be held to a limit of time.
"""

import asyncio
import datetime as dt
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from types import TracebackType
from typing import BinaryIO, Final, Self, TypeVar
from urllib.parse import urljoin

import httpx2
import msgspec
from tenacity import AsyncRetrying, retry_if_exception_type, stop_after_attempt, wait_exponential_jitter

from pipelines.settings import Settings
from pipelines.sources.http.answers import (
    DeniedError,
    FetchError,
    FileAnswer,
    GoneError,
    Page,
    PassingError,
    content_type,
    copy_bytes,
    is_about_certificate,
    read_text,
)
from pipelines.sources.http.politeness import Pace, Robots, host_of, origin_of, seconds_to_wait, user_agent
from pipelines.sources.published import Validators

Answer = TypeVar("Answer")
Receive = Callable[[httpx2.Response], Awaitable[Answer]]

MAX_REDIRECTS: Final = 5
MAX_ROBOTS_BYTES: Final = 512_000
PATIENCE: Final = 5
"""A host that fails so many requests in a row, each tried to the end, is left alone for the rest of the run."""
LONGEST_WAIT: Final = 60.0
"""Between two tries, in seconds, unless the host asks for more."""
PASSING: Final = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Statuses that another try may mend."""
GONE: Final = frozenset({404, 410})
PAGE_TYPES: Final = frozenset({"text/html", "application/xhtml+xml", ""})


class _Onward(msgspec.Struct, frozen=True):
    """An answer that only says where to go."""

    address: str


class Visitor:
    """Asks for pages and files of the given sites, one after another, and of no others.

    Use it as a context: connections are closed at its end. Every method raises FetchError, and nothing else that
    the network could cause.
    """

    def __init__(self, settings: Settings, sites: Iterable[str]) -> None:
        self._settings = settings
        self._origins = frozenset(map(origin_of, sites))
        self._pace = Pace(1 / settings.requests_per_second)
        self._robots: dict[str, Robots] = {}
        self._failures: Counter[str] = Counter()
        self._closed: dict[str, str] = {}
        self._runner = asyncio.Runner()
        self._client = httpx2.AsyncClient(
            headers={"User-Agent": user_agent(settings.contact), "Accept-Encoding": "identity"},
            timeout=settings.seconds_of_silence,
            # A proxy that this machine is told to use can't reach a server on the machine itself.
            mounts={"all://127.0.0.1": None, "all://localhost": None},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def page(self, address: str) -> Page:
        """A page of HTML. Raises GoneError where the site says there is none."""

        async def receive(response: httpx2.Response) -> Page:
            if (kind := content_type(response)) not in PAGE_TYPES:
                raise FetchError(f"{address} answered with {kind or 'no type'} where a page of HTML was expected.")
            return Page(str(response.url), await read_text(response, self._settings.max_page_bytes))

        return self._ask(address, {}, receive)

    def file(self, address: str, held: Validators, into: BinaryIO) -> FileAnswer | None:
        """Write a file's bytes to `into`, which is emptied first; None when they are those that are `held`.

        Whatever the bytes are: only their number is checked, against the header and the limit. Raises OSError when
        `into` can't be written.
        """

        async def receive(response: httpx2.Response) -> FileAnswer | None:
            now = Validators(response.headers.get("ETag"), response.headers.get("Last-Modified"))
            if response.status_code == httpx2.codes.NOT_MODIFIED or (held.etag and now.etag == held.etag):
                return None
            is_whole = await copy_bytes(response, into, self._settings.max_download_bytes)
            return FileAnswer(content_type(response), now, is_whole)

        return self._ask(address, held.conditions(), receive)

    def _ask(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer:
        """Ask until it succeeds, fails for good or was tried often enough; give a host up that only fails."""
        host = host_of(address)
        try:
            answer = self._runner.run(self._retry(lambda: self._follow(address, conditions, receive)))
        except PassingError:
            self._failures[host] += 1
            if self._failures[host] >= PATIENCE:
                self._closed.setdefault(host, f"for {PATIENCE} requests in a row failed")
            raise
        except FetchError:
            self._failures[host] = 0
            raise
        self._failures[host] = 0
        return answer

    async def _retry(self, ask: Callable[[], Awaitable[Answer]]) -> Answer:
        first = self._settings.seconds_before_retry
        tries = AsyncRetrying(
            retry=retry_if_exception_type(PassingError),
            stop=stop_after_attempt(self._settings.tries),
            wait=wait_exponential_jitter(multiplier=first, max=LONGEST_WAIT, jitter=first),
            reraise=True,
        )
        async for attempt in tries:
            with attempt:
                return await ask()
        raise AssertionError("the last try returns or raises")

    async def _follow(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer:
        """Go from redirect to redirect. Each hop is checked as the first address is."""
        passed = [address]
        while True:
            await self._check_allowed(passed[-1], passed[0])
            answer = await self._once(passed[-1], conditions, receive)
            if not isinstance(answer, _Onward):
                return answer
            if answer.address in passed or len(passed) > MAX_REDIRECTS:
                raise FetchError(f"{address} redirects in a loop or too often, last to {answer.address}.")
            passed.append(answer.address)

    async def _check_allowed(self, address: str, first: str) -> None:
        """Raise FetchError unless an address is of one of our sites and its robots.txt lets us ask for it."""
        origin, host = origin_of(address), host_of(address)
        if origin not in self._origins:
            led = f"{first} redirects to" if address != first else "This is"
            raise FetchError(f"{led} {address}, which is none of the sites to be asked; it was not followed.")
        if host in self._closed:
            raise FetchError(f"{address} was not asked for: {host} is left alone in this run, {self._closed[host]}.")
        if origin not in self._robots:
            self._robots[origin] = await self._read_robots(origin, host)
            self._pace.slow_down(host, self._robots[origin].crawl_delay)
            self._pace.answered(host)
        if not self._robots[origin].allows(address):
            raise FetchError(f"{address} may not be asked for: the site's robots.txt forbids it.")

    async def _read_robots(self, origin: str, host: str) -> Robots:
        """Read robots.txt before anything else. A site that has none allows all; one that can't say, nothing."""

        async def receive(response: httpx2.Response) -> Robots:
            return Robots(await read_text(response, MAX_ROBOTS_BYTES))

        try:
            rules = await self._retry(lambda: self._once(f"{origin}/robots.txt", {}, receive))
        except DeniedError:  # RFC 9309, 2.3.1.3: a status that blames the asker means that there are no rules
            return Robots("")
        except FetchError as error:
            self._closed[host] = "for its robots.txt could not be read"
            raise FetchError(f"{host} was asked for nothing: its robots.txt could not be read. {error}") from error
        if isinstance(rules, _Onward):
            self._closed[host] = f"for its robots.txt is elsewhere, at {rules.address}"
            raise FetchError(f"{host} was asked for nothing: its robots.txt redirects to {rules.address}.")
        return rules

    async def _once(self, address: str, conditions: Mapping[str, str], receive: Receive[Answer]) -> Answer | _Onward:
        """Make one request in its turn: what `receive` made of the answer, or where the answer sends us."""
        host, seconds = host_of(address), self._settings.seconds_per_request
        await self._pace.turn(host)
        try:
            async with asyncio.timeout(seconds), self._client.stream("GET", address, headers=conditions) as response:
                if response.has_redirect_location:
                    return _Onward(_joined(address, response.headers["Location"]))
                self._check_status(address, host, response, may_be_unchanged=bool(conditions))
                return await receive(response)
        except TimeoutError as error:
            raise PassingError(f"{address} was not whole after {seconds:g} seconds.") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            may_pass = isinstance(error, httpx2.TransportError) and not is_about_certificate(error)
            words = f"{address} could not be had: {type(error).__name__}: {error}"
            raise (PassingError if may_pass else FetchError)(words) from error
        finally:
            self._pace.answered(host)

    def _check_status(self, address: str, host: str, response: httpx2.Response, *, may_be_unchanged: bool) -> None:
        """Raise unless the answer is what was asked for. A host's wish to be left alone is noted."""
        status = response.status_code
        if status == httpx2.codes.OK or (status == httpx2.codes.NOT_MODIFIED and may_be_unchanged):
            return
        words = f"{address} answered {status} {response.reason_phrase}."
        if status in GONE:
            raise GoneError(words)
        if status not in PASSING:
            raise (DeniedError if httpx2.codes.is_client_error(status) else FetchError)(words)
        wait = seconds_to_wait(response.headers.get("Retry-After"), dt.datetime.now(dt.UTC)) or 0
        if wait > self._settings.longest_retry_after:
            self._closed[host] = f"for it asked to be left alone for {wait:,.0f} seconds"
            raise FetchError(f"{words} It asked to be left alone for {wait:,.0f} seconds.")
        self._pace.hold(host, wait)
        raise PassingError(words)


def _joined(address: str, location: str) -> str:
    try:
        return urljoin(address, location)
    except ValueError as error:
        raise FetchError(f"{address} redirects to {location!r}, which is no address.") from error
