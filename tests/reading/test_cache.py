"""What was read or interpreted comes back as it was, or counts as missing."""

from pathlib import Path
from typing import Any

import msgspec
import pytest

from pipelines.reading.cache import Cache, kind_of, pack

SHA = "ab" * 32


class Lines(msgspec.Struct, frozen=True):
    text: str
    file_sha256: str = SHA


class Nothing(msgspec.Struct, frozen=True):
    text: str
    file_sha256: str = SHA


@pytest.fixture
def cache(tmp_path: Path) -> Cache[Lines | Nothing]:
    return Cache(tmp_path / "read", (Lines, Nothing))


def test_each_kind_comes_back_as_itself(cache: Cache[Lines | Nothing]) -> None:
    for kept in (Lines("é"), Nothing("é")):
        cache.put_packed(SHA, pack(kept))
        assert cache.get(SHA) == kept
        assert kind_of(pack(kept)) == type(kept).__name__
    assert [path.name for path in cache.folder.rglob("*") if path.is_file()] == [f"{SHA}.msgpack.zst"]


@pytest.mark.parametrize("damage", [lambda kept: b"", lambda kept: kept[: len(kept) // 2], lambda kept: kept + b"x"])
def test_an_entry_that_lost_or_won_bytes_counts_as_missing(cache: Cache[Lines | Nothing], damage: object) -> None:
    assert callable(damage)
    cache.put_packed(SHA, pack(Lines("text " * 100)))
    path = cache.path(SHA)
    path.write_bytes(damage(path.read_bytes()))
    assert (cache.get(SHA), cache.get_packed(SHA), SHA in cache) == (None, None, False)


def test_one_changed_bit_anywhere_is_noticed(cache: Cache[Lines | Nothing]) -> None:
    packed = pack(Lines("The overall judgement is good."))
    cache.put_packed(SHA, packed)
    for n_byte in range(len(packed)):
        changed = bytearray(packed)
        changed[n_byte] ^= 1
        cache.path(SHA).write_bytes(changed)
        assert (cache.get(SHA), SHA in cache) == (None, False), n_byte


def test_an_entry_under_the_name_of_another_file_counts_as_missing(cache: Cache[Lines | Nothing]) -> None:
    other = "cd" * 32
    cache.put_packed(other, pack(Lines("text")))
    assert (cache.get(other), other in cache) == (None, False)


def test_an_entry_of_yesterdays_shape_counts_as_missing(cache: Cache[Lines | Nothing]) -> None:
    cache.put_packed(SHA, pack(Lines("x")))
    other: Any = msgspec.defstruct("Lines", [("text", int), ("file_sha256", str)], frozen=True)
    assert Cache[Lines](cache.folder, (other,)).get(SHA) is None
    assert Cache(cache.folder, (Nothing,)).get(SHA) is None
