"""Charts as inline SVG, made at build: widths are shares of the page, so that text keeps its size on any screen.

Each chart is a picture with one sentence of description; the template shows its rows in a table below it.
"""

import datetime as dt
from collections.abc import Sequence
from itertools import cycle, pairwise
from typing import Any, NamedTuple

from markupsafe import Markup, escape

from pipelines.site.words import LETTERS, NAMES, RANKS
from pipelines.words import day

ROW, STEP = 30, 42
"""Pixels: a row of words or of bars, and one row of thin bars with its words."""
DASHES = ("none", "7 4", "2 4", "10 4 2 4", "1 6")
"""Dashes of the lines, by which they are told apart without colours."""
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
            parts.append(_bar(left, top + 24, width, span.rank, span.words, LETTERS.get(span.rank or 0, "–"), 8))
    parts.extend(_dashed(axis.at(date), height, f"{day(date)}: {words}") for date, words in breaks)
    return _svg(parts, height, says)


def lines(
    series: Sequence[tuple[str, Sequence[tuple[dt.date, float | None]]]], axis: Axis, says: str, height: int = 300
) -> Markup:
    """Shares from 0 to 100% over time, one line a series, the first's last share in figures.

    A day without a share breaks the line.
    """
    scale = height - ROW - 20

    def y(share: float) -> float:
        return round(10 + scale * (1 - share / 100), 1)

    parts = [_years(axis, height)]
    for tick in (0, 25, 50, 75, 100):
        parts.append(f'<line class="rule" x1="0" x2="100%" y1="{y(tick)}" y2="{y(tick)}"/>')
        parts.append(_text(0, y(tick) - 3, f"{tick}%", "tick"))
    for number, (label, points) in enumerate(series):
        colour, dash = SERIES[number % len(SERIES)], DASHES[number % len(DASHES)]
        known = [(date, share) for date, share in points if share is not None]
        for (date, share), (later, next_share) in pairwise(points):
            if share is not None and next_share is not None:
                parts.append(
                    f'<line stroke="{colour}" stroke-dasharray="{dash}" class="series"'
                    f' x1="{axis.at(date)}%" y1="{y(share)}" x2="{axis.at(later)}%" y2="{y(next_share)}"/>'
                )
        for date, share in known:
            parts.append(
                f'<circle fill="{colour}" cx="{axis.at(date)}%" cy="{y(share)}" r="4">'
                f"{_title(f'{label}, {day(date)}: {share:g}%')}</circle>"
            )
        if number == 0 and len(series) <= 2 and points and points[-1][1] is not None:
            date, share = known[-1]
            parts.append(_text(axis.at(date), y(share) - 9, f"{share:g}%", "label last"))
    return _svg(parts, height, says)


def key(labels: Sequence[str]) -> Markup:
    """The names of the lines of a chart, with their colours; nothing for one line."""
    items = (
        f'<li><svg width="40" height="6" aria-hidden="true"><line x2="40" y1="3" y2="3"'
        f' class="series" stroke="{colour}" stroke-dasharray="{dash}"/></svg> {escape(label)}</li>'
        for label, colour, dash in zip(labels, cycle(SERIES), cycle(DASHES), strict=False)
    )
    return _markup(f'<ul class="key">{"".join(items)}</ul>' if len(labels) > 1 else "")


def stacks(rows: Sequence[tuple[str, Sequence[int]]], says: str) -> Markup:
    """One bar a row: how many authorities have each grade, the best first, and, if told, how many none."""
    parts: list[str] = []
    for number, (label, counts) in enumerate(rows):
        top, total, left = number * 2 * ROW, sum(counts), 0.0
        parts.append(_text(0, top + 18, f"{label} ({total:,})", "label"))
        for rank, count in zip((*RANKS, None), counts, strict=False):
            if count:
                width = round(100 * count / total, 2)
                words = str(count) if width > 2.5 else ""
                said = f"{label}: {count} {NAMES.get(rank or 0, 'without such a grade')}"
                parts.append(_bar(round(left, 2), top + 24, width, rank, said, words, 4))
                left += width
    return _svg(parts, len(rows) * 2 * ROW, says)


def events(lanes: Sequence[tuple[str, Sequence[tuple[dt.date, str, str | None]]]], axis: Axis, says: str) -> Markup:
    """Every inspection and visit on one line of time: a lane a kind, a mark each, with a link where there is a page."""
    height = len(lanes) * 2 * ROW + ROW
    parts = [_years(axis, height)]
    for number, (label, marks) in enumerate(lanes):
        middle = number * 2 * ROW + 38
        parts.append(_text(0, middle - 18, label, "label"))
        parts.append(f'<line class="rule" x1="0" x2="100%" y1="{middle}" y2="{middle}"/>')
        for date, words, href in marks:
            mark = f'<circle class="event" cx="{axis.at(date)}%" cy="{middle}" r="7">{_title(words)}</circle>'
            parts.append(_linked(href, words, mark) if href else mark)
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
            title = _title(f"{label}: {day(opens)} to {day(closes)}, half by {day(expected)}")
            parts.append(
                f'<rect class="range" x="{left}%" y="{top + 19}" width="{width}%" height="14">{title}</rect>'
                f'<circle class="event" cx="{axis.at(expected)}%" cy="{top + 26}" r="6">{title}</circle>'
            )
    parts.append(_dashed(axis.at(today), height, day(today)))
    return _svg(parts, height, says)


