"""Why a file can't be read, found before any of it is read."""

import re

_MARK_WITHIN = 1024
_END_WITHIN = 2048
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


class UnreadableFileError(Exception):
    """A file that can't be read: `reason` is one of the contract's, `detail` says what was seen."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


def too_many_pages(n_pages: int, max_pages: int) -> UnreadableFileError:
    """The error for a file longer than any report."""
    return UnreadableFileError("too_large", f"{n_pages} pages; a report has at most {max_pages}")


def check_mark(pdf: bytes) -> None:
    """Raise UnreadableFileError (not_a_pdf) where the first kilobyte holds no mark of a PDF."""
    head = pdf[:_MARK_WITHIN]
    if b"%PDF-" not in head:
        raise UnreadableFileError("not_a_pdf", _what_it_is(head))


def is_whole(pdf: bytes) -> bool:
    """Whether a PDF has its end mark near its end: one that was cut has not, though some libraries mend it."""
    return b"%%EOF" in pdf[-_END_WITHIN:]


def count_page_marks(pdf: bytes) -> int:
    """How many pages a file says it holds, as far as that is not compressed: its list of them may name fewer."""
    return len(_PAGE.findall(pdf))


def _what_it_is(head: bytes) -> str:
    if not head:
        return "the file is empty"
    start = head.lstrip().lower()
    if start.startswith((b"<!doctype html", b"<html")):
        return "a web page stands where the PDF should be"
    return f"the file starts with {head[:24]!r}"
