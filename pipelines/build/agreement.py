"""Whether the fast reader agrees with the reference, on a few archived reports drawn at random."""

import random

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.reading import compare
from pipelines.reading.compare import Difference, compare_file
from pipelines.settings import Settings
from pipelines.workers.pool import Failed, run_locally


class Disagreement(msgspec.Struct, frozen=True):
    """Where the readers differ, by the name of the publication."""

    report: str
    difference: Difference


class Agreement(msgspec.Struct, frozen=True):
    """The outcome for a few reports. `too_slow` names those over the time limit: they prove nothing."""

    n_reports: int
    n_lines: int
    disagreements: tuple[Disagreement, ...]
    too_slow: tuple[str, ...]

    @property
    def share_differing(self) -> float:
        """Runs of lines that differ, of all lines; 0 where there is no line."""
        return len(self.disagreements) / self.n_lines if self.n_lines else 0.0


def compare_some(settings: Settings, seed: str, n_reports: int, seconds_per_report: float) -> Agreement:
    """Read `n_reports` files of the current listing with both readers. The same seed draws the same files.

    It takes no longer than `n_reports` times `seconds_per_report`.
    """
    with Ledger.open(settings.ledger) as ledger:
        names = {one.file_sha256: one.publication.name for one in ledger.archived_reports() if one.file_sha256}
    drawn = random.Random(seed).sample(sorted(names), min(n_reports, len(names)))  # noqa: S311 no secret
    paths = {archived_path(settings.archive, sha256): names[sha256] for sha256 in drawn}
    n_workers = max(1, min(settings.workers, len(paths)))
    compared = []
    too_slow = []
    for path, outcome in run_locally(compare_file, paths, n_workers, seconds_per_report, (compare.__name__,)):
        if isinstance(outcome, Failed):
            too_slow.append(paths[path])
        else:
            compared.append((paths[path], outcome))
    return Agreement(
        n_reports=len(compared),
        n_lines=sum(comparison.n_lines for _, comparison in compared),
        disagreements=tuple(
            Disagreement(name, difference) for name, comparison in compared for difference in comparison.differences
        ),
        too_slow=tuple(sorted(too_slow)),
    )