def tiles(rows: Sequence[dict[str, Any]], says: str, side: int = 40) -> Markup:
    """A square an authority, in the colour of its grade; rows are those of `tiles_of`, hidden without a name."""
    if not rows:
        return Markup()
    columns, tops = [row["column"] for row in rows], [row["row"] for row in rows]
    left, top = min(columns), min(tops)
    width, height = (max(columns) - left + 1) * side, (max(tops) - top + 1) * side
    parts = []
    for row in rows:
        x, y, rank = (row["column"] - left) * side, (row["row"] - top) * side, row["rank"]
        parts.append(
            f'<a href="{escape(row["href"])}" class="tile rank-{rank or "none"}" aria-label="{escape(row["says"])}"'
            f' display="{"inline" if row["name"] else "none"}">'
            f'<rect x="{x + 1}" y="{y + 1}" width="{side - 2}" height="{side - 2}"/>'
            f'<text x="{x + side / 2}" y="{y + side * 0.65}">{LETTERS.get(rank or 0, "–")}</text>'
            f"{_title(row['says'])}</a>"
        )
    frame = f'<svg class="tiles" viewBox="0 0 {width} {height}" role="group" aria-label="{escape(says)}">'
    return _markup(f"{frame}{''.join(parts)}</svg>")


def joins(name: str, left: Sequence[tuple[str, str]], right: Sequence[tuple[str, str]], says: str) -> Markup:
    """A table in the middle, the tables that join to it on the left, and those that it joins to on the right.

    Each is a name and the address of its page.
    """
    height = max(len(left), len(right), 1) * STEP + 8
    parts = []
    for x, end, to, tables in ((0, 31, 35, left), (69, 69, 65, right)):
        for number, (other, href) in enumerate(tables):
            y = (number + 0.5) * height / len(tables)
            parts.append(f'<line class="join" x1="{end}%" y1="{y}" x2="{to}%" y2="{height / 2}"/>')
            parts.append(_linked(href, other, _box(x, y, 31, other)))
    parts.append(_box(35, height / 2, 30, name))
    return _svg(parts, height, says, is_picture=False)


def _bar(left: float, top: float, width: float, rank: int | None, title: str, words: str, indent: int) -> str:
    """A bar in the colour of a grade; words that do not fit are cut at its end."""
    return (
        f'<svg x="{left}%" y="{top}" width="{width}%" height="28" class="span rank-{rank or "none"}">{_title(title)}'
        f'<rect width="100%" height="28"/><text x="{indent}" y="19">{words}</text></svg>'
    )


def _dashed(x: float, height: float, title: str) -> str:
    return f'<line class="break" x1="{x}%" x2="{x}%" y1="0" y2="{height - ROW}">{_title(title)}</line>'


def _box(x: float, middle: float, width: float, words: str) -> str:
    return (
        f'<svg x="{x}%" y="{middle - 15:.1f}" width="{width}%" height="30"><rect class="box" width="100%" height="30"/>'
        f'<text x="8" y="20">{escape(words)}</text></svg>'
    )


def _linked(href: str, words: str, mark: str) -> str:
    return f'<a href="{escape(href)}" aria-label="{escape(words)}">{mark}</a>'


def _years(axis: Axis, height: float) -> str:
    """A line a year, with the year below it."""
    return "".join(
        f'<line class="year" x1="{x}%" x2="{x}%" y1="0" y2="{height - ROW + 4}"/>'
        f'<text class="tick middle" x="{x}%" y="{height - 8}">{date.year}</text>'
        for date, x in ((date, axis.at(date)) for date in axis.years())
    )


def _text(x: float, y: float, words: str, kind: str) -> str:
    return f'<text class="{kind}" x="{x}%" y="{y}">{escape(words)}</text>'


def _title(words: str) -> str:
    return f"<title>{escape(words)}</title>"


def _svg(parts: Sequence[str], height: float, says: str, *, is_picture: bool = True) -> Markup:
    role = "img" if is_picture else "group"
    frame = f'<svg class="chart" width="100%" height="{height}" role="{role}" aria-label="{escape(says)}">'
    return _markup(f"{frame}{''.join(parts)}</svg>")


def _markup(html: str) -> Markup:
    return Markup(html)  # noqa: S704 -- every text in it went through escape
