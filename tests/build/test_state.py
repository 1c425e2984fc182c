"""Whatever shapes an output is in the build state: a change of any of it makes a build publish anew."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from pipelines import parsing
from pipelines.archive.remembered import CurrentListing
from pipelines.build import state
from pipelines.build.state import SHAPES_OUTPUT, build_inputs
from pipelines.parsing import RULES

LISTING = CurrentListing("source", None, "")


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """All code that shapes an output, in a folder where a test may change it."""
    for one in (*SHAPES_OUTPUT, *RULES):
        if one.is_file():
            shutil.copy(one, tmp_path)
        else:
            shutil.copytree(one, tmp_path / one.name, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(state, "SHAPES_OUTPUT", tuple(tmp_path / folder.name for folder in SHAPES_OUTPUT))
    monkeypatch.setattr(parsing, "RULES", tuple(tmp_path / folder.name for folder in RULES))
    parsing.rules_version.cache_clear()
    yield tmp_path
    parsing.rules_version.cache_clear()


def changed_each(folder: Path) -> Iterator[Path]:
    """One file of each kind and folder below a folder, or a file itself."""
    seen = set()
    for path in sorted(path for path in (folder, *folder.rglob("*")) if path.is_file()):
        kind = path.parent, path.suffix
        if kind not in seen:
            seen.add(kind)
            yield path


@pytest.mark.parametrize("name", [path.name for path in (*SHAPES_OUTPUT, *RULES)])
def test_a_changed_file_that_shapes_an_output_is_another_build_state(copied: Path, name: str) -> None:
    before = build_inputs(LISTING, (), (), "pdfium")
    n_changed = 0
    for path in changed_each(copied / name):
        content = path.read_bytes()
        path.write_bytes(content + b"\n")
        parsing.rules_version.cache_clear()
        assert build_inputs(LISTING, (), (), "pdfium") != before, path
        path.write_bytes(content)
        n_changed += 1
    parsing.rules_version.cache_clear()
    assert n_changed > 0
    assert build_inputs(LISTING, (), (), "pdfium") == before


def test_a_new_export_is_another_build_state(copied: Path) -> None:
    before = build_inputs(LISTING, (), (), "pdfium")
    template = copied / "exports" / "templates" / "page.html"
    template.parent.mkdir()
    template.write_text("<h1>")
    assert build_inputs(LISTING, (), (), "pdfium") != before


def test_another_reader_source_selection_or_edition_is_another_build_state(tmp_path: Path) -> None:
    listings = [LISTING, CurrentListing("other", None, ""), CurrentListing("source", None, "only 'x'")]
    (tmp_path / "statistics.ods").write_bytes(b"an edition")
    states = {
        build_inputs(listing, (), editions, reader)
        for listing in listings
        for editions in ((), (tmp_path / "statistics.ods",))
        for reader in ("pdfium", "pdfplumber")
    }
    assert len(states) == 12
