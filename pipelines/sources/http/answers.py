"""What an answer of a site must be before it is believed, and what went wrong in words.

Belongs here: the errors of fetching, and taking a body in as text or as bytes within limits.
Stays out: asking (`http.py`), and what a page or a file should hold.
"""

import ssl
from typing import BinaryIO, Final

import httpx2
import msgspec

from pipelines.sources.published import Validators

CHUNK: Final = 1 << 16


class FetchError(Exception):
    """An address that could not be had; the message names it and says what came instead."""


class DeniedError(FetchError):
    """The site answers that it will not give what stands at this address."""


class GoneError(DeniedError):
    """The site says that nothing stands at this address."""


class TooLargeError(FetchError):
    """More bytes than are allowed."""


class PassingError(FetchError):
    """A failure that another try may mend."""


class Page(msgspec.Struct, frozen=True):
    """A page of HTML as text, and the address at which it stood after redirects."""

    address: str
    html: str


class FileAnswer(msgspec.Struct, frozen=True):
    """What came with a file's bytes.

    `content_type` is in lower case, without parameters; empty when none came. `is_whole` says that the answer told
    its own end; without it a body that was cut short looks like any other.
    """

    content_type: str
    validators: Validators
    is_whole: bool


def content_type(response: httpx2.Response) -> str:
    """The type in lower case, without parameters; empty when there is none."""
    return str(response.headers.get("Content-Type", "")).partition(";")[0].strip().lower()


async def read_text(response: httpx2.Response, limit: int) -> str:
    """The body as text in the encoding it claims. Raises TooLargeError past `limit` bytes."""
    whole = bytearray()
    async for chunk in response.aiter_bytes(CHUNK):
        whole += chunk
        if len(whole) > limit:
            raise TooLargeError(f"{response.url} has more than {limit:,} bytes, the limit for a page.")
    try:
        return whole.decode(response.charset_encoding or "utf-8", "replace")
    except LookupError:
        return whole.decode("utf-8", "replace")


async def copy_bytes(response: httpx2.Response, into: BinaryIO, limit: int) -> bool:
    """Copy the bytes as they stand in the answer to an emptied file, counted against its header and the limit.

    Whether the answer told its own end, by its length or by chunks.
    """
    if encoding := response.headers.get("Content-Encoding", "").replace("identity", ""):
        raise FetchError(f"{response.url} came in the encoding {encoding}, which was not asked for.")
    written = response.headers.get("Content-Length", "")
    declared = int(written) if written.isascii() and written.isdigit() else None
    if declared is not None and declared > limit:
        raise TooLargeError(f"{response.url} has {declared:,} bytes; the limit is {limit:,}.")
    into.seek(0)
    into.truncate()
    n_bytes = 0
    async for chunk in response.aiter_raw(CHUNK):
        n_bytes += len(chunk)
        if n_bytes > limit:
            raise TooLargeError(f"{response.url} has more than {limit:,} bytes, the limit.")
        into.write(chunk)
    if declared is not None and n_bytes != declared:
        raise PassingError(f"{response.url} broke off: {n_bytes:,} of {declared:,} bytes came.")
    return declared is not None or "Transfer-Encoding" in response.headers


def is_about_certificate(error: BaseException | None) -> bool:
    """Whether a connection failed because the host could not prove who it is: that does not pass."""
    while error is not None:
        if isinstance(error, ssl.SSLCertVerificationError):
            return True
        error = error.__cause__ or error.__context__
    return False
