"""A warehouse that is replaced is kept, and can be published again; nothing that is killed on the way loses one."""

import datetime as dt
import errno
import json
import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import duckdb
import msgspec
import pytest

from pipelines.archive.ledger import Ledger
from pipelines.build.kept import KeptWarehouse, WarehouseVersion, keep_published, kept_warehouses, prune, version_of
from pipelines.build.restore import Restored, UnknownVersionError, UnusableVersionError, published_version, restore
from pipelines.build.workspace import LockedError, Workspace
from pipelines.files import sha256_of
from pipelines.settings import Settings
from pipelines.warehouse.comparison import FewerInspectionsError
from tests.build.kills import damages
from tests.build.test_run import Contents, contents, run


class Two(NamedTuple):
    """A data folder in which a warehouse of three reports was replaced by one of two of them, which lie in `fewer`."""

    settings: Settings
    whole: Path
    fewer: Path
    three: Contents
    two: Contents


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory, three_reports: Path) -> Two:
    folder = tmp_path_factory.mktemp("kept")
    fewer = folder / "two"
    shutil.copytree(three_reports, fewer)
    min(fewer.rglob("*.pdf")).unlink()
    settings = Settings(data=folder / "data", workers=1)
    run(settings, three_reports)
    three = contents(settings)
    run(settings, fewer, accept=True)
    return Two(settings, three_reports, fewer, three, contents(settings))


@pytest.fixture
def two(built: Two, tmp_path: Path) -> Two:
    shutil.copytree(built.settings.data, tmp_path / "data", symlinks=True)
    return built._replace(settings=Settings(data=tmp_path / "data", workers=1))


def again(settings: Settings, wanted: str | None = None) -> Restored:
    return restore(settings, wanted, lambda _: None)


def test_what_is_replaced_is_kept_as_it_was_without_a_copy(built: Two) -> None:
    (one,) = kept_warehouses(built.settings)
    assert (one.about.source, one.about.selection) == (str(built.whole), "")
    assert (one.about.n_reports, one.about.n_inspections) == (3, len(built.three["core.inspections"]))
    assert one.path.parent.name == one.about.version
    assert {path.stat().st_mode & 0o777 for path in one.path.parent.iterdir()} == {0o444}
    assert sha256_of(one.path) == one.about.file_sha256
    assert contents(built.settings.model_copy(update={"data": link_as_published(built, one)})) == built.three


def link_as_published(built: Two, one: KeptWarehouse) -> Path:
    """A data folder in which a kept warehouse stands where the published one would."""
    data = built.settings.data.with_name("looked-at")
    (data / "warehouse").mkdir(parents=True, exist_ok=True)
    (data / "warehouse" / "judgements.duckdb").hardlink_to(one.path)
    return data


def test_keeping_is_a_link(two: Two) -> None:
    inode = two.settings.warehouse.stat().st_ino
    run(two.settings, two.whole)
    (one,) = kept_warehouses(two.settings)
    assert (one.path.stat().st_ino, one.about.source) == (inode, str(two.fewer))


def test_what_is_the_same_is_not_kept_again(two: Two) -> None:
    before = [one.about for one in kept_warehouses(two.settings)]
    assert run(two.settings, two.fewer, force=True).kept_version is None
    assert [one.about for one in kept_warehouses(two.settings)] == before


def made_up(settings: Settings, day: int) -> WarehouseVersion:
    """A kept folder with nothing in it that could be restored."""
    at = dt.datetime(2026, 1, day)  # noqa: DTZ001 -- as in the ledger
    about = WarehouseVersion(f"version-{day}", f"{day}", "a folder", "", at, None, 1, 1, "no hash")
    folder = settings.earlier / about.version
    folder.mkdir(parents=True)
    (folder / "about.json").write_bytes(msgspec.json.encode(about))
    (folder / "judgements.duckdb").touch(0o444)
    return about


@pytest.mark.parametrize(("n_kept", "days"), [(0, []), (2, [4, 3]), (9, [4, 3, 1])])
def test_the_oldest_go_first_and_the_published_one_is_not_among_them(
    settings: Settings, n_kept: int, days: list[int]
) -> None:
    for day in (1, 3, 2, 4):
        made_up(settings, day)
    (settings.earlier / ".version-7.part").mkdir()
    prune(settings, published="2", n_kept=n_kept)
    assert [one.about.published_at.day for one in kept_warehouses(settings)] == days
    assert len(list(settings.earlier.iterdir())) == len(days)


def test_none_is_kept_where_none_is_wanted(two: Two) -> None:
    run(two.settings.model_copy(update={"kept_warehouses": 0}), two.whole)
    assert kept_warehouses(two.settings) == []


