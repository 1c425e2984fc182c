"""Making a sample: the one entry, from a number of reports to a directory that looks like a downloaded archive."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256
from pathlib import Path

from pipelines.sample import bad_files as odd
from pipelines.sample.area_send import make_area_send
from pipelines.sample.history import Plan, make_plan, world_size
from pipelines.sample.ilacs import make_ilacs
from pipelines.sample.jtai import make_jtai
from pipelines.sample.lscb import make_lscb_review
from pipelines.sample.schedule import SCHEDULE
from pipelines.sample.sif import make_sif
from pipelines.sample.statistics import write_statistics
from pipelines.sample.tlac import make_tlac
from pipelines.sample.truth import (
    BadFileTruth,
    ReportTruth,
    SampleTruth,
    write_atomically,
    write_catalogue,
    write_truth,
)
from pipelines.sample.visits import make_visit
from pipelines.sample.world import authority, write_world
from pipelines.sample.writer import Writer

DEFAULT_REPORTS = len(SCHEDULE)
DEFAULT_SEED = 2013
SITE = "https://reports.example.invalid/file/"
# Addresses of bad files start here, out of the way of any number of reports.
_BAD_FILE_ADDRESSES = 90_000_000
_MAKERS: dict[str, Callable[[Plan], Writer]] = {
    "tlac": make_tlac,
    "sif": make_sif,
    "sif_reinspection": make_sif,
    "lscb_review": make_lscb_review,
    "ilacs_2018": make_ilacs,
    "ilacs_2023": make_ilacs,
    "ilacs_2026": make_ilacs,
    "focused_visit": make_visit,
    "monitoring_visit": make_visit,
    "jtai_2016": make_jtai,
    "jtai_2022": make_jtai,
    "area_send_2023": make_area_send,
}


def make_sample(
    out: Path,
    reports: int = DEFAULT_REPORTS,
    seed: int = DEFAULT_SEED,
    bad_files: bool = True,
    progress: Callable[[int, int], None] | None = None,
) -> SampleTruth:
    """Write an invented archive under `out` and give back what it holds.

    Writes `<URN>_<name>/<label> - <dd month yyyy>.pdf`, `catalogue.csv`, `authorities.csv`, `authority_changes.csv`,
    `statistics/` and `truth/`. The same seed gives the same bytes; report k is the same whatever the number of reports.
    Files that are there already with the right bytes are left alone, so a broken run can be run again. `progress` is
    called with the number of reports done and the number asked for. Raises ValueError when `reports` is not positive,
    OSError when `out` cannot be written.
    """
    if reports < 1:
        raise ValueError(f"a sample needs at least one report, not {reports}")
    out.mkdir(parents=True, exist_ok=True)
    done = []
    for index in range(reports):
        truth, content = make_report(seed, index)
        write_atomically(out / truth.path, content)
        done.append(truth)
        if progress is not None:
            progress(index + 1, reports)
    odd_ones = _make_bad_files(out, seed) if bad_files else ()
    sample = SampleTruth(out, tuple(done), odd_ones)
    write_world(out, world_size(reports))
    write_statistics(sample, world_size(reports), seed)
    write_catalogue(sample)
    write_truth(sample)
    return sample


def file_name(label: str, published: date) -> str:
    """The name under which a download of the real site is kept."""
    return f"{label} - {published:%d} {published:%B} {published.year}.pdf".lower()


def make_report(seed: int, index: int) -> tuple[ReportTruth, bytes]:
    """Report number `index` (from 0) of a seed: its truth and its bytes. Writes nothing."""
    plan = make_plan(seed, index)
    writer = _MAKERS[plan.framework](plan)
    content = writer.sheet.pdf(f"Invented sample report {index + 1}")
    is_ilacs = plan.framework.startswith("ilacs")
    counted = is_ilacs and not plan.has("prose_improvements") and bool(writer.recommendations)
    truth = ReportTruth(
        file_sha256=sha256(content).hexdigest(),
        path=f"{plan.authority.folder}/{file_name(plan.label, plan.published)}",
        provider_urn=plan.authority.urn,
        authority=plan.authority.name.lower(),
        label=_listed(plan.label),
        published_date=plan.published,
        source_url=f"{SITE}{50_000_000 + index}",
        framework_code=plan.framework,
        start_date=plan.start,
        end_date=plan.end,
        visits=plan.visits,
        lead_inspectors=writer.activity.leads if writer.activity else plan.leads,
        page_count=len(writer.sheet.pages),
        judgements=plan.grades,
        paragraphs=tuple(writer.paragraphs),
        recommendations=tuple(writer.recommendations),
        missing_paragraph_numbers=tuple(writer.missing),
        last_paragraph_number=max((p.number for p in writer.paragraphs if p.number is not None), default=0),
        improvement_bullets=len(writer.recommendations) if counted else None,
        quirks=tuple(sorted({*writer.shown, f"date:{plan.date_form}"})),
        activity=writer.activity,
    )
    return truth, content


def _listed(label: str) -> str:
    """The label as a listing shows it, without the file type that older links add."""
    return label.removesuffix(" as pdf").removesuffix(",  pdf")


def _make_bad_files(out: Path, seed: int) -> tuple[BadFileTruth, ...]:
    """The default bad files: one web page under two addresses, a PDF cut in half, a report under a second address."""
    _, whole = make_report(seed, 3)
    twin_truth, twin = make_report(seed, 0)
    label = "children's services inspection"
    old_label = "single inspection of la children's services as pdf"
    chosen = (
        (0, label, date(2012, 10, 19), "not_a_pdf", odd.html_called_pdf),
        (4, label, date(2012, 8, 17), "not_a_pdf", odd.html_called_pdf),
        (2, label, date(2012, 6, 29), "damaged_pdf", lambda path: odd.cut_pdf(path, whole)),
        (11, old_label, twin_truth.published_date, "", lambda path: odd.same_file_again(path, twin)),
    )
    made = []
    for n, (place, said, published, reason, write) in enumerate(chosen):
        one = authority(place)
        path = f"{one.folder}/{file_name(said, published)}"
        write(out / path)
        made.append(
            BadFileTruth(
                file_sha256=sha256((out / path).read_bytes()).hexdigest(),
                path=path,
                provider_urn=one.urn,
                authority=one.name.lower(),
                label=_listed(said),
                published_date=published,
                source_url=f"{SITE}{_BAD_FILE_ADDRESSES + n}",
                reason=reason,
            )
        )
    return tuple(made)
