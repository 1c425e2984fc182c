"""How a report is set: the size of its running text, the edges of its columns, and what stands in its margins.

Measures are taken once over the whole report; single lines are judged by them in `blocks.py` and `paragraphs.py`.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from pipelines.parsing.margins import margin_roles
from pipelines.reading.lines import Line, Page


class Layout(NamedTuple):
    """Measures of one report, in points. `right` is where full lines of running text end.

    `margins` are the roles of the lines in the margins, by page and line number.
    """

    body_size: float
    right: float
    margins: Mapping[tuple[int, int], str]

    def is_small(self, line: Line) -> bool:
        """Whether a line is set in small type: a footnote, an imprint."""
        return line.font_size < self.body_size - 0.9

    def is_large(self, line: Line) -> bool:
        """Whether a line is set larger than the running text."""
        return line.font_size > self.body_size + 0.9


def measure(pages: Sequence[Page]) -> Layout:
    """The layout of a report, from the sizes and right ends of all its lines."""
    sizes: Counter[float] = Counter()
    for page in pages:
        for line in page.lines:
            sizes[round(line.font_size)] += len(line.text)
    common = sizes.most_common(1)[0][0] if sizes else 12.0
    ends = sorted(
        line.x1 for page in pages for line in page.lines if round(line.font_size) == common and not line.is_bold
    )
    return Layout(float(common), ends[int(len(ends) * 0.97)] if ends else 540.0, margin_roles(pages))
