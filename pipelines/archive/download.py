"""One publication's file from the web into the archive, checked before it is believed.

Belongs here: what an answer must be to be taken in as a report, and keeping it.
Stays out: asking politely (`sources/http.py`), and which publications are asked about (`fetching.py`).
"""

import re
from pathlib import Path

import msgspec

from pipelines.archive.store import RefusedFile, StoredFile, archived_path, store_file
from pipelines.sources.http.answers import FetchError, FileAnswer, TooLargeError
from pipelines.sources.http.client import Visitor
from pipelines.sources.ofsted.pages import is_not_found_page
from pipelines.sources.published import Validators

PDF_TYPES = frozenset({"application/pdf", "application/x-pdf", "application/octet-stream", "binary/octet-stream", ""})
_PDF_START = re.compile(rb"%PDF-\d")
_PDF_END = b"%%EOF"
_START = 1024
"""The first bytes, among which a PDF says that it is one, and the last, among which it says that it is whole."""


class Download(msgspec.Struct, frozen=True):
    """What an address serves now, and by what its server will know it again."""

    served: StoredFile | RefusedFile
    validators: Validators


def part_of(archive: Path) -> Path:
    """Where a file lies while it arrives. What a killed process left there is no use to anybody."""
    return archive / "arriving.part"


def download(
    visitor: Visitor, address: str, archive: Path, held: str | None, validators: Validators, max_bytes: int
) -> Download | None:
    """Take in what an address serves; None when that is the file that is `held` (its sha256).

    The site's page for reports that it does not have is taken in, for that is what is published there, but never in
    place of a report. Raises FetchError when what comes is not to be believed, OSError when the archive is full.
    """
    archive.mkdir(parents=True, exist_ok=True)
    part = part_of(archive)
    try:
        with part.open("wb") as file:
            answer = visitor.file(address, validators, file)
        if answer is None:
            return None
        if _check_is_report(address, part, answer):
            return Download(store_file(part, archive, max_bytes), answer.validators)
        if held is None:
            return Download(store_file(part, archive, max_bytes), answer.validators)
        if is_not_found_page(archived_path(archive, held).read_bytes()):
            return None
        raise FetchError(f"{address} serves a page that says 'Report not found'. The report that is held stays.")
    except TooLargeError as error:
        if held is not None:
            raise
        return Download(RefusedFile("too_large", str(error)), Validators())
    finally:
        part.unlink(missing_ok=True)


def _check_is_report(address: str, part: Path, answer: FileAnswer) -> bool:
    """Whether what arrived is a PDF rather than the page 'Report not found'. Raises FetchError for anything else."""
    content = part.read_bytes()
    if _PDF_START.search(content[:_START]):
        if answer.content_type not in PDF_TYPES:
            raise FetchError(f"{address} answered with {answer.content_type} where a PDF was expected.")
        if not answer.is_whole and _PDF_END not in content[-_START:]:
            raise FetchError(f"{address} broke off: neither the answer nor the PDF has an end.")
        return True
    if is_not_found_page(content):
        return False
    raise FetchError(
        f"{address} answered with {answer.content_type or 'no type'} that is no PDF. It begins: {content[:40]!r}"
    )
