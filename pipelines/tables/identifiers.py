"""Keys that stay the same between builds of the same bytes.

Belongs here: how a key is made from a file's hash and a place in its report.
Stays out: what the keys are keys of (`schemas.py`).
"""


def report_id(file_sha256: str) -> str:
    """The key of a report, and of the inspection that it tells of: the first 16 digits of its file's SHA-256."""
    return file_sha256[:16]


def section_id(report_id: str, ordinal: int) -> str:
    """The key of a section.

    >>> section_id("0123456789abcdef", 7)
    '0123456789abcdef-s007'
    """
    return f"{report_id}-s{ordinal:03d}"


def paragraph_id(report_id: str, ordinal: int) -> str:
    """The key of a paragraph.

    >>> paragraph_id("0123456789abcdef", 12)
    '0123456789abcdef-p0012'
    """
    return f"{report_id}-p{ordinal:04d}"


def recommendation_id(report_id: str, ordinal: int) -> str:
    """The key of a recommendation.

    >>> recommendation_id("0123456789abcdef", 3)
    '0123456789abcdef-r003'
    """
    return f"{report_id}-r{ordinal:03d}"
