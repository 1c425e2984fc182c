"""`judgements page`: one page of a report as a picture, its lines coloured by role, judgements and outcome boxed."""

import io
import math
from pathlib import Path
from typing import Any, NamedTuple

import pdfplumber
from PIL import Image, ImageDraw

from pipelines.archive.store import DamagedFileError, read_archived
from pipelines.commands.reports import find_report
from pipelines.errors import JudgementsError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse
from pipelines.workers.pool import Failed, run_locally

COLOURS = {
    "cover": (111, 66, 193),
    "running_header": (150, 150, 150),
    "running_footer": (150, 150, 150),
    "page_number": (110, 110, 110),
    "contents": (0, 150, 136),
    "heading": (214, 51, 132),
    "paragraph": (25, 118, 210),
    "bullet": (56, 142, 60),
    "table": (245, 124, 0),
    "footnote": (121, 85, 72),
    "mark": (56, 142, 60),
    "signature": (111, 66, 193),
    "boilerplate": (176, 190, 197),
    "rule_line": (176, 190, 197),
    "turned": (0, 188, 212),
    "watermark": (0, 188, 212),
    "unseen": (233, 30, 99),
}
_JUDGEMENT = (211, 47, 47)
_RESOLUTION = 110
_POINTS_PER_INCH = 72
MAX_PIXELS = 20_000_000
"""A page of A4 has 1.2 million, one of the largest that a PDF can have would have 484 million."""
_LEGEND_HEIGHT = 26


class UnknownPageError(JudgementsError):
    """The report has no such page, or its file is not whole in the archive; the message says which."""


class UndrawnPageError(JudgementsError):
    """The page can't be drawn within the limits; the message says why."""


class _Drawing(NamedTuple):
    """What a worker draws: a page of a PDF, its lines by role, what is boxed, and how many lines have each role."""

    pdf: bytes
    page_number: int
    lines: list[tuple[Any, ...]]
    judgements: list[tuple[Any, ...]]
    counts: dict[str, int]


def draw_page(settings: Settings, text: str, page_number: int, png: Path) -> dict[str, int]:
    """Draw a page and write it as PNG; returns the number of lines by role.

    Raises UnknownReportError unless exactly one report is found, UnknownPageError where it has no such page,
    UndrawnPageError.
    """
    with open_warehouse(settings.warehouse) as connection:
        report = find_report(connection, text)
        lines = connection.execute(
            "select role, x0, top, x1, bottom from core.lines where report_id = ? and page_number = ? order by all",
            [report.report_id, page_number],
        ).fetchall()
        judgements = connection.execute(
            "select x0, top, x1, bottom from core.judgements"
            " join core.inspections using (inspection_id) where report_id = $report and page_number = $page"
            " union all select x0, top, x1, bottom from core.activity_outcomes"
            " join core.activities using (activity_id) where report_id = $report and page_number = $page",
            {"report": report.report_id, "page": page_number},
        ).fetchall()
    if not 1 <= page_number <= report.page_count:
        raise UnknownPageError(f"{report.name} has pages 1 to {report.page_count}, not {page_number}.")
    try:
        content = read_archived(settings.archive, report.file_sha256)
    except DamagedFileError as error:
        raise UnknownPageError(f"{error}. It is the file of {report.name}: build again with --force.") from error
    counts = {role: n for role in COLOURS if (n := sum(line[0] == role for line in lines))}
    picture = _drawn(settings, _Drawing(content, page_number, lines, judgements, counts))
    png.parent.mkdir(parents=True, exist_ok=True)
    png.write_bytes(picture)
    return counts


def _drawn(settings: Settings, drawing: _Drawing) -> bytes:
    """The picture, drawn by a worker within the limits of reading. Raises UndrawnPageError."""
    limit = settings.seconds_per_report
    (outcome,) = (done for _, done in run_locally(_draw, [drawing], 1, limit, max_bytes=settings.max_worker_bytes))
    if isinstance(outcome, bytes):
        return outcome
    why = outcome.why if isinstance(outcome, Failed) else outcome
    raise UndrawnPageError(f"Page {drawing.page_number} could not be drawn: {why}.")


def _draw(drawing: _Drawing) -> bytes | str:
    """Run by a worker: the picture as PNG, or why there is none, whatever is in the file."""
    png = io.BytesIO()
    try:
        with pdfplumber.open(io.BytesIO(drawing.pdf), pages=[drawing.page_number]) as pdf:
            page = pdf.pages[0]
            image = page.to_image(resolution=resolution(page.width, page.height))
        for role, x0, top, x1, bottom in drawing.lines:
            colour = COLOURS[role]
            image.draw_rect((x0 - 2, top - 1, x1 + 2, bottom + 1), fill=(*colour, 45), stroke=(*colour, 200))
        for x0, top, x1, bottom in drawing.judgements:
            image.draw_rect((x0 - 5, top - 4, x1 + 5, bottom + 4), fill=(0, 0, 0, 0), stroke=_JUDGEMENT, stroke_width=3)
        _with_legend(image.annotated, drawing.counts).save(png, "PNG", optimize=True)
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return png.getvalue()


def resolution(width: float, height: float) -> float:
    """Dots per inch for a page of this size, in points: fewer where the picture would have too many pixels."""
    n_pixels = width * height * (_RESOLUTION / _POINTS_PER_INCH) ** 2
    return _RESOLUTION * min(1.0, math.sqrt(MAX_PIXELS / n_pixels)) if n_pixels > 0 else _RESOLUTION


def _with_legend(page: Image.Image, counts: dict[str, int]) -> Image.Image:
    """The page with a strip above it that names each colour on it."""
    whole = Image.new("RGB", (page.width, page.height + _LEGEND_HEIGHT), "white")
    whole.paste(page.convert("RGB"), (0, _LEGEND_HEIGHT))
    pen = ImageDraw.Draw(whole)
    x = 8
    for role, n in counts.items():
        label = f"{role.replace('_', ' ')} {n}"
        pen.rectangle((x, 8, x + 10, 18), fill=COLOURS[role])
        pen.text((x + 14, 7), label, fill="black")
        x += 14 + int(pen.textlength(label)) + 14
    return whole
