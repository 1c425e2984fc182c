"""Which framework a report belongs to, and whose report its cover says it is."""

import datetime as dt
import re
from typing import NamedTuple

from pipelines.report_kinds.matching import found_in
from pipelines.report_kinds.registry import Framework, load_frameworks, load_other_kinds


class Title(NamedTuple):
    """A title understood: the framework, and the words that name the authority (empty where none do)."""

    framework: Framework
    authority_as_written: str


def match_title(title: str, inspected: dt.date) -> Title | None:
    """The framework that a title belongs to on the date of an inspection; None where no framework has such a title.

    Where several frameworks share a title the date decides; if none was in force then, the nearest in time does.
    """
    if other_kind(title):
        return None
    found: list[tuple[int, int, Title]] = []
    for framework in load_frameworks():
        match = found_in(framework.titles, title)
        if match:
            found.append(
                (
                    framework.days_away(inspected),
                    framework.sort_order,
                    Title(framework, _authority(title, match, framework)),
                )
            )
    return min(found, key=lambda item: item[:2])[2] if found else None


def other_kind(title: str) -> str | None:
    """The name of the kind of report that stands beside inspections, when a title is one of those."""
    return next((kind.name for kind in load_other_kinds() if found_in((kind,), title)), None)


def _authority(title: str, match: re.Match[str], framework: Framework) -> str:
    """The authority inside the title, or else the words before it, or else those after it; its board stands for it."""
    named = match.groupdict().get("authority")
    words = (named or title[: match.start()] or title[match.end() :]).strip(" ,.-")
    ending = found_in(framework.name_endings, words)
    return words[: ending.start()] if ending else words
