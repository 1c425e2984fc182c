"""A site is asked politely: its rules first, slowly, by name, and no oftener than it wishes."""

import asyncio
import datetime as dt
import io
import itertools
import socket
import ssl
import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from pipelines.build import stages
from pipelines.settings import Settings
from pipelines.sources.http.answers import FetchError, GoneError
from pipelines.sources.http.client import Visitor
from pipelines.sources.http.politeness import Pace, Robots, seconds_to_wait
from pipelines.sources.published import SourceError, Validators
from tests.sources.ofsted import site as sites
from tests.sources.ofsted.conftest import Build, fetch
from tests.sources.ofsted.site import OfstedSite

NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def visitor(site: OfstedSite, **changes: object) -> Visitor:
    return Visitor(Settings(**changes), (site.url, site.files_url))  # type: ignore[arg-type]


class Impostor(NamedTuple):
    """A server on loopback whose certificate nobody vouches for, and when it was connected to."""

    url: str
    connections: list[float]


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
    connections: list[float] = []
    accept = host.get_request

    def noted() -> tuple[socket.socket, object]:
        connections.append(time.monotonic())  # before the handshake, after which the other side may be gone
        return accept()

    monkeypatch.setattr(host, "get_request", noted)
    with site:
        yield Impostor(f"https://localhost:{host.server_address[1]}", connections)


def gaps(times: list[float]) -> list[float]:
    return [later - earlier for earlier, later in itertools.pairwise(times)]


def test_by_default_a_host_sees_at_most_one_request_a_second_and_robots_first(
    site: OfstedSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JUDGEMENTS_REQUESTS_PER_SECOND")
    with visitor(site) as polite:
        polite.page(f"{site.url}/provider/44/80400")
        polite.file(f"{site.files_url}/v1/file/202300", Validators(), io.BytesIO())
    assert [one.kind for one in site.log] == ["robots", "provider", "robots", "file"]
    assert min(gaps([one.at for one in site.log])) >= 1  # both are 127.0.0.1, and that is one host


def test_a_whole_run_keeps_the_rate_that_is_set_and_reads_robots_first(
    site: OfstedSite, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JUDGEMENTS_REQUESTS_PER_SECOND", "40")
    fetch(settings)
    assert min(gaps([one.at for one in site.log])) >= 1 / 40
    assert {host: site.asked(host=host)[0].kind for host in ("pages", "files")} == {
        "pages": "robots",
        "files": "robots",
    }
    assert len(site.asked("robots")) == 2


def test_every_request_says_who_asks(site: OfstedSite, settings: Settings) -> None:
    fetch(settings)
    (agent,) = {one.user_agent for one in site.log}
    assert agent.startswith("childrens-services-judgements/")
    assert "tests@example.invalid" in agent


def test_what_robots_forbids_is_not_asked_for(site: OfstedSite, build: Build) -> None:
    site.robots = "User-agent: *\nDisallow: /search\n"
    end = build()
    assert end.exit_code == 1
    assert "robots.txt forbids it" in end.errors
    assert [one.kind for one in site.log] == ["robots"]


def test_a_rule_for_this_project_alone_counts(site: OfstedSite, settings: Settings) -> None:
    site.robots = "User-agent: childrens-services-judgements\nDisallow: /v1/\n\nUser-agent: *\nDisallow:\n"
    with pytest.raises(SourceError, match="None of 24 reports could be fetched"):
        fetch(settings)
    assert site.asked("file") == []


def test_a_site_without_robots_allows_all(site: OfstedSite, settings: Settings) -> None:
    site.always["robots"] = sites.status(404)
    assert len(fetch(settings).new) == 24


def test_a_crawl_delay_longer_than_ours_is_kept(site: OfstedSite) -> None:
    site.robots = "User-agent: *\nCrawl-delay: 0.3\n"
    with visitor(site) as polite:
        for urn in ("80400", "80401"):
            polite.page(f"{site.url}/provider/44/{urn}")
    assert min(gaps([one.at for one in site.log])) >= 0.3


def test_a_retry_after_is_waited_for(site: OfstedSite) -> None:
    site.faults["/provider/44/80400"].append(sites.status(429, {"Retry-After": "1"}))
    with visitor(site) as polite:
        polite.page(f"{site.url}/provider/44/80400")
    _robots, first, second = (one.at for one in site.log)
    assert second - first >= 1


@pytest.mark.parametrize(
    ("written", "seconds"),
    [
        ("120", 120),
        ("Thu, 01 Jan 2026 00:01:00 GMT", 60),
        ("Wed, 31 Dec 2025 00:00:00 GMT", 0),
        ("soon", None),
        ("-5", None),
        ("٣", None),
        ("", None),
        (None, None),
    ],
)
def test_retry_after_is_read_in_both_its_forms(written: str | None, seconds: float | None) -> None:
    assert seconds_to_wait(written, NOW) == seconds


def test_waits_between_tries_grow(site: OfstedSite) -> None:
    site.always["provider"] = sites.status(503)
    with visitor(site, seconds_before_retry=0.1) as polite, pytest.raises(FetchError, match="503"):
        polite.page(f"{site.url}/provider/44/80400")
    first, second, third = gaps([one.at for one in site.asked("provider")])
    assert first >= 0.1
    assert second >= 0.2
    assert third >= 0.4


def test_a_run_that_follows_another_closely_keeps_the_pace_too() -> None:
    began = time.monotonic()
    asyncio.run(Pace(0.2).turn("host"))
    assert time.monotonic() - began >= 0.2


def test_only_the_sites_that_are_named_are_asked(site: OfstedSite) -> None:
    with Visitor(Settings(), (site.url,)) as polite:
        for address in (f"{site.files_url}/v1/file/202300", "ftp://127.0.0.1/x", "http://[bad", "file:///etc/passwd"):
            with pytest.raises(FetchError, match="none of the sites to be asked"):
                polite.page(address)
    assert site.log == []


def test_a_host_that_cannot_prove_who_it_is_is_refused_at_once(impostor: Impostor) -> None:
    settings = Settings(requests_per_second=1000, seconds_before_retry=0)
    with Visitor(settings, (impostor.url,)) as polite, pytest.raises(FetchError, match="CERTIFICATE_VERIFY_FAILED"):
        polite.page(f"{impostor.url}/provider/44/80400")
    assert len(impostor.connections) == 1, "no second try"


def test_a_page_that_is_not_there_is_told_from_one_that_fails(site: OfstedSite) -> None:
    with visitor(site) as polite, pytest.raises(GoneError, match="404"):
        polite.page(f"{site.url}/provider/44/1")


def test_odd_robots_do_no_harm() -> None:
    for text in ("", "\0\xff", "<html>not found</html>", "Disallow: /", "User-agent: *\nCrawl-delay: never"):
        robots = Robots(text)
        assert robots.allows("http://host/search")
        assert robots.crawl_delay == 0


@pytest.mark.parametrize(
    "address", ["reports.ofsted.gov.uk", "ftp://host", "https://user:word@host", "https://host?q=1", "https://"]
)
def test_a_site_must_be_a_plain_address(address: str, build: Build, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_OFSTED_URL", address)
    assert build().exit_code == 2


def test_who_visits_the_live_site_without_a_contact_is_told(
    site: OfstedSite, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("JUDGEMENTS_CONTACT")
    monkeypatch.setattr("pipelines.sources.ofsted.listing.LIVE_OFSTED_URL", site.url)
    assert "Set JUDGEMENTS_CONTACT" in stages.list_reports(Settings(data=settings.data), "ofsted").warnings[0]
