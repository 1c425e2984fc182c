"""Results kept by the content of the file they are about: `<2 hex>/<sha256>.msgpack.zst`.

Which version of a reader or of the rules made them is the name of the cache's folder. Each entry begins with a checksum
over its bytes and the file that it is about. One that is damaged, stands under another file's name, or is not of the
shape that is asked for today, counts as missing and is made again.
"""

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Generic, Protocol, TypeVar

import msgspec
import zstandard

from pipelines.files import atomic_write


class AboutFile(Protocol):
    """A struct about one file."""

    @property
    def file_sha256(self) -> str:
        """The SHA-256 of the file."""


Kept = TypeVar("Kept", bound=AboutFile)

CHECKSUM_BYTES = hashlib.sha256().digest_size


class DamagedEntryError(Exception):
    """An entry of a cache that can't be used."""


class _Entry(msgspec.Struct, array_like=True):
    """What a file holds: the name of the struct's type, and the struct."""

    kind: str
    kept: msgspec.Raw


def pack(kept: AboutFile) -> bytes:
    """A struct as an entry's bytes. The same struct always gives the same bytes."""
    entry = _Entry(type(kept).__name__, msgspec.Raw(msgspec.msgpack.encode(kept)))
    body = zstandard.compress(msgspec.msgpack.encode(entry))
    return _checksum(kept.file_sha256, body) + body


def unpack(packed: bytes, kinds: Sequence[type[Kept]]) -> Kept:
    """The struct of an entry's bytes. Raises DamagedEntryError where they are none, or not of one of these kinds."""
    by_name = {kind.__name__: kind for kind in kinds}
    try:
        entry = _entry(packed)
        kept = msgspec.msgpack.decode(entry.kept, type=by_name[entry.kind])
    except Exception as error:  # whatever damaged bytes do to two decoders: the entry is made again
        raise DamagedEntryError from error
    if not is_sound(packed, kept.file_sha256):
        raise DamagedEntryError
    return kept


def kind_of(packed: bytes) -> str:
    """The name of the type of the struct in an entry's bytes."""
    return _entry(packed).kind


def is_sound(packed: bytes, file_sha256: str) -> bool:
    """Whether an entry's bytes are those that were packed about this file."""
    return packed[:CHECKSUM_BYTES] == _checksum(file_sha256, packed[CHECKSUM_BYTES:])


def _entry(packed: bytes) -> _Entry:
    return msgspec.msgpack.decode(zstandard.decompress(packed[CHECKSUM_BYTES:]), type=_Entry)


def _checksum(file_sha256: str, body: bytes) -> bytes:
    return hashlib.sha256(file_sha256.encode() + body).digest()


class Cache(Generic[Kept]):
    """Structs of one of a few types, by sha256."""

    def __init__(self, folder: Path, kinds: Sequence[type[Kept]]) -> None:
        self.folder = folder
        self._kinds = tuple(kinds)

    def path(self, file_sha256: str) -> Path:
        """Where the entry of this file stands, or would."""
        return self.folder / file_sha256[:2] / f"{file_sha256}.msgpack.zst"

    def get(self, file_sha256: str) -> Kept | None:
        """What was kept; None when there is nothing, or nothing that can be used."""
        packed = self.get_packed(file_sha256)
        try:
            return None if packed is None else unpack(packed, self._kinds)
        except DamagedEntryError:
            return None

    def get_packed(self, file_sha256: str) -> bytes | None:
        """The entry's bytes; None when there is none that is sound."""
        try:
            packed = self.path(file_sha256).read_bytes()
        except FileNotFoundError:
            return None
        return packed if is_sound(packed, file_sha256) else None

    def put_packed(self, file_sha256: str, packed: bytes) -> None:
        """Keep an entry's bytes, over any kept before. A killed process leaves the old entry or the new one."""
        with atomic_write(self.path(file_sha256), sync=False) as file:
            file.write(packed)

    def __contains__(self, file_sha256: str) -> bool:
        """Whether a sound entry is kept. It is not decoded: `get` may still find it of another shape."""
        return self.get_packed(file_sha256) is not None
