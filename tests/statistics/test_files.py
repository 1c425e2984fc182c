"""A file that is no edition is refused with a sentence, and never ends in a traceback."""

import io
import re
import zipfile

import pytest

from pipelines.statistics import edition as edition_module
from pipelines.statistics.edition import read_edition
from pipelines.statistics.rows import UnusableEditionError
from tests.statistics.books import as_ods, as_xlsx
from tests.statistics.editions import edition_2025


def repacked(content: bytes, member: str, change: bytes | None) -> bytes:
    """A package with one of its files changed."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            kept = old.read(name) if name != member else change
            if kept is not None:
                new.writestr(name, kept)
    return file.getvalue()


ODS, XLSX = as_ods(edition_2025()), as_xlsx(edition_2025())
_SHEET = "xl/worksheets/sheet3.xml"
with zipfile.ZipFile(io.BytesIO(ODS)) as _package:
    _CONTENT = _package.read("content.xml")
with zipfile.ZipFile(io.BytesIO(XLSX)) as _package:
    _SHEET_CONTENT = _package.read(_SHEET)

BAD = {
    "empty": (b"", "it is empty"),
    "a PDF": (b"%PDF-1.7 and so on", "no spreadsheet"),
    "a CSV": (b"Web link,Local authority name\n", "no spreadsheet"),
    "a page": (b"<html>Report not found</html>", "no spreadsheet"),
    "cut off": (ODS[: len(ODS) // 2], "no spreadsheet"),
    "cut off Excel": (XLSX[:-200], "no spreadsheet"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "encrypted or in the old Excel format"),
    "encrypted": (repacked(ODS, "META-INF/manifest.xml", b"<manifest:encryption-data/>"), "it is encrypted"),
    "flipped bits": (ODS[:300] + bytes(40) + ODS[340:], "no spreadsheet"),
    "content cut off": (repacked(ODS, "content.xml", _CONTENT[: len(_CONTENT) // 2]), "no spreadsheet"),
    "no content": (repacked(ODS, "content.xml", None), "no spreadsheet"),
    "content of another kind": (repacked(ODS, "content.xml", b"<html/>"), "no sheet that can be seen"),
    "sheet cut off": (repacked(XLSX, _SHEET, _SHEET_CONTENT[: len(_SHEET_CONTENT) // 2]), ""),
    "sheet missing": (repacked(XLSX, _SHEET, None), ""),
}


@pytest.mark.parametrize("name", BAD)
def test_file_that_is_no_edition_is_refused_with_a_sentence(name: str) -> None:
    content, expected = BAD[name]
    with pytest.raises(UnusableEditionError, match=r"^statistics\.ods can't be used: ") as caught:
        read_edition(content, "statistics.ods")
    assert expected in str(caught.value)


def test_what_the_library_leaves_out_is_read() -> None:
    """A failed formula is no blank cell, and a new line parts two words."""
    grade = b'<c r="K4" t="s">'
    assert grade in _SHEET_CONTENT
    failed = re.sub(grade + b"<v>[0-9]+</v>", b'<c r="K4" t="e"><v>#N/A</v>', _SHEET_CONTENT)
    with pytest.raises(UnusableEditionError, match=r"cell K4 holds '#N/A'. Expected there: a grade"):
        read_edition(repacked(XLSX, _SHEET, failed), "failed.xlsx")
    text = b'office:value-type="string"><text:p>Outstanding'
    failed = _CONTENT.replace(text, b'office:string-value="" office:value-type="string"><text:p>#REF!', 1)
    with pytest.raises(UnusableEditionError, match=r"cell J4 holds '#REF!'. Expected there: a grade"):
        read_edition(repacked(ODS, "content.xml", failed), "failed.ods")
    broken = _CONTENT.replace(b"Overall effectiveness", b"Overall<text:line-break/>effectiveness")
    assert read_edition(repacked(ODS, "content.xml", broken), "a.ods").rows == read_edition(ODS, "a.ods").rows


def test_limits_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(edition_module, "LARGEST_FILE", 1000)
    with pytest.raises(UnusableEditionError, match="larger than 1,000 bytes"):
        read_edition(ODS, "large.ods")
    monkeypatch.undo()
    with pytest.raises(UnusableEditionError, match="a cell so far out"):
        read_edition(as_xlsx({"Far": [[None] * 300, *[[]] * 20_000, [None] * 299 + ["here"]]}), "far.xlsx")
    monkeypatch.setattr(edition_module, "LARGEST_UNPACKED", 5000)
    with pytest.raises(UnusableEditionError, match="larger than 5,000 bytes when unpacked"):
        read_edition(ODS, "large.ods")
