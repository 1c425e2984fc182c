"""When a listing is too small to be true.

Belongs here: the measure against the last listing.
Stays out: pages that are not as expected (`pages.py`).
"""

from pipelines.sources.published import SourceError

SHRUNKEN_BY = 10
"""A listing that lost one in so many, or more, is refused."""


class ShrunkenListingError(SourceError):
    """Much less is listed than last time."""


def check_not_shrunken(what: str, n_now: int, n_last: int, accept_shrunken: bool) -> None:
    """Raise ShrunkenListingError when a tenth or more of what was listed last is gone, unless that is accepted."""
    if not accept_shrunken and (n_last - n_now) * SHRUNKEN_BY >= n_last > 0:
        raise ShrunkenListingError(
            f"The site lists {n_now:,} {what} where it listed {n_last:,} last time. A listing that lost a tenth is not"
            " believed, and the last one stands. If it is true, build with --accept-shrunken-listing."
        )
