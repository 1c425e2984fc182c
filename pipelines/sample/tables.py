"""Tables of grades: the part of a report where readers go wrong most often."""

from collections.abc import Sequence
from dataclasses import dataclass

from pipelines.sample.grades import WRITTEN
from pipelines.sample.sheet import LEADING, wrap
from pipelines.sample.writer import Writer


@dataclass(frozen=True, slots=True)
class Row:
    """One row. `indent` moves the label right, `hang` its further lines; `mark` is a raised digit after the grade."""

    label: str
    grade: str
    bold: bool = False
    indent: float = 0.0
    hang: float = 0.0
    mark: str = ""


@dataclass(frozen=True, slots=True)
class TableStyle:
    """Where a table stands (points), and whether grades sit at the first, middle or last line of their label."""

    left: float
    divide: float
    right: float
    at: str = "first"
    size: float = 12.0
    pad: float = 6.2
    grade_bold: bool = False


def written_grade(grade: str, to_be_good: bool, capital: bool = False) -> str:
    """A grade as a table prints it.

    >>> written_grade("requires_improvement", to_be_good=True), written_grade("not_judged", to_be_good=False)
    ('Requires improvement to be good', 'Not judged')
    """
    if grade == "requires_improvement":
        return ("Requires Improvement" if capital else "Requires improvement") + (" to be good" if to_be_good else "")
    return WRITTEN[grade]


def grade_in_sentence(grade: str, plural: bool, to_be_good: bool = False) -> str:
    """A grade as the end of a sentence: "are good", "require improvement to be good"."""
    if grade == "requires_improvement":
        return ("require improvement" if plural else "requires improvement") + (" to be good" if to_be_good else "")
    if grade == "not_judged":
        return "were not judged" if plural else "was not judged"
    return f"{'are' if plural else 'is'} {WRITTEN[grade].lower()}"


def set_table(writer: Writer, rows: Sequence[Row], style: TableStyle) -> None:
    """Draw rows from the pen downwards with a rule round every cell; turns over first if the table would not fit."""
    sheet, face = writer.sheet, writer.face
    size = style.size * face.scale
    leading = LEADING if style.size == 12.0 else style.size * 1.2
    laid = []
    for row in rows:
        font = face.bold if row.bold else face.regular
        x = style.left + style.pad + row.indent
        # A row without a grade (the verdict, a note) runs across the whole table.
        label = wrap(row.label, font, size, (style.divide if row.grade else style.right) - x - row.hang - 4)
        grade = wrap(row.grade, face.regular, size, style.right - style.divide - 2 * style.pad) if row.grade else []
        laid.append((row, font, x, label, grade, max(len(label), len(grade)) * leading + 2 * style.pad))
    sheet.need(sum(height for *_, height in laid))
    for row, font, x, label, grade, height in laid:
        top = sheet.top
        bottom = top + height
        rules = sheet.page.rules
        rules += [(style.left, top, style.right, top), (style.left, bottom, style.right, bottom)]
        rules += [(edge, top, edge, bottom) for edge in (style.left, style.right)]
        if row.grade:
            rules.append((style.divide, top, style.divide, bottom))
        for lines, column in ((label, "label"), (grade, "grade")):
            spare = (max(len(label), len(grade)) - len(lines)) * leading
            # A short label beside a wrapped grade stands at the top unless the row is centred.
            place = style.at if column == "grade" else ("middle" if style.at == "middle" else "first")
            drop = {"first": 0.0, "middle": spare / 2, "last": spare}[place]
            for i, line in enumerate(lines):
                sheet.top = top + style.pad + drop + i * leading
                if column == "label":
                    sheet.show(x + (row.hang if i else 0), line, font, size)
                else:
                    grade_font = face.bold if row.bold and style.grade_bold else face.regular
                    sheet.show(style.divide + style.pad, line, grade_font, size)
                    if row.mark and i == len(lines) - 1:
                        writer.glue_mark(style.divide + style.pad, line, row.mark, grade_font, size)
        sheet.top = bottom
