"""Files that hold less than a report, or more: pages without text, lost, doubled or shuffled, a second cover."""

from collections.abc import Sequence

import pytest

from pipelines.parsing.completeness import completeness_issues
from pipelines.parsing.layout import measure
from pipelines.reading.lines import Page
from tests.parsing.builders import RIGHT, page, row, running

TEXT = running("Children who need help and protection receive it when", "they need it and their families are heard.")


def pages(*printed: int, footer: str = "Inspection of Marrowby services") -> list[Page]:
    """Pages with text and the numbers that are printed on them, beside a running footer or alone."""
    return [
        page([*TEXT, row(800.0, *([(70.0, footer)] if footer else []), (RIGHT - 12, str(shown)), size=9.0)], number)
        for number, shown in enumerate(printed, start=1)
    ]


def told(made: Sequence[Page]) -> list[tuple[str, int | None]]:
    return [(issue.code, issue.page_number) for issue in completeness_issues(made, measure(made))]


@pytest.mark.parametrize("footer", ["Inspection of Marrowby services", ""])
@pytest.mark.parametrize(
    ("printed", "at"),
    [
        ((1, 2, 3, 4, 5), []),
        ((2, 3, 4, 5), []),
        ((1, 2, 5, 6), [3]),
        ((1, 2, 3, 3, 4), [4]),
        ((1, 2, 4, 3, 5), [3, 4, 5]),
        ((1, 2, 3, 1, 2), []),
    ],
)  # fmt: skip
def test_printed_page_numbers_tell_of_pages_lost_doubled_and_shuffled(
    footer: str, printed: tuple[int, ...], at: list[int]
) -> None:
    assert told(pages(*printed, footer=footer)) == [("page_numbers_differ", number) for number in at]


@pytest.mark.parametrize("written", ["- {} -", "Inspection of Marrowby services {}", "{} | Inspection of Marrowby"])
def test_page_numbers_are_known_in_other_forms(written: str) -> None:
    made = [
        page([*TEXT, row(800.0, (70.0, written.format(shown)), size=9.0)], number)
        for number, shown in enumerate((1, 2, 4, 5), start=1)
    ]
    assert told(made) == [("page_numbers_differ", 3)]


def test_a_page_with_nothing_but_its_margins_is_named() -> None:
    made = pages(1, 2, 3, 4)
    made[2] = page([line for line in made[2].lines if line.top > 790], 3)
    assert told(made) == [("page_without_text", 3)]


def test_a_page_without_text_is_named() -> None:
    made = [*pages(1, 2), page([], 3), *[page(one.lines, one.page_number) for one in pages(1, 2, 3, 4)[3:]]]
    assert told(made) == [("page_without_text", 3)]


def test_a_second_cover_is_told() -> None:
    cover = [row(90, (70.0, "Marrowby"), size=26.0), row(130, (70.0, "Inspection date: 4 May 2018"))]
    made = [*pages(1, 2), page([*cover, *TEXT], 3)]
    assert told(made) == [("second_cover", 3)]
