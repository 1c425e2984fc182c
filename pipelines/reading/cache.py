"""Results kept by the content of the file they are about: `<2 hex>/<sha256>.msgpack.zst`.

Belongs here: keeping and finding one frozen struct a file, for reading and for parsing alike.
Stays out: which version of a reader or of the rules made it: that is the name of the cache's folder.

An entry that can't be decoded, or is not of the shape that is asked for today, counts as missing and is made again.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import zstandard

from pipelines.durable import written_aside

Kept = TypeVar("Kept", bound=msgspec.Struct)


class _Entry(msgspec.Struct, array_like=True):
    """What a file holds: the name of the struct's type, and the struct."""

    kind: str
    kept: msgspec.Raw


class Cache(Generic[Kept]):
    """Structs of one of a few types, by sha256. Cheap to make and to send to another process."""

    def __init__(self, folder: Path, kinds: Sequence[type[Kept]]) -> None:
        self.folder = folder
        self._kinds = {kind.__name__: kind for kind in kinds}

    def path(self, file_sha256: str) -> Path:
        """Where the entry of this file stands, or would."""
        return self.folder / file_sha256[:2] / f"{file_sha256}.msgpack.zst"

    def get(self, file_sha256: str) -> Kept | None:
        """What was kept; None when there is nothing, or nothing that can be used."""
        try:
            packed = self.path(file_sha256).read_bytes()
            entry = msgspec.msgpack.decode(zstandard.decompress(packed), type=_Entry)
            return msgspec.msgpack.decode(entry.kept, type=self._kinds[entry.kind])
        except (FileNotFoundError, zstandard.ZstdError, msgspec.MsgspecError, KeyError):
            return None

    def put(self, file_sha256: str, kept: Kept) -> None:
        """Keep it, over whatever was kept before. A killed process leaves the old entry or the new one."""
        entry = _Entry(type(kept).__name__, msgspec.Raw(msgspec.msgpack.encode(kept)))
        with written_aside(self.path(file_sha256), sync=False) as file:
            file.write(zstandard.compress(msgspec.msgpack.encode(entry)))

    def __contains__(self, file_sha256: str) -> bool:
        """Whether something is kept. It is not opened: `get` may still find it of no use."""
        return self.path(file_sha256).is_file()


class FromCache(Mapping[str, Kept]):
    """A cache seen as a mapping that decodes an entry each time it is asked for, so that memory stays flat.

    `remake` is called for an entry that is missing or of no use.
    """

    def __init__(self, cache: Cache[Kept], hashes: Sequence[str], remake: Callable[[str], Kept]) -> None:
        self._cache = cache
        self._hashes = dict.fromkeys(hashes)
        self._remake = remake

    def __getitem__(self, file_sha256: str) -> Kept:
        """The entry of this file. Raises KeyError for one that the mapping was not made for."""
        if file_sha256 not in self._hashes:
            raise KeyError(file_sha256)
        kept = self._cache.get(file_sha256)
        return self._remake(file_sha256) if kept is None else kept

    def __contains__(self, file_sha256: object) -> bool:
        """Whether the mapping was made for this file; nothing is decoded."""
        return file_sha256 in self._hashes

    def __iter__(self) -> Iterator[str]:
        """Hashes in the order given."""
        return iter(self._hashes)

    def __len__(self) -> int:
        return len(self._hashes)
