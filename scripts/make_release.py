"""Make what is given to others from a built data folder: `make release DATA=folder`.

It goes into a folder of its own in `dist/`: the warehouse, the workbook, the site and the data as archives, the wheel,
and SHA256SUMS. The same data folder and program give the same bytes. The folder appears whole, in place of the one
before of the same version.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import nullcontext
from datetime import UTC, date, datetime, time
from pathlib import Path
from shutil import copyfile

from pipelines.archive.ledger import Ledger
from pipelines.build.state import current_build
from pipelines.build.verify import verify
from pipelines.build.workspace import locked
from pipelines.errors import JudgementsError, exit_code, sentence
from pipelines.exports.package import SITE
from pipelines.exports.version import DataVersion, read_version
from pipelines.files import remove, sha256_of
from pipelines.settings import Settings, read_settings
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse

ROOT = Path(__file__).parents[1]
WORKBOOK = "judgements.xlsx"
SUMS = "SHA256SUMS"
PARTS = ("ledger", "published")
"""Of the data folder: what a release is made of, or by."""
EARLIEST = date(1980, 1, 1)
"""A zip archive knows no day before it."""


class ReleaseError(JudgementsError):
    """The data folder is none to release from; the message says what to do."""


def release(settings: Settings, out: Path, *, accept_sample: bool = False, accept_partial: bool = False) -> Path:
    """Check a data folder and write its release into a folder of its own below `out`, which is returned.

    No build can publish meanwhile. Raises ReleaseError, MissingWarehouseError and LockedError.
    """
    if not settings.warehouse.is_file():
        raise MissingWarehouseError(f"There is no warehouse at {settings.warehouse}: build one, or say DATA=folder.")
    for part, damages in verify(settings, lambda _part: lambda _n_done, _n_in_all: None):
        for damage in damages if part in PARTS else ():
            raise ReleaseError(f"{damage.path}: {damage.what.rstrip('.')}. {damage.what_to_do}")
    with locked(settings) if os.access(settings.data, os.W_OK) else nullcontext():
        return _write(settings, _releasable(settings, accept_sample, accept_partial), out)


def _releasable(settings: Settings, accept_sample: bool, accept_partial: bool) -> DataVersion:
    """The version of a warehouse that may be released. Raises ReleaseError."""
    with Ledger.open_read_only(settings.ledger) as ledger:
        build = current_build(ledger, settings)
    if build is None:
        raise ReleaseError(
            "The warehouse is older than the program or the reports in the folder, or was restored: build again first."
        )
    if build.selection and not accept_partial:
        raise ReleaseError(f"The warehouse is partial ({build.selection}): build the whole, or say PARTIAL=1.")
    with open_warehouse(settings.warehouse) as connection:
        data = read_version(connection)
    if data.is_invented and not accept_sample:
        raise ReleaseError("The warehouse holds the invented sample: build from reports, or say SAMPLE=1.")
    return data


def _write(settings: Settings, data: DataVersion, out: Path) -> Path:
    """Write every file of a release, then put the folder in place."""
    # with a hyphen: where files are offered for download a plus sign is often replaced
    name = f"{'invented-sample' if data.is_invented else 'judgements'}-{data.version.replace('+', '-')}"
    day = max(data.published_up_to or EARLIEST, EARLIEST)
    out.mkdir(parents=True, exist_ok=True)
    for killed in out.glob(".unfinished-*"):
        remove(killed)
    with tempfile.TemporaryDirectory(dir=out, prefix=".unfinished-") as scratch:
        folder = Path(scratch) / name
        folder.mkdir()
        copyfile(settings.warehouse, folder / f"{name}.duckdb")
        copyfile(settings.exports / WORKBOOK, folder / f"{name}.xlsx")
        write_archive(folder / f"{name}-site.zip", settings.exports / SITE, day)
        write_archive(folder / f"{name}-data.zip", settings.exports, day, leave_out=SITE)
        write_wheel(folder, day)
        sums = "".join(f"{sha256_of(path)}  {path.name}\n" for path in sorted(folder.iterdir()))
        (folder / SUMS).write_text(sums, encoding="utf-8")
        remove(out / name)
        return folder.rename(out / name)


def write_archive(target: Path, folder: Path, day: date, leave_out: str = "") -> None:
    """Write the files of a folder as a zip archive, below its own name; order, times and modes are always the same."""
    with zipfile.ZipFile(target, "w", compression=zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path in _files(folder, leave_out):
            inside = f"{target.stem}/{path.relative_to(folder).as_posix()}"
            entry = zipfile.ZipInfo(inside, (day.year, day.month, day.day, 0, 0, 0))
            entry.compress_type, entry.external_attr, entry.create_system = zipfile.ZIP_DEFLATED, 0o100644 << 16, 3
            archive.writestr(entry, path.read_bytes(), compresslevel=6)


def _files(folder: Path, leave_out: str) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.relative_to(folder).parts[0] != leave_out:
            yield path


def write_wheel(folder: Path, day: date) -> None:
    """Build the wheel of this checkout with the times of a day. Raises ReleaseError."""
    at = str(int(datetime.combine(day, time(), UTC).timestamp()))
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder.absolute())]
    environment = {**os.environ, "SOURCE_DATE_EPOCH": at}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode:
        raise ReleaseError(f"The wheel could not be built: {done.stderr.strip() or done.stdout.strip()}")


def main() -> int:
    """Check, make, and say where the release is; an error is a sentence."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, help="the built data folder; default JUDGEMENTS_DATA, or data")
    parser.add_argument("--out", type=Path, default=Path("dist"))
    parser.add_argument("--sample", action="store_true", help="release the invented sample too")
    parser.add_argument("--partial", action="store_true", help="release a part of a source too")
    asked = parser.parse_args()
    try:
        settings = read_settings(asked.data)
        made = release(settings, asked.out, accept_sample=asked.sample, accept_partial=asked.partial)
    except (JudgementsError, OSError) as error:
        print(sentence(error), file=sys.stderr)
        return exit_code(error)
    for path in sorted(made.iterdir()):
        print(f"{path.stat().st_size / 1e6:>8.1f} MB  {path}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
