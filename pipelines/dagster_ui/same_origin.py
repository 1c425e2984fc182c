"""Refuses requests that a page of another site makes through a visitor's browser. Plain ASGI.

Dagster has no login, and answers a mutation under any host name, from any page and of any content type, also to GET:
`<img src="http://127.0.0.1:3000/graphql?query=mutation...">` on any page of the web would start a run. A program that
is not a browser, as curl, is not what this refuses: whoever may connect may ask.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

Scope = MutableMapping[str, Any]
Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

OF_THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "[::1]"})
"""Names that no other site can have: a made-up name can be led here, which is called DNS rebinding."""

FORBIDDEN = 1008
"""The code of a websocket that a rule closes. Before it is accepted, the server answers 403."""

_NO_FRAMES = (b"x-frame-options", b"SAMEORIGIN")
_HOST = re.compile(r"(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?")


class SameOrigin:
    """An app that answers only requests of its own pages, of links to them, and of programs that are no browser.

    `address` is where people open it, as https://host/path, if not on this machine.
    """

    def __init__(self, app: App, address: str) -> None:
        self.app = app
        self.host = urlsplit(address).netloc.lower()
        self.names = OF_THIS_MACHINE | ({_name(self.host)} - {None})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or refuse before anything of the request is looked at."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif refusal := self.refusal(scope):
            await _refuse(scope, send, refusal)
        else:
            await self.app(scope, receive, _without_frames(send))

    def refusal(self, scope: Scope) -> str | None:
        """Why a request is refused; None where it is answered."""
        hosts, origins, sites = (_values(scope, name) for name in (b"host", b"origin", b"sec-fetch-site"))
        if len(hosts) != 1 or _name(hosts[0]) not in self.names:
            return "Refused: this is not served under that host name. Set JUDGEMENTS_UI_URL to where people open it."
        ours = {f"{scheme}://{host}" for scheme in ("http", "https") for host in (hosts[0], self.host)}
        is_of_others = not ours.issuperset(origins) or not {"same-origin", "none"}.issuperset(sites)
        if is_of_others and not _is_link(scope, origins):
            return "Refused: a page of another site asked for this."
        if _runs_a_query_by_get(scope):
            return "Refused: a query comes by POST. An image or a link of any page can ask by GET."
        return None


def _values(scope: Scope, name: bytes) -> list[str]:
    return [value.decode("latin-1").lower() for header, value in scope["headers"] if header == name]


def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None where it is not written as one."""
    match = _HOST.fullmatch(host)
    return match[1] if match else None


def _is_link(scope: Scope, origins: list[str]) -> bool:
    """Whether somebody followed a link, as from a notification: it opens a page of its own and sends nothing."""
    how = (_values(scope, b"sec-fetch-mode"), _values(scope, b"sec-fetch-dest"))
    return scope.get("method") == "GET" and not origins and how == (["navigate"], ["document"])


def _runs_a_query_by_get(scope: Scope) -> bool:
    """Whether GET would run a query. A browser that opens the address gets the page for writing queries instead."""
    is_query = scope["path"].rstrip("/").endswith("/graphql") and scope.get("method") in ("GET", "HEAD")
    return is_query and not any("text/html" in accepted for accepted in _values(scope, b"accept"))


async def _refuse(scope: Scope, send: Send, refusal: str) -> None:
    if scope["type"] == "websocket":
        await send({"type": "websocket.close", "code": FORBIDDEN, "reason": refusal})
        return
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": refusal.encode()})


def _without_frames(send: Send) -> Send:
    """Let no page of another site show ours in a frame, under which clicks are caught."""

    async def framed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", ()), _NO_FRAMES]
        await send(message)

    return framed
