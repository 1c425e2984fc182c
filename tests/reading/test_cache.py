"""What was read or interpreted comes back as it was, or counts as missing."""

from pathlib import Path

import msgspec
import pytest

from pipelines.reading.cache import Cache, kind_of, pack


class Lines(msgspec.Struct, frozen=True):
    text: str


class Nothing(msgspec.Struct, frozen=True):
    text: str


SHA = "ab" * 32


@pytest.fixture
def cache(tmp_path: Path) -> Cache[Lines | Nothing]:
    return Cache(tmp_path / "read", (Lines, Nothing))


def test_each_kind_comes_back_as_itself(cache: Cache[Lines | Nothing]) -> None:
    for kept in (Lines("é"), Nothing("é")):
        cache.put_packed(SHA, pack(kept))
        assert cache.get(SHA) == kept
        assert kind_of(pack(kept)) == type(kept).__name__
    assert [path.name for path in cache.folder.rglob("*") if path.is_file()] == [f"{SHA}.msgpack.zst"]


@pytest.mark.parametrize(
    "damage", [lambda kept: b"", lambda kept: kept[: len(kept) // 2], lambda kept: b"x" + kept[1:]]
)
def test_a_damaged_entry_counts_as_missing(cache: Cache[Lines | Nothing], damage: object) -> None:
    assert callable(damage)
    cache.put_packed(SHA, pack(Lines("text " * 100)))
    path = cache.path(SHA)
    path.write_bytes(damage(path.read_bytes()))
    assert cache.get(SHA) is None


def test_an_entry_of_yesterdays_shape_counts_as_missing(cache: Cache[Lines | Nothing]) -> None:
    cache.put_packed(SHA, pack(Lines("x")))
    other = msgspec.defstruct("Lines", [("text", int)], frozen=True)
    assert Cache(cache.folder, (other,)).get(SHA) is None
    assert Cache(cache.folder, (Nothing,)).get(SHA) is None