def test_one_of_another_version_of_the_program_is_set_aside(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> WarehouseVersion:
        raise duckdb.CatalogException("Table with name activities does not exist")

    monkeypatch.setattr("pipelines.build.kept.version_of", unknown)
    summary = run(two.settings, two.whole)
    (aside,) = two.settings.warehouse.parent.glob("judgements-damaged-*.duckdb")
    (warning,) = summary.warnings
    assert warning.endswith(f" was of another version. It is kept as {aside.name}, and another is in its place.")


def test_a_restore_keeps_what_it_replaces_also_where_builds_keep_none(two: Two) -> None:
    settings = two.settings.model_copy(update={"kept_warehouses": 0})
    assert again(settings).is_replaced_kept
    assert contents(settings) == two.three
    again(settings)
    assert contents(settings) == two.two


def test_a_version_that_a_build_removes_meanwhile_is_not_listed(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    decode = msgspec.json.decode

    def removed(content: bytes, **shape: Any) -> Any:
        shutil.rmtree(two.settings.earlier)
        return decode(content, **shape)

    monkeypatch.setattr("pipelines.build.kept.msgspec.json.decode", removed)
    assert kept_warehouses(two.settings) == []


@pytest.mark.parametrize("is_full", [False, True])
def test_a_disk_without_links_keeps_a_copy_and_a_full_one_publishes_none(
    two: Two, monkeypatch: pytest.MonkeyPatch, is_full: bool
) -> None:
    def refused(number: int) -> Callable[..., None]:
        def fail(*_: object, **__: object) -> None:
            raise OSError(number, os.strerror(number))

        return fail

    with monkeypatch.context() as patched:
        patched.setattr("pipelines.files.os.link", refused(errno.EPERM))
        if is_full:
            patched.setattr("pipelines.build.kept.link_or_copy", refused(errno.ENOSPC))
            with pytest.raises(OSError, match="No space"):
                run(two.settings, two.whole)
        else:
            assert run(two.settings, two.whole).warnings == ()
            assert [one.path.stat().st_nlink for one in kept_warehouses(two.settings)] == [1]
            again(two.settings)
    assert contents(two.settings) == two.two
    assert damages(two.settings) == []


def test_an_earlier_warehouse_is_published_with_its_exports_and_that_can_be_undone(two: Two) -> None:
    settings = two.settings
    before = published_version(settings)
    done = again(settings)
    assert contents(settings) == two.three
    assert json.loads((settings.exports / "index.json").read_bytes())["version"] == done.now.version
    assert settings.warehouse.stat().st_mode & 0o777 == 0o444
    assert done.replaced == before
    assert [one.about for one in kept_warehouses(settings)] == [before]
    assert damages(settings) == []
    undone = again(settings)
    assert contents(settings) == two.two
    assert [one.about.version for one in kept_warehouses(settings)] == [done.now.version]
    assert undone.now.version == (before and before.version)
    assert damages(settings) == []


def test_after_a_restore_nothing_is_believed_to_be_current_and_the_restored_one_is_the_measure(two: Two) -> None:
    settings = two.settings
    again(settings)
    with pytest.raises(FewerInspectionsError, match="holds 3 inspections and visits from reports; this one has 2"):
        run(settings, two.fewer)
    summary = run(settings, two.fewer, accept=True)
    assert (summary.is_unchanged, summary.n_read) == (False, 0)
    assert contents(settings) == two.two
    assert [one.about.n_reports for one in kept_warehouses(settings)] == [3]
    assert run(settings, two.fewer).is_unchanged
    again(settings)
    assert not run(settings, two.whole).is_unchanged
    assert run(settings, two.whole).is_unchanged


def test_a_published_one_that_is_gone_or_damaged_is_replaced_by_a_restore(two: Two) -> None:
    settings = two.settings
    shutil.rmtree(settings.warehouse.parent)
    assert again(settings).replaced is None
    assert contents(settings) == two.three
    run(settings, two.fewer, accept=True)
    settings.warehouse.chmod(0o644)
    settings.warehouse.write_bytes(b"no warehouse" * 1000)
    done = again(settings)
    assert (done.replaced, "is kept as judgements-damaged" in done.warnings[-1]) == (None, True)
    assert contents(settings) == two.three


def test_a_warehouse_is_told_without_a_ledger_too(two: Two) -> None:
    two.settings.ledger.unlink()
    about = published_version(two.settings)
    assert about is not None
    assert (about.source, about.n_reports) == ("two", 2)
    with Workspace.open(two.settings) as workspace:
        assert keep_published(two.settings, workspace.ledger, "another", 1)
    assert {one.about.source for one in kept_warehouses(two.settings)} == {"two", str(two.whole)}


def with_another_column(path: Path) -> None:
    """As another version of the program would have built it, and known to be so."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("alter table core.grades add column weight integer")
    about = msgspec.json.decode((path.parent / "about.json").read_bytes())
    (path.parent / "about.json").chmod(0o644)
    (path.parent / "about.json").write_bytes(msgspec.json.encode(about | {"file_sha256": sha256_of(path)}))


def flipped(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "said"),
    [
        (flipped, "is damaged: .* judgements history"),
        (Path.unlink, "it is gone"),
        (with_another_column, r"another version of this program.*core\.grades"),
    ],
)
def test_a_kept_warehouse_that_cant_be_published_is_refused_and_nothing_changes(
    two: Two, harm: Callable[[Path], None], said: str
) -> None:
    (one,) = kept_warehouses(two.settings)
    one.path.chmod(0o644)
    harm(one.path)
    with pytest.raises(UnusableVersionError, match=said):
        again(two.settings)
    assert contents(two.settings) == two.two
    assert bool(damages(two.settings)) == (harm is not with_another_column)


def test_an_unknown_version_is_told_with_those_that_are_kept(two: Two) -> None:
    (one,) = kept_warehouses(two.settings)
    published = published_version(two.settings)
    assert published is not None
    for wanted, said in (("1999", "No one version is meant by '1999'"), (published.version, "is what is published")):
        with pytest.raises(UnknownVersionError, match=said) as error:
            again(two.settings, wanted)
        assert one.about.version in str(error.value)
    assert again(two.settings, one.about.version.partition("+")[2]).now.version == one.about.version


def test_nothing_is_made_where_nothing_is_kept(settings: Settings) -> None:
    with pytest.raises(UnknownVersionError, match="No earlier warehouse is kept"):
        again(settings)
    assert not settings.data.exists()


def test_while_another_process_writes_nothing_is_restored(two: Two) -> None:
    with Workspace.open(two.settings), pytest.raises(LockedError):
        again(two.settings)


STEPS = (
    "pipelines.exports.publish.write_exports",
    "pipelines.build.kept.atomic_write",
    "pipelines.build.kept.drop",
    "pipelines.archive.ledger.Ledger.announce",
    "pipelines.warehouse.build.replace_published",
    "pipelines.exports.publish._publish",
    "pipelines.build.publish.prune",
    "pipelines.archive.ledger.Ledger.record_build",
)
"""What a restore does one after the other."""


@pytest.mark.parametrize("step", STEPS)
def test_a_restore_that_is_cut_short_leaves_the_old_or_the_new_and_loses_neither(
    two: Two, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(step, killed)
        with pytest.raises(KeyboardInterrupt):
            again(two.settings)
    check_nothing_is_lost(two)


def check_nothing_is_lost(two: Two) -> None:
    """Both warehouses are there, the next build gives what it should, and after it the other can be restored."""
    settings = two.settings
    now = version_of(settings.warehouse, None)
    held = {now.n_reports, *(one.about.n_reports for one in kept_warehouses(settings, now.fingerprint))}
    assert held == {2, 3}
    assert contents(settings) == (two.two if now.n_reports == 2 else two.three)
    run(settings, two.fewer, accept=True)
    assert contents(settings) == two.two
    assert json.loads((settings.exports / "index.json").read_bytes())["n_reports"] == 2
    assert damages(settings) == []
    again(settings)
    assert contents(settings) == two.three
    assert [path.name for path in settings.earlier.iterdir() if path.name.startswith(".")] == []


@pytest.mark.slow
def test_a_restore_that_is_killed_at_any_moment_loses_nothing(two: Two, tmp_path: Path) -> None:
    chance = random.Random(20)
    n_killed = 0
    for number in range(5):
        data = tmp_path / f"{number}"
        shutil.copytree(two.settings.data, data, symlinks=True)
        command = [sys.executable, "-m", "pipelines", "restore", "--data", str(data)]
        victim = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.3, 6))
        victim.kill()
        n_killed += victim.wait() < 0
        check_nothing_is_lost(two._replace(settings=Settings(data=data, workers=1)))
    assert n_killed > 0


def test_the_ledger_knows_each_time_that_a_warehouse_was_published(two: Two) -> None:
    done = again(two.settings)
    with Ledger.open_read_only(two.settings.ledger) as ledger:
        builds = ledger.builds_of(done.now.fingerprint)
        assert [one.inputs == "restored" for one in builds] == [True, False]
        assert {one.source for one in builds} == {str(two.whole)}
        assert ledger.source_listed_at(str(two.whole)) is not None
        assert ledger.source_listed_at("another") is None
