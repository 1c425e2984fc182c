"""How much text a line and a page of a report may hold: the time of the patterns that run over it can grow faster."""

from collections.abc import Sequence
from typing import Final

from pipelines.reading.lines import Page
from pipelines.reading.unreadable import UnreadableFileError

LONGEST_LINE: Final = 2_000
"""Characters. The longest line of 507 real reports has 130."""
FULLEST_PAGE: Final = 50_000
"""Characters. The fullest page of them has 3,608."""


def check_lengths(pages: Sequence[Page]) -> None:
    """Raise UnreadableFileError (too_large) where a line or a page holds more text than any report's."""
    for page in pages:
        lengths = [len(line.text) for line in page.lines]
        for what, n, most in (("line", max(lengths, default=0), LONGEST_LINE), ("page", sum(lengths), FULLEST_PAGE)):
            if n > most:
                detail = f"a {what} of {n:,} characters, on page {page.page_number}; a report's has at most {most:,}"
                raise UnreadableFileError("too_large", detail)
