"""Pages of other sites and made-up host names are refused; our own pages, links to them, and curl are answered."""

import asyncio
from typing import Any

import pytest
from dagster_webserver import cli
from dagster_webserver.webserver import DagsterWebserver

from pipelines.dagster_ui import webserver
from pipelines.dagster_ui.same_origin import Message, Receive, SameOrigin, Scope, Send

HERE = "127.0.0.1:3000"
OWN = {"host": HERE, "origin": f"http://{HERE}", "sec-fetch-site": "same-origin"}
LINK = {"sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate", "sec-fetch-dest": "document"}
BEHIND = "https://judgements.example.org/dagster"


async def dagsters(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers everything, as Dagster does."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        return
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-own", b"1")]})
    await send({"type": "http.response.body", "body": b"done"})


def answer(
    headers: dict[str, str] | list[tuple[str, str]],
    method: str = "POST",
    path: str = "/graphql",
    kind: str = "http",
    address: str = f"http://{HERE}",
) -> list[Message]:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        raise AssertionError("nothing of the request is read")

    pairs = headers.items() if isinstance(headers, dict) else headers
    scope: dict[str, Any] = {"type": kind, "path": path, "headers": [(a.encode(), b.encode()) for a, b in pairs]}
    if kind == "http":
        scope["method"] = method
    asyncio.run(SameOrigin(dagsters, address)(scope, receive, send))
    return sent


def status(*given: Any, **more: Any) -> int:
    first = answer(*given, **more)[0]
    return first["status"] if first["type"] == "http.response.start" else 0


@pytest.mark.parametrize(
    "headers",
    [
        OWN,
        {"host": HERE},
        {"host": "localhost:8080", "origin": "http://localhost:8080"},
        {"host": "[::1]:3000", "origin": "http://[::1]:3000"},
        {"host": "LOCALHOST", "origin": "http://Localhost"},
    ],
)
def test_our_own_pages_and_programs_are_answered(headers: dict[str, str]) -> None:
    assert status(headers) == 200


@pytest.mark.parametrize(
    "headers",
    [
        OWN | {"origin": "http://127.0.0.1:8000"},
        OWN | {"origin": "http://localhost:3000"},
        OWN | {"origin": "http://127.0.0.1:3000.evil.example"},
        OWN | {"origin": "null"},
        OWN | {"origin": ""},
        {"host": HERE, "sec-fetch-site": "same-site"},
        {"host": HERE, "sec-fetch-site": "cross-site"},
        {"host": HERE, "origin": "https://evil.example"} | LINK,
        LINK | {"host": HERE},
        [*OWN.items(), ("origin", "https://evil.example")],
    ],
)
def test_what_a_page_of_another_site_asks_for_is_refused(headers: dict[str, str] | list[tuple[str, str]]) -> None:
    assert status(headers) == 403


@pytest.mark.parametrize(
    "host",
    ["evil.example", "evil.example:3000", "127.0.0.1.evil.example", "localhost.", "", "localhost@evil.example",
     "127.0.0.1:", "127.0.0.1:3000:1", "[::1", "[::2]", "0.0.0.0:3000", "évil"],
)  # fmt: skip
def test_a_made_up_host_name_is_refused_whoever_asks(host: str) -> None:
    assert status({"host": host}) == 403
    assert status({"host": host, "origin": f"http://{host}", "sec-fetch-site": "same-origin"}, "GET", "/") == 403


def test_one_host_is_named() -> None:
    assert status([]) == 403
    assert status([("host", HERE), ("host", "evil.example")]) == 403


def test_where_people_open_it_is_answered_also_behind_a_proxy_that_gives_another_host() -> None:
    opened = {"origin": "https://judgements.example.org", "sec-fetch-site": "same-origin"}
    for host in ("judgements.example.org", HERE):
        assert status(opened | {"host": host}, address=BEHIND) == 200
        assert status(opened | {"host": host}) == 403, "where it is not the address"
    assert status({"host": "évil"}, address="https://évil") == 403, "an address that no browser sends"


def test_a_link_from_elsewhere_opens_a_page_and_no_frame() -> None:
    assert status(LINK | {"host": HERE}, "GET", "/assets/start_here") == 200
    assert status(LINK | {"host": HERE, "sec-fetch-dest": "iframe"}, "GET", "/assets/start_here") == 403
    (start, _body) = answer(OWN, "GET", "/runs")
    assert set(start["headers"]) == {(b"x-own", b"1"), (b"x-frame-options", b"SAMEORIGIN")}


@pytest.mark.parametrize("path", ["/graphql", "/dagster/graphql"])
@pytest.mark.parametrize("method", ["GET", "HEAD"])
def test_no_query_runs_by_get_for_an_old_browser_says_nothing_of_who_asks(path: str, method: str) -> None:
    assert status({"host": HERE, "accept": "image/png,*/*"}, method, path) == 403
    assert status({"host": HERE}, method, path) == 403
    assert status({"host": HERE, "accept": "text/html,*/*"}, method, path) == 200, "the page for writing queries"


def test_a_websocket_of_another_site_is_closed_before_it_is_accepted() -> None:
    assert answer(OWN, kind="websocket") == [{"type": "websocket.accept"}]
    for headers in (OWN | {"origin": "http://127.0.0.1:8000"}, {"host": "evil.example"}):
        (closed,) = answer(headers, kind="websocket")
        assert (closed["type"], closed["code"]) == ("websocket.close", 1008)


def test_a_server_starts_and_ends_as_without_it() -> None:
    assert status([], kind="lifespan") == 200


def test_dagsters_own_command_is_what_gets_the_check(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[object] = []

    def command() -> None:
        unmade = object.__new__(DagsterWebserver)
        made.append(unmade.create_asgi_app(lifespan=None))

    monkeypatch.setattr(cli, "main", command)
    monkeypatch.setattr(DagsterWebserver, "create_asgi_app", webserver._dagsters_app)  # put back at the end
    monkeypatch.setattr(webserver, "_dagsters_app", lambda _self, *, lifespan: dagsters)
    monkeypatch.setenv("JUDGEMENTS_UI_URL", BEHIND)
    webserver.main()
    (app,) = made
    assert isinstance(app, SameOrigin)
    assert (app.app, app.host) == (dagsters, "judgements.example.org")
