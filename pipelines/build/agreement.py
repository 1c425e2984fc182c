"""A few archived reports, drawn at random, read by the fast reader and by the reference."""

import random
from collections.abc import Iterator

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.reading import compare
from pipelines.reading.compare import Comparison, compare_file
from pipelines.settings import Settings
from pipelines.workers.pool import Failed, run_locally


def compare_some(
    settings: Settings, seed: str, n_reports: int, seconds_per_report: float
) -> Iterator[tuple[str, Comparison | Failed]]:
    """Compare `n_reports` files of the current listing; yields the name of a publication and what differs.

    The same seed draws the same files. One that takes longer than `seconds_per_report` comes as Failed.
    """
    with Ledger.open(settings.ledger) as ledger:
        names = {one.file_sha256: one.publication.name for one in ledger.archived_reports() if one.file_sha256}
    drawn = random.Random(seed).sample(sorted(names), min(n_reports, len(names)))  # noqa: S311 no secret
    paths = {archived_path(settings.archive, sha256): names[sha256] for sha256 in drawn}
    n_workers = max(1, min(settings.workers, len(paths)))
    for path, outcome in run_locally(compare_file, paths, n_workers, seconds_per_report, (compare.__name__,)):
        yield paths[path], outcome
