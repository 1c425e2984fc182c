"""Whether the fast reader still agrees with the one it is held against, on a few archived reports drawn by lot.

Belongs here: drawing them, and summing up how they compare.
Stays out: what counts as a difference (`compare.py`), and what follows from too many (`defs/checks.py`).
"""

import random

import msgspec

from pipelines.archive.ledger import Ledger
from pipelines.archive.store import archived_path
from pipelines.reading.compare import Comparison, Difference, compare_file
from pipelines.settings import Settings
from pipelines.workers.pool import Died, Workers, over


class Disagreement(msgspec.Struct, frozen=True):
    """Where the readers differ, by the name of the publication."""

    report: str
    difference: Difference


class Agreement(msgspec.Struct, frozen=True):
    """How a few reports came out. `too_slow` names those that took longer than was allowed: they prove nothing."""

    n_reports: int
    n_lines: int
    disagreements: tuple[Disagreement, ...]
    too_slow: tuple[str, ...]

    @property
    def share_differing(self) -> float:
        """Runs of lines that differ, of all lines; 0 where there is no line."""
        return len(self.disagreements) / self.n_lines if self.n_lines else 0.0


def compare_some(settings: Settings, seed: str, n_reports: int, seconds_per_report: float) -> Agreement:
    """Read so many files of the current listing with both readers. The same seed draws the same files.

    It takes no longer than `n_reports` times `seconds_per_report`, twice over for files that run out of time.
    """
    with Ledger.open(settings.ledger) as ledger:
        names = {one.file_sha256: one.publication.name for one in ledger.archived_reports() if one.file_sha256}
    drawn = random.Random(seed).sample(sorted(names), min(n_reports, len(names)))  # noqa: S311 no secret
    paths = {archived_path(settings.archive.absolute(), sha256): names[sha256] for sha256 in drawn}
    preload = ("pipelines.reading.compare", "pipelines.reading.pdfium")
    workers = Workers(max(1, min(settings.workers, len(paths))), seconds_per_report, preload)
    outcomes = [(paths[one.item], one) for one in over(compare_file, paths, workers)]
    compared: list[tuple[str, Comparison]] = [(name, one.result) for name, one in outcomes if not isinstance(one, Died)]
    return Agreement(
        n_reports=len(compared),
        n_lines=sum(comparison.n_lines for _, comparison in compared),
        disagreements=tuple(
            Disagreement(name, difference) for name, comparison in compared for difference in comparison.differences
        ),
        too_slow=tuple(sorted(name for name, one in outcomes if isinstance(one, Died))),
    )
