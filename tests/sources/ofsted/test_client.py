"""A site is asked politely: its robots.txt first, within the rate limit, by name, with backoff.

No test waits for real: the client's clock and its sleep are those of a `Clock`, and so are the times in the site's log.
"""

import asyncio
import datetime as dt
import io
import itertools
import socket
import ssl
import traceback
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import httpx2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from protego import Protego

from pipelines.errors import UsageError
from pipelines.sources.http.answers import GoneError, UnreachableError, connection_error, validators
from pipelines.sources.http.client import HttpClient
from pipelines.sources.http.limits import HttpLimits
from pipelines.sources.http.rate_limit import AGENT, RateLimit, backoff, seconds_to_wait
from pipelines.sources.ofsted.pages import read_provider_page
from pipelines.sources.published import FetchError, SourceError, UnreachableSiteError, Validators
from tests.sources.ofsted import wrong_answers as wrong
from tests.sources.ofsted.conftest import Archive, small_world
from tests.sources.ofsted.site import OfstedSite, Request

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
PROVIDER = "/provider/44/80400"


class Clock:
    """A time that passes only by sleeping."""

    def __init__(self) -> None:
        self.now = 0.0

    def read(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(site: OfstedSite, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The time by which the client and the site's log go."""
    clock = Clock()
    monkeypatch.setattr("pipelines.sources.http.rate_limit.monotonic", clock.read)
    monkeypatch.setattr("pipelines.sources.http.rate_limit.sleep", clock.sleep)
    site.clock = clock.read
    return clock


def client(site: OfstedSite, limits: HttpLimits) -> closing[HttpClient]:
    return closing(HttpClient(limits, (site.url, site.files_url)))


def gaps(requests: list[Request]) -> list[float]:
    return [later.at - earlier.at for earlier, later in itertools.pairwise(requests)]


@pytest.mark.usefixtures("clock")
def test_by_default_a_host_sees_one_request_a_second_and_robots_first(site: OfstedSite) -> None:
    with client(site, HttpLimits()) as polite:
        polite.page(f"{site.url}{PROVIDER}")
        polite.file(f"{site.files_url}/v1/file/202300", Validators(), io.BytesIO())
    assert [one.kind for one in site.log] == ["robots", "provider", "robots", "file"]
    assert [one.at for one in site.log] == pytest.approx([1, 2, 3, 4])  # both are 127.0.0.1, and that is one host


@pytest.mark.usefixtures("clock")
def test_a_whole_run_keeps_the_rate_limit_and_reads_robots_first(site: OfstedSite, archive: Archive) -> None:
    archive.limits = site.limits(requests_per_second=40)
    archive.fetch()
    assert min(gaps(site.log)) == pytest.approx(1 / 40)
    assert [site.asked(host=host)[0].kind for host in ("pages", "files")] == ["robots", "robots"]
    assert len(site.asked("robots")) == 2


@pytest.mark.usefixtures("clock")
def test_a_crawl_delay_longer_than_ours_is_kept(site: OfstedSite) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 5\n"
    with client(site, HttpLimits()) as polite:
        for urn in ("80400", "80401"):
            polite.page(f"{site.url}/provider/44/{urn}")
    assert gaps(site.log) == pytest.approx([5, 5])


@pytest.mark.usefixtures("clock")
def test_a_retry_after_is_waited_for(site: OfstedSite) -> None:
    site.faults[PROVIDER].append(wrong.status(429, {"Retry-After": "100"}))
    with client(site, HttpLimits()) as polite:
        polite.page(f"{site.url}{PROVIDER}")
    assert gaps(site.asked("provider")) == pytest.approx([100])


@pytest.mark.usefixtures("clock")
def test_the_backoff_between_retries_doubles(site: OfstedSite) -> None:
    site.always["provider"] = wrong.status(503)
    with client(site, HttpLimits(seconds_before_retry=4)) as polite, pytest.raises(FetchError, match="503"):
        polite.page(f"{site.url}{PROVIDER}")
    waits = gaps(site.asked("provider"))
    assert len(waits) == 3
    for wait, least in zip(waits, (4, 8, 16), strict=True):
        assert least <= wait <= least + 4
    assert backoff(4, 20) == 60


def test_a_run_that_follows_another_closely_keeps_the_rate_limit_too(clock: Clock) -> None:
    asyncio.run(RateLimit(0.2).turn("host"))
    assert clock.now == pytest.approx(0.2)


def test_every_request_says_who_asks(site: OfstedSite, archive: Archive) -> None:
    archive.fetch()
    (agent,) = {one.user_agent for one in site.log}
    assert agent.startswith("childrens-services-judgements/")
    assert "tests@example.invalid" in agent


def test_what_robots_forbids_is_not_asked_for(site: OfstedSite, archive: Archive) -> None:
    site.robots = "User-agent: *\nDisallow: /search\n"
    with pytest.raises(UnreachableSiteError, match=r"robots\.txt forbids it"):
        archive.list_site()
    assert [one.kind for one in site.log] == ["robots"]


def test_a_rule_for_this_project_alone_counts(site: OfstedSite, archive: Archive) -> None:
    site.robots = "User-agent: childrens-services-judgements\nDisallow: /v1/\n\nUser-agent: *\nDisallow:\n"
    with pytest.raises(SourceError, match="None of 24 reports could be fetched"):
        archive.fetch()
    assert site.asked("file") == []


def test_a_site_without_robots_allows_all(site: OfstedSite, archive: Archive) -> None:
    site.always["robots"] = wrong.status(404)
    assert len(archive.fetch().new) == 24


class Impostor(NamedTuple):
    """A server on loopback whose certificate nobody vouches for, and a mark for each connection."""

    url: str
    connections: list[int]


@pytest.fixture
def impostor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Impostor]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    certificate = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, NOW, NOW + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    form = serialization.PrivateFormat.PKCS8
    secret = key.private_bytes(pem, form, serialization.NoEncryption())
    (tmp_path / "both.pem").write_bytes(secret + certificate.public_bytes(pem))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(tmp_path / "both.pem")
    site = OfstedSite([])
    host = site.hosts[0]
    host.socket = context.wrap_socket(host.socket, server_side=True)  # before it serves: its thread asks the socket
    connections: list[int] = []
    accept = host.get_request

    def noted() -> tuple[socket.socket, object]:
        connections.append(1)  # before the handshake, after which the other side may be gone
        return accept()

    monkeypatch.setattr(host, "get_request", noted)
    with site:
        yield Impostor(f"https://localhost:{host.server_address[1]}", connections)


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0),
        ("Thu, 01 Jan 2026 00:00:00 +99999999999999", None),
        ("Thu, 99 Jan 99999 00:00:00 GMT", None),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(written: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(written, NOW) == seconds


def test_only_the_sites_that_are_named_are_asked(site: OfstedSite) -> None:
    with closing(HttpClient(site.limits(), (site.url,))) as polite:
        for address in (f"{site.files_url}/v1/file/202300", "ftp://127.0.0.1/x", "http://[bad", "file:///etc/passwd"):
            with pytest.raises(FetchError, match="none of the sites that may be asked"):
                polite.page(address)
    assert site.log == []


def test_a_host_that_cannot_prove_who_it_is_is_refused_at_once(impostor: Impostor) -> None:
    limits = HttpLimits(requests_per_second=1000, seconds_before_retry=0)
    with (
        closing(HttpClient(limits, (impostor.url,))) as polite,
        pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        polite.page(f"{impostor.url}{PROVIDER}")
    assert len(impostor.connections) == 1, "no second try"


def test_a_host_that_is_not_there_is_named_with_what_to_do() -> None:
    limits = HttpLimits(requests_per_second=1000, tries=1)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"http://127.0.0.1:{taken.getsockname()[1]}"
    with closing(HttpClient(limits, (address,))) as polite:
        with pytest.raises(FetchError, match=r"^Could not reach 127.0.0.1 \(robots.txt: .*\). Are you online\?$"):
            polite.page(f"{address}{PROVIDER}")
        with pytest.raises(FetchError, match=r"is left alone in this run because its robots\.txt could not be read"):
            polite.page(f"{address}{PROVIDER}")


def test_a_name_that_is_not_found_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    unknown = httpx2.ConnectError("[Errno -2] Name or service not known")
    unknown.__cause__ = socket.gaierror(-2, "Name or service not known")
    error = connection_error("https://reports.ofsted.gov.uk/robots.txt", "reports.ofsted.gov.uk", unknown)
    assert isinstance(error, UnreachableError)
    assert str(error) == "Could not reach reports.ofsted.gov.uk (robots.txt: name not found). Are you online?"


def test_a_proxy_that_wants_a_password_is_named_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTPS_PROXY", "http://someone:secret@proxy.council.example:8080")
    monkeypatch.setenv("NO_PROXY", "")
    refused = httpx2.ProxyError("407 Proxy Authentication Required")
    error = connection_error("https://reports.ofsted.gov.uk/robots.txt", "reports.ofsted.gov.uk", refused)
    assert str(error) == (
        "Could not reach reports.ofsted.gov.uk (robots.txt: 407 Proxy Authentication Required). HTTPS_PROXY says to ask"
        " the proxy proxy.council.example:8080. If it wants a password:"
        " HTTPS_PROXY=http://NAME:PASSWORD@proxy.council.example:8080"
    )


@pytest.mark.parametrize(
    "proxy",
    [
        "http://me:p#cret@h:1",
        "http://me:12#cret@h:1",
        "http://me:p@cret/s@h:1",
        "socks5://me:cret@h:1",
        "http://cret@[::1",
    ],
)
def test_a_proxy_that_cannot_be_used_is_an_error_without_its_password(
    proxy: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTPS_PROXY", proxy)
    with pytest.raises(UsageError, match=r"^HTTPS_PROXY can't be used: .* %40 for @") as raised:
        HttpClient(HttpLimits(), ("https://reports.ofsted.gov.uk",))
    assert "cret" not in "".join(traceback.format_exception(raised.value, chain=True)).replace(proxy, "")


def test_a_page_that_is_not_there_is_told_from_one_that_fails(site: OfstedSite) -> None:
    with client(site, site.limits()) as polite, pytest.raises(GoneError, match="404"):
        polite.page(f"{site.url}/provider/44/1")


def test_a_host_can_be_an_address_of_ipv6() -> None:
    site = OfstedSite(small_world())
    pages = site.hosts[0]
    pages.server_close()
    try:
        pages.socket = socket.create_server(("::1", 0), family=socket.AF_INET6)
    except OSError:
        pytest.skip("this machine has no IPv6")
    address = f"http://[::1]:{pages.socket.getsockname()[1]}"
    with site, closing(HttpClient(site.limits(), (address,))) as polite:
        assert read_provider_page(polite.page(f"{address}{PROVIDER}"), address).links
    assert [one.kind for one in site.log] == ["robots", "provider"]


@pytest.mark.parametrize("name", ["ETag", "Last-Modified"])
def test_a_validator_that_could_not_be_sent_back_counts_as_none(name: str) -> None:
    for value in ("caf\xe9", "x" * 5_000, "a\x01b", ""):
        assert not validators(httpx2.Response(200, headers=[(name.encode(), value.encode("latin-1"))]))
    assert validators(httpx2.Response(200, headers={name: "W/abc"}))


def test_odd_robots_do_no_harm() -> None:
    for text in ("", "\0\xff", "<html>not found</html>", "Disallow: /", "User-agent: *\nCrawl-delay: never"):
        robots = Protego.parse(text)
        assert robots.can_fetch("http://host/search", AGENT)
        assert robots.crawl_delay(AGENT) is None
