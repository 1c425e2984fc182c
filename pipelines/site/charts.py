"""Charts as inline SVG, made at build: widths are shares of the page, so that text keeps its size on any screen.

Each chart is a picture with one sentence of description; the template shows its rows in a table below it.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from markupsafe import Markup

from pipelines.site.words import LETTERS, RANKS, day

ROW, STEP = 30, 42
"""Pixels: a row of words or of bars, and one row of thin bars with its words."""
SERIES = ("#12436D", "#28A197", "#801650", "#F46A25", "#3D3D3D")
"""Colours of lines, told apart by those who see fewer colours; the label at its end says which is which."""


class Span(NamedTuple):
    """A stretch of a time line: its days, the rank of the grade (None for none), and what it says on hover."""

    start: dt.date
    end: dt.date
    rank: int | None
    words: str


class Axis(NamedTuple):
    """Days from one to another as shares of a width, in per cent."""

    first: dt.date
    last: dt.date

    def at(self, date: dt.date) -> float:
        """Where a day stands; days outside stand at the ends."""
        days = max((self.last - self.first).days, 1)
        return round(min(max((date - self.first).days / days, 0), 1) * 100, 2)

    def years(self) -> list[dt.date]:
        """The first of January of each year on it; of every second where there are more than eight."""
        years = range(self.first.year + 1, self.last.year + 1)
        return [dt.date(year, 1, 1) for year in years if len(years) <= 8 or (self.last.year - year) % 2 == 0]


def strips(
    rows: Sequence[tuple[str, Sequence[Span]]], axis: Axis, breaks: Sequence[tuple[dt.date, str]], says: str
) -> Markup:
    """One strip a judgement: its grades over time, with a dashed line where the framework changed."""
    height = len(rows) * 2 * ROW + ROW
    parts = [_years(axis, height)]
    for number, (label, spans) in enumerate(rows):
        top = number * 2 * ROW
        parts.append(_text(0, top + 18, label, "label"))
        for span in spans:
            left, width = axis.at(span.start), max(axis.at(span.end) - axis.at(span.start), 0.4)
            letter = LETTERS.get(span.rank or 0, "–")
            parts.append(
                Markup(
                    '<svg x="{}%" y="{}" width="{}%" height="28" class="span rank-{}"><title>{}</title>'
                    '<rect width="100%" height="28"/><text x="8" y="19">{}</text></svg>'
                ).format(left, top + 24, width, span.rank or "none", span.words, letter)
            )
    for date, words in breaks:
        parts.append(
            Markup('<line class="break" x1="{0}%" x2="{0}%" y1="0" y2="{1}"><title>{2}: {3}</title></line>').format(
                axis.at(date), height - ROW, day(date), words
            )
        )
    return _svg(parts, height, says)


def lines(
    series: Sequence[tuple[str, Sequence[tuple[dt.date, float | None]]]], axis: Axis, says: str, height: int = 300
) -> Markup:
    """Shares from 0 to 100% over time, one line a series, its last share in figures; a day without one breaks it."""
    scale = height - ROW - 20

    def y(share: float) -> float:
        return round(10 + scale * (1 - share / 100), 1)

    parts = [_years(axis, height)]
    for tick in (0, 25, 50, 75, 100):
        parts.append(Markup('<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(y(tick)))
        parts.append(_text(0, y(tick) - 3, f"{tick}%", "tick"))
    for number, (label, points) in enumerate(series):
        colour = SERIES[number % len(SERIES)]
        known = [(date, share) for date, share in points if share is not None]
        for (date, share), (later, next_share) in pairwise(points):
            if share is not None and next_share is not None:
                parts.append(
                    Markup('<line stroke="{}" class="series" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(
                        colour, axis.at(date), y(share), axis.at(later), y(next_share)
                    )
                )
        for date, share in known:
            parts.append(
                Markup('<circle fill="{}" cx="{}%" cy="{}" r="4"><title>{}, {}: {:g}%</title></circle>').format(
                    colour, axis.at(date), y(share), label, day(date), share
                )
            )
        if known and number == 0:
            date, share = known[-1]
            parts.append(
                Markup('<text class="label last" x="{}%" y="{}">{:g}%</text>').format(
                    axis.at(date), y(share) - 9, share
                )
            )
    return _svg(parts, height, says)


def key(labels: Sequence[str]) -> Markup:
    """The names of the lines of a chart, with their colours."""
    items = Markup("").join(
        Markup(
            '<li><svg width="20" height="6" aria-hidden="true"><rect width="20" height="6" fill="{}"/></svg> {}</li>'
        ).format(SERIES[number % len(SERIES)], label)
        for number, label in enumerate(labels)
    )
    return Markup('<ul class="key">{}</ul>').format(items) if len(labels) > 1 else Markup()


def stacks(rows: Sequence[tuple[str, Sequence[int]]], says: str) -> Markup:
    """One bar a row: how many authorities have each grade, the best first, as shares of those with a grade."""
    parts: list[Markup] = []
    for number, (label, counts) in enumerate(rows):
        top, total, left = number * 2 * ROW, sum(counts), 0.0
        parts.append(_text(0, top + 18, f"{label} ({total:,})", "label"))
        for rank, count in zip(RANKS, counts, strict=False):
            if count:
                width = round(100 * count / total, 2)
                parts.append(
                    Markup(
                        '<svg x="{}%" y="{}" width="{}%" height="28" class="span rank-{}"><title>{}: {}</title>'
                        '<rect width="100%" height="28"/><text x="4" y="19">{}</text></svg>'
                    ).format(round(left, 2), top + 24, width, rank, label, count, count if width > 2.5 else "")
                )
                left += width
    return _svg(parts, len(rows) * 2 * ROW, says)


def events(lanes: Sequence[tuple[str, Sequence[tuple[dt.date, str, str | None]]]], axis: Axis, says: str) -> Markup:
    """Every inspection and visit on one line of time: a lane a kind, a mark each, with a link where there is a page."""
    height = len(lanes) * 2 * ROW + ROW
    parts = [_years(axis, height)]
    for number, (label, marks) in enumerate(lanes):
        middle = number * 2 * ROW + 38
        parts.append(_text(0, middle - 18, label, "label"))
        parts.append(Markup('<line class="rule" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(middle))
        for date, words, href in marks:
            mark = Markup('<circle class="event" cx="{}%" cy="{}" r="7"><title>{}</title></circle>').format(
                axis.at(date), middle, words
            )
            parts.append(Markup('<a href="{}" aria-label="{}">{}</a>').format(href, words, mark) if href else mark)
    return _svg(parts, height, says, is_picture=False)


def ranges(
    rows: Sequence[tuple[str, dt.date | None, dt.date | None, dt.date | None]], axis: Axis, today: dt.date, says: str
) -> Markup:
    """One row an authority: from when to when its next inspection is likely, and the day by which half had theirs."""
    height = len(rows) * STEP + ROW
    parts = [_years(axis, height)]
    for number, (label, opens, expected, closes) in enumerate(rows):
        top = number * STEP
        parts.append(_text(0, top + 14, label, "label"))
        if opens and expected and closes:
            left, width = axis.at(opens), max(axis.at(closes) - axis.at(opens), 0.6)
            words = f"{label}: {day(opens)} to {day(closes)}, half by {day(expected)}"
            parts.append(
                Markup(
                    '<rect class="range" x="{}%" y="{}" width="{}%" height="14"><title>{}</title></rect>'
                    '<circle class="event" cx="{}%" cy="{}" r="6"><title>{}</title></circle>'
                ).format(left, top + 19, width, words, axis.at(expected), top + 26, words)
            )
    parts.append(
        Markup('<line class="break" x1="{0}%" x2="{0}%" y1="0" y2="{1}"><title>{2}</title></line>').format(
            axis.at(today), height - ROW, day(today)
        )
    )
    return _svg(parts, height, says)


def tiles(rows: Sequence[dict[str, Any]], says: str, side: int = 40) -> Markup:
    """A square an authority, in the colour of its grade; rows are those of `tiles_of`, hidden without a name."""
    if not rows:
        return Markup()
    columns = [row["column"] for row in rows]
    tops = [row["row"] for row in rows]
    left, top = min(columns), min(tops)
    width, height = (max(columns) - left + 1) * side, (max(tops) - top + 1) * side
    parts = []
    for row in rows:
        x, y = (row["column"] - left) * side, (row["row"] - top) * side
        parts.append(
            Markup(
                '<a href="{}" class="tile rank-{}" aria-label="{}" display="{}">'
                '<rect x="{}" y="{}" width="{}" height="{}"/><text x="{}" y="{}">{}</text><title>{}</title></a>'
            ).format(
                row["href"],
                row["rank"] or "none",
                row["says"],
                "inline" if row["name"] else "none",
                x + 1,
                y + 1,
                side - 2,
                side - 2,
                x + side / 2,
                y + side * 0.65,
                LETTERS.get(row["rank"] or 0, "–"),
                row["says"],
            )
        )
    return Markup('<svg class="tiles" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>').format(
        width, height, says, Markup("").join(parts)
    )


def joins(name: str, left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], says: str) -> Markup:
    """A table in the middle, the tables that join to it on the left, and those that it joins to on the right.

    Each is a name and the address of its page.
    """
    height = max(len(left), len(right), 1) * STEP + 8
    middle = height / 2
    parts = []
    for x, end, tables in ((0, 31, left), (69, 69, right)):
        for number, (other, href) in enumerate(tables):
            y = (number + 0.5) * height / len(tables)
            parts.append(
                Markup('<line class="join" x1="{}%" y1="{}" x2="{}%" y2="{}"/>').format(
                    end, y, 35 if x == 0 else 65, middle
                )
            )
            box = _box(x, y, 31, other)
            parts.append(Markup('<a href="{}" aria-label="{}">{}</a>').format(href, other, box))
    parts.append(_box(35, middle, 30, name))
    return _svg(parts, height, says, is_picture=False)


def _box(x: float, middle: float, width: float, words: str) -> Markup:
    return Markup(
        '<svg x="{}%" y="{}" width="{}%" height="30"><rect class="box" width="100%" height="30"/>'
        '<text x="8" y="20">{}</text></svg>'
    ).format(x, round(middle - 15, 1), width, words)


def _svg(parts: Sequence[Markup], height: float, says: str, *, is_picture: bool = True) -> Markup:
    return Markup('<svg class="chart" width="100%" height="{}" role="{}" aria-label="{}">{}</svg>').format(
        height, "img" if is_picture else "group", says, Markup("").join(parts)
    )


def _years(axis: Axis, height: int) -> Markup:
    """A line a year, with the year below it."""
    return Markup("").join(
        Markup(
            '<line class="year" x1="{0}%" x2="{0}%" y1="0" y2="{1}"/>'
            '<text class="tick middle" x="{0}%" y="{2}">{3}</text>'
        ).format(axis.at(date), height - ROW + 4, height - 8, date.year)
        for date in axis.years()
    )


def _text(x: float, y: float, words: str, kind: str) -> Markup:
    return Markup('<text class="{}" x="{}%" y="{}">{}</text>').format(kind, x, y, words)
