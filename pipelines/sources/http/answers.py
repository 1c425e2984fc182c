"""Checking a site's answers before use, and saying in words what went wrong.

A header that can't be used counts as none: one server's slip must not end a build.
"""

import re
import socket
import ssl
from io import BytesIO
from typing import BinaryIO, Final
from urllib.request import getproxies, proxy_bypass

import httpx2
import msgspec

from pipelines.errors import UsageError
from pipelines.sources.published import FetchError, Validators

CHUNK: Final = 1 << 16
CONTENT_ENCODINGS: Final = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
"""None is asked for. A server may compress all the same, but only so that a chunk never becomes gigabytes."""
LOCAL_HOSTS: Final = ("127.0.0.1", "localhost", "[::1]")
"""Asked directly: the machine's proxy can't reach a server on the machine itself."""
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([\w-]{1,40})", re.IGNORECASE)
_WESTERN = frozenset({"iso-8859-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})
"""Names that browsers read as windows-1252. A page of any other charset is read as UTF-8: some of Python's codecs raise
errors of their own (idna), and some take hours (punycode)."""
_VALIDATOR = re.compile(r"[\x20-\x7e]{1,500}")
_DIGITS = re.compile(r"[0-9]{1,15}")


class DeniedError(FetchError):
    """The site denies access to this address."""


class GoneError(DeniedError):
    """The site says that there is nothing at this address."""


class TooLargeError(FetchError):
    """More bytes than are allowed."""


class TransientError(FetchError):
    """A failure after which a retry may help."""


class UnreachableError(TransientError):
    """No connection to the host."""


class Page(msgspec.Struct, frozen=True):
    """A page of HTML as text, and its address after redirects."""

    address: str
    html: str


class FileAnswer(msgspec.Struct, frozen=True):
    """What came with a file's bytes.

    `address` is where they came from, after redirects. `content_type` is in lower case, without parameters; empty when
    none came. `is_whole` says that the answer declared its end; without that, a body that was cut short looks complete.
    """

    address: str
    content_type: str
    validators: Validators
    is_whole: bool


def content_type(response: httpx2.Response) -> str:
    """The type in lower case, without parameters; empty when there is none."""
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


def validators(response: httpx2.Response) -> Validators:
    """What makes the next request conditional: no validator that could not be sent back as a header."""
    named = (response.headers.get(name) for name in ("ETag", "Last-Modified"))
    return Validators(*(value if value and _VALIDATOR.fullmatch(value) else None for value in named))


async def copy_body(response: httpx2.Response, into: BinaryIO, limit: int) -> None:
    """Copy the body of an answer to an emptied file. Raises TooLargeError past `limit` bytes.

    The HTTP library checks that a body is as long as its header says. Raises FetchError where the body is encoded in
    a way that was not asked for.
    """
    encodings = [one.strip().lower() for one in response.headers.get("Content-Encoding", "").split(",")]
    if len(encodings) > 1 or encodings[0] not in CONTENT_ENCODINGS:
        raise FetchError(f"{response.url} answered in an encoding that was not asked for: {', '.join(encodings)[:80]}.")
    declared = response.headers.get("Content-Length", "")
    if _DIGITS.fullmatch(declared) and int(declared) > limit:
        raise TooLargeError(f"{response.url} has {int(declared):,} bytes; the limit is {limit:,}.")
    into.seek(0)
    into.truncate()
    async for chunk in response.aiter_bytes(CHUNK):
        if into.tell() + len(chunk) > limit:
            raise TooLargeError(f"{response.url} has more than {limit:,} bytes, the limit.")
        into.write(chunk)


async def read_text(response: httpx2.Response, limit: int) -> str:
    """The body as text in the encoding it claims. Raises TooLargeError past `limit` bytes."""
    whole = BytesIO()
    await copy_body(response, whole, limit)
    charset = _CHARSET.search(response.headers.get("Content-Type", ""))
    is_western = charset is not None and charset[1].lower() in _WESTERN
    return whole.getvalue().decode("cp1252" if is_western else "utf-8", "replace")


def connection_error(address: str, host: str, error: Exception) -> FetchError:
    """What a failure of the connection means, in words. A certificate that can't be verified is not retried."""
    if _caused_by(error, ssl.SSLCertVerificationError) or not isinstance(error, httpx2.TransportError):
        return FetchError(f"Could not read {address}: {type(error).__name__}: {error}")
    if isinstance(error, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.ProxyError):
        why = "name not found" if _caused_by(error, socket.gaierror) else str(error) or type(error).__name__
        path = httpx2.URL(address).path.removeprefix("/")
        return UnreachableError(f"Could not reach {host} ({path}: {why}). {_what_to_do(address, host)}")
    return TransientError(f"Could not read {address}: {type(error).__name__}: {error}")


def check_proxies() -> None:
    """Raise UsageError for a proxy of the environment that can't be used. Its password is in no message.

    One whose password holds a plain # or / would be read as another host, and that part of the password be told.
    """
    for scheme, proxy in getproxies().items():
        if scheme in ("http", "https", "all") and not _is_usable(proxy):
            raise UsageError(
                f"{scheme.upper()}_PROXY can't be used: write it as http://NAME:PASSWORD@HOST:PORT, and signs in the"
                " password as %40 for @, %23 for #, %2F for /, %3A for :."
            )


def _is_usable(proxy: str) -> bool:
    try:
        asked = _proxy_url(proxy)
    except httpx2.InvalidURL:
        return False
    return asked.scheme in ("http", "https") and bool(asked.host) and asked.raw_path == b"/" and not asked.fragment


def _proxy_url(proxy: str) -> httpx2.URL:
    return httpx2.URL(proxy if "://" in proxy else f"http://{proxy}")


def _what_to_do(address: str, host: str) -> str:
    """What may help when no connection came about. A proxy's password is in no message."""
    scheme, proxies = httpx2.URL(address).scheme, getproxies()
    proxy = proxies.get(scheme) or proxies.get("all")
    if not proxy or host in LOCAL_HOSTS or proxy_bypass(host):
        return "Are you online?"
    asked = _proxy_url(proxy)
    name, where = f"{scheme.upper()}_PROXY", f"{asked.host}:{asked.port or 80}"
    return f"{name} says to ask the proxy {where}. If it wants a password: {name}=http://NAME:PASSWORD@{where}"


def _caused_by(error: BaseException | None, kind: type[BaseException]) -> bool:
    while error is not None:
        if isinstance(error, kind):
            return True
        error = error.__cause__ or error.__context__
    return False
