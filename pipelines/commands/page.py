"""`judgements page`: one page of a report as a picture, its lines coloured by role and its judgements boxed."""

from io import BytesIO
from pathlib import Path

import pdfplumber
from PIL import Image, ImageDraw

from pipelines.archive.store import DamagedFileError, read_archived
from pipelines.commands.reports import find_report
from pipelines.errors import JudgementsError
from pipelines.settings import Settings
from pipelines.warehouse.connection import open_warehouse

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
    "boilerplate": (176, 190, 197),
    "turned": (0, 188, 212),
    "watermark": (0, 188, 212),
    "unseen": (233, 30, 99),
}
_JUDGEMENT = (211, 47, 47)
_RESOLUTION = 110
_LEGEND_HEIGHT = 26


class UnknownPageError(JudgementsError):
    """The report has no such page, or its file is not whole in the archive; the message says which."""


def draw_page(settings: Settings, text: str, page_number: int, png: Path) -> dict[str, int]:
    """Draw a page and write it as PNG; returns the number of lines by role.

    Raises UnknownReportError unless exactly one report is found, UnknownPageError where it has no such page.
    """
    with open_warehouse(settings.warehouse) as connection:
        report = find_report(connection, text)
        lines = connection.execute(
            "select role, x0, top, x1, bottom from core.lines where report_id = ? and page_number = ? order by all",
            [report.report_id, page_number],
        ).fetchall()
        judgements = connection.execute(
            "select x0, top, x1, bottom from core.judgements"
            " join core.inspections using (inspection_id) where report_id = ? and page_number = ?",
            [report.report_id, page_number],
        ).fetchall()
    if not 1 <= page_number <= report.page_count:
        raise UnknownPageError(f"{report.name} has pages 1 to {report.page_count}, not {page_number}.")
    try:
        content = read_archived(settings.archive, report.file_sha256)
    except DamagedFileError as error:
        raise UnknownPageError(f"{error}. It is the file of {report.name}: build again with --force.") from error
    with pdfplumber.open(BytesIO(content), pages=[page_number]) as pdf:
        image = pdf.pages[0].to_image(resolution=_RESOLUTION)
        for role, x0, top, x1, bottom in lines:
            colour = COLOURS[role]
            image.draw_rect((x0 - 2, top - 1, x1 + 2, bottom + 1), fill=(*colour, 45), stroke=(*colour, 200))
        for x0, top, x1, bottom in judgements:
            image.draw_rect((x0 - 5, top - 4, x1 + 5, bottom + 4), fill=(0, 0, 0, 0), stroke=_JUDGEMENT, stroke_width=3)
        drawn = image.annotated
    png.parent.mkdir(parents=True, exist_ok=True)
    counts = {role: sum(line[0] == role for line in lines) for role in COLOURS}
    counts = {role: n for role, n in counts.items() if n}
    _with_legend(drawn, counts).save(png, "PNG", optimize=True)
    return counts


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
