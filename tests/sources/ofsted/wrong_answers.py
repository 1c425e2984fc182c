"""What may be wrong with an answer of the site: another status, a body that breaks off or never ends, odd headers."""

import random
import socket
import struct
from collections.abc import Iterator

from tests.sources.ofsted.site import Fault, Handler, page_of


def status(code: int, headers: dict[str, str] | None = None) -> Fault:
    return lambda handler: handler.reply(code, b"<html>out of order</html>", headers=headers)


def page(body: str) -> Fault:
    return lambda handler: handler.reply(200, page_of(body).encode())


def pdf(body: bytes, content_type: str = "application/pdf") -> Fault:
    return lambda handler: handler.reply(200, body, content_type)


def with_headers(**headers: str) -> Fault:
    """The right answer, with some headers of its own: `content_type` is Content-Type."""

    def send(handler: Handler) -> None:
        handler.odd_headers = {name.replace("_", "-"): value for name, value in headers.items()}
        try:
            handler.server.site.answer(handler)
        finally:
            handler.odd_headers = {}

    return send


def once(fault: Fault) -> Fault:
    """A fault that passes: the right answer from the second time on."""
    left = [fault]
    return lambda handler: (left.pop() if left else handler.server.site.answer)(handler)


def redirect(to: str) -> Fault:
    return lambda handler: handler.reply(302, headers={"Location": to})


def redirect_on(handler: Handler) -> None:
    """A redirect to an address that redirects again, and so on without end."""
    path, _, number = handler.path.partition("?")
    handler.reply(302, headers={"Location": f"{path}?{int(number or 0) + 1}"})


def reset(handler: Handler) -> None:
    """Half a body, then the connection is torn down."""
    _head(handler, 1000)
    handler.wfile.write(b"%PDF-1.4" + b" " * 500)
    handler.wfile.flush()
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    raise ConnectionResetError


def short(handler: Handler) -> None:
    """A body that ends before its length."""
    _head(handler, 1000)
    handler.wfile.write(b"%PDF-1.4 the rest is missing")
    handler.close_connection = True


def stall(handler: Handler) -> None:
    """A body that stops coming."""
    _head(handler, 1000)
    handler.wfile.write(b"%PDF-1.4")
    handler.server.site.stopped.wait()
    handler.close_connection = True


def dribble(handler: Handler) -> None:
    """A body that comes byte by byte and never ends."""
    _head(handler, 1000)
    while not handler.server.site.stopped.wait(0.05):
        handler.wfile.write(b" ")


def dribble_headers(handler: Handler) -> None:
    """Headers that come byte by byte and never end."""
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while not handler.server.site.stopped.wait(0.05):
        handler.wfile.write(b"x")


def huge(n_bytes: int, *, declared: bool) -> Fault:
    """A body of so many bytes, which says so beforehand or not."""

    def send(handler: Handler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Type", "application/pdf")
        handler.send_header(*(("Content-Length", str(n_bytes)) if declared else ("Transfer-Encoding", "chunked")))
        handler.end_headers()
        for _ in range(n_bytes >> 16):
            handler.wfile.write((b"" if declared else b"10000\r\n") + b"%PDF-1.4" + bytes(65_528))
            handler.wfile.write(b"" if declared else b"\r\n")

    return send


def faults_at_random(share: float, seed: int) -> Iterator[Fault | None]:
    """Any passing fault, for so large a share of all requests."""
    chance = random.Random(seed)
    kinds: list[Fault] = [status(500), status(503, {"Retry-After": "0"}), status(429), reset, short]
    while True:
        yield chance.choice(kinds) if chance.random() < share else None


def _head(handler: Handler, length: int) -> None:
    handler.send_response(200)
    kind = handler.server.site.kind_of(handler.path)
    handler.send_header("Content-Type", "application/pdf" if kind == "file" else "text/html")
    handler.send_header("Content-Length", str(length))
    handler.end_headers()
