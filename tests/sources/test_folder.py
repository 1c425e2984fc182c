"""A directory of PDFs is listed by its names alone, whatever they are."""

import datetime as dt
import hashlib
import os
from pathlib import Path

import pytest

from pipelines.sources.folder import FolderSource, folder_state, list_folder
from pipelines.sources.named import source_named
from pipelines.sources.published import (
    Fetched,
    Holding,
    Listing,
    PublishedReport,
    QuarantinedFile,
    RememberedSite,
    SourceError,
)

HEADER = "provider_urn,authority,label,published_date,source_url,path\n"


def listed(folder: Path) -> Listing:
    return list_folder(folder, str(folder), None)


def put(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"never opened")
    return path


def publications(folder: Path) -> list[PublishedReport]:
    return [report.publication for report in listed(folder).reports]


def test_the_layout_gives_urn_name_label_and_date(tmp_path: Path) -> None:
    put(tmp_path / "deep" / "80495_greenwich" / "children's services inspection - 27 january 2020.PDF")
    assert publications(tmp_path) == [
        PublishedReport(
            "deep/80495_greenwich/children's services inspection - 27 january 2020.PDF",
            provider_urn="80495",
            authority_name="greenwich",
            label="children's services inspection",
            published_date=dt.date(2020, 1, 27),
        )
    ]


def test_bare_names_leave_the_rest_to_the_cover(tmp_path: Path) -> None:
    put(tmp_path / "report.pdf")
    put(tmp_path / ".hidden" / "truth.pdf")
    put(tmp_path / "notes.txt")
    assert publications(tmp_path) == [PublishedReport(".hidden/truth.pdf"), PublishedReport("report.pdf")]


def test_a_date_that_never_was_is_left_open_and_said(tmp_path: Path) -> None:
    put(tmp_path / "inspection - 31 february 2020.pdf")
    listing = listed(tmp_path)
    assert listing.reports[0].publication.published_date is None
    assert "31 february 2020" in listing.warnings[0]


@pytest.mark.parametrize("name", ['it\'s "quoted", a & b.pdf', "Ynys Môn – d’été.pdf", "line\nbreak.pdf", "%s{}.pdf"])
def test_odd_names_are_kept_as_they_are(tmp_path: Path, name: str) -> None:
    path = put(tmp_path / name)
    (report,) = listed(tmp_path).reports
    assert (report.publication.source_path, report.location) == (name, str(path))


def test_a_name_that_is_no_text_can_be_shown_and_still_be_found(tmp_path: Path) -> None:
    path = put(Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.pdf")))
    (report,) = listed(tmp_path).reports
    assert report.publication.source_path == "caf\\xe9.pdf"
    assert report.publication.source_path.encode()
    assert report.location == str(path)


def test_loops_of_links_end_and_each_report_is_listed_under_its_own_path(tmp_path: Path) -> None:
    root = tmp_path / "root"
    put(root / "z_real" / "a.pdf")
    (root / "a_link").symlink_to(root / "z_real")
    (root / "z_real" / "up").symlink_to(root)
    outside = put(tmp_path / "outside" / "b.pdf")
    (root / "linked.pdf").symlink_to(root / "z_real" / "a.pdf")
    (root / "itself.pdf").symlink_to(root / "itself.pdf")
    for number in range(3):
        (root / f"elsewhere{number}").symlink_to(outside.parent)
    (root / "z_real" / "b.pdf").symlink_to(outside)
    (root / "nowhere.pdf").symlink_to("../../gone.pdf")
    listing = listed(root)
    assert [one.publication.source_path for one in listing.reports] == ["itself.pdf", "linked.pdf", "z_real/a.pdf"]
    assert listing.warnings == (
        "The link elsewhere0 leads out of the folder: it is left out. There are 4 more like it.",
    )
    assert folder_state(root) is not None


def test_the_archive_of_a_data_folder_in_the_directory_is_no_part_of_it(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    raw = tmp_path / "data" / "raw"
    state = folder_state(tmp_path, raw)
    put(raw / "files" / "ab" / "abc.pdf")
    source = source_named(str(tmp_path), raw)
    whole = source.list(RememberedSite(), False, lambda n_done, n_in_all: None)
    assert [one.publication.source_path for one in whole.reports] == ["a.pdf"]
    assert folder_state(tmp_path, raw) == state
    within = source_named(str(raw), raw).list(RememberedSite(), False, lambda n_done, n_in_all: None)
    assert [one.publication.source_path for one in within.reports] == ["files/ab/abc.pdf"]


@pytest.mark.parametrize("place", ["reports", ""])
def test_a_catalogue_beside_or_in_the_folder_wins_over_names(tmp_path: Path, place: str) -> None:
    folder = tmp_path / "reports"
    put(folder / "1234_nobody" / "label - 1 may 2020.pdf")
    prefix = "" if place else "reports/"
    (tmp_path / place / "catalogue.csv").write_text(
        HEADER
        + f'80495,"green, wich",inspection,2020-01-27,https://files/1,{prefix}1234_nobody/label - 1 may 2020.pdf\n'
        + ("" if place else "80495,greenwich,inspection,2020-01-27,https://files/1,other/not below.pdf\n"),
        encoding="utf-8-sig",
    )
    assert publications(folder) == [
        PublishedReport(
            "1234_nobody/label - 1 may 2020.pdf",
            "https://files/1",
            "80495",
            "green, wich",
            "inspection",
            dt.date(2020, 1, 27),
        )
    ]
    assert listed(folder).warnings == ()


def test_one_file_under_two_addresses_is_two_publications(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    (tmp_path / "catalogue.csv").write_text(HEADER + "1,x,l,,https://files/2,a.pdf\n1,x,l,,https://files/1,a.pdf\n")
    assert [report.source_url for report in publications(tmp_path)] == ["https://files/1", "https://files/2"]


@pytest.mark.parametrize("column", ["file_sha256", "sha256"])
def test_a_catalogue_with_hashes_knows_a_file_under_another_name(tmp_path: Path, column: str) -> None:
    put(tmp_path / "renamed.pdf")
    put(tmp_path / "other.pdf").write_bytes(b"not in the catalogue")
    file_sha256 = hashlib.sha256(b"never opened").hexdigest().upper()
    row = f"80495,greenwich,focused visit,2020-01-27,https://files.example/1,80495/as listed.pdf,{file_sha256}\n"
    (tmp_path / "catalogue.csv").write_text(f"{HEADER.strip()},{column}\n{row}", encoding="utf-8")
    by_path = {one.source_path: one for one in publications(tmp_path)}
    assert by_path["renamed.pdf"].source_url == "https://files.example/1"
    assert by_path["renamed.pdf"].published_date == dt.date(2020, 1, 27)
    assert by_path["other.pdf"].source_url is None


def test_a_row_that_stands_twice_is_one_publication(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    (tmp_path / "catalogue.csv").write_text(HEADER + "1,x,l,,https://files/1,a.pdf\n1,x,l,,https://files/1,a.pdf\n")
    listing = listed(tmp_path)
    assert len(listing.reports) == 1
    assert "line 3: a.pdf has this address on an earlier line" in listing.warnings[0]


def test_a_catalogue_of_many_wrong_rows_is_told_in_a_line_for_each_kind(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    (tmp_path / "catalogue.csv").write_text(
        HEADER
        + "".join(f"1,x,l,,,gone/{number}.pdf\n" for number in range(100_000))
        + "".join(f"1,x,l,,,/etc/{number}.pdf\n" for number in range(1_000))
        + f"1,x,l,,,{'x' * 100_000}\n"
        + "1,x,l,{},,a.pdf\n".format("9" * 100_000)
    )
    listing = listed(tmp_path)
    assert len(listing.reports) == 1
    assert listing.warnings[0] == ("The catalogue lists gone/0.pdf, which is not there. There are 99,999 more like it.")
    assert "There are 1,000 more like it." in listing.warnings[1]
    assert len(listing.warnings) == 3
    assert all(len(warning) < 300 for warning in listing.warnings)


def test_an_accented_name_is_found_however_the_file_system_spells_it(tmp_path: Path) -> None:
    put(tmp_path / "Mo\u0302n.pdf")
    (tmp_path / "catalogue.csv").write_text(HEADER + "1,x,l,2020-01-01,,M\u00f4n.pdf\n", encoding="utf-8")
    assert publications(tmp_path)[0].published_date == dt.date(2020, 1, 1)


def test_wrong_rows_of_a_catalogue_are_named(tmp_path: Path) -> None:
    put(tmp_path / "a.pdf")
    (tmp_path / "catalogue.csv").write_text(
        HEADER + "1,x,l,27/01/2020,,a.pdf\n1,x,l,,,gone.pdf\n1,x,l,,,../up.pdf\n1,x,l,,,\n"
    )
    warnings = "\n".join(listed(tmp_path).warnings)
    for words in ("line 2: published_date '27/01/2020'", "lists gone.pdf", "line 4: '../up.pdf'", "line 5: ''"):
        assert words in warnings


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"urn,name\n1,x\n", "it has no column provider_urn, authority"),
        (b"\xff\xfe\x00 not text", "it is not written in UTF-8"),
        (HEADER.encode() + b"1,Conwy caf\xe9,l,,,a.pdf", "it is not written in UTF-8"),
        (HEADER.replace(",", ";").encode(), "its columns are separated by semicolons"),
        (HEADER.encode() + b'1,"x,l,,,a.pdf', "unexpected end of data"),
    ],
)
def test_an_unusable_catalogue_stops_its_own_folder_and_only_warns_below(
    tmp_path: Path, content: bytes, why: str
) -> None:
    put(tmp_path / "below" / "a.pdf")
    (tmp_path / "catalogue.csv").write_bytes(content)
    with pytest.raises(SourceError, match=f"catalogue.csv can't be used as a catalogue: {why}.*Correct it or move it"):
        listed(tmp_path)
    below = listed(tmp_path / "below")
    assert "can't be used as a catalogue" in below.warnings[0]
    assert len(below.reports) == 1


def test_narrowing_looks_at_path_and_authority_in_any_case(tmp_path: Path) -> None:
    for name in ("80495_greenwich/a.pdf", "80496_hackney/b.pdf", "80496_hackney/c.pdf"):
        put(tmp_path / name)
    whole = listed(tmp_path)
    assert [Path(one.location).name for one in whole.narrowed("HACKN", None).reports] == ["b.pdf", "c.pdf"]
    narrowed = whole.narrowed("hack", 1)
    assert [Path(one.location).name for one in narrowed.reports] == ["b.pdf"]
    assert narrowed.selection
    assert not whole.narrowed(None, None).selection


def test_a_file_that_cannot_be_taken_in_is_refused_in_the_words_of_the_system(tmp_path: Path) -> None:
    (tmp_path / "loop.pdf").symlink_to(tmp_path / "loop.pdf")
    os.mkfifo(tmp_path / "pipe.pdf")
    (tmp_path / "big.pdf").write_bytes(b"x" * 11)
    (tmp_path / "good.pdf").write_bytes(b"x" * 10)
    source = FolderSource(tmp_path, "here", None, max_file_bytes=10)

    def fetched(name: str) -> object:
        return source.fetch(Holding(1, PublishedReport(name), str(tmp_path / name)), force=False)

    assert fetched("gone.pdf") == QuarantinedFile("damaged_pdf", "No such file or directory")
    assert fetched("loop.pdf") == QuarantinedFile("damaged_pdf", "Too many levels of symbolic links")
    assert fetched("pipe.pdf") == QuarantinedFile("damaged_pdf", "Not a plain file")
    assert fetched("big.pdf") == QuarantinedFile("too_large", "11 bytes; the limit is 10")
    assert isinstance(fetched("good.pdf"), Fetched)


def test_a_folder_is_another_when_a_report_or_its_catalogue_is(tmp_path: Path) -> None:
    assert folder_state(tmp_path) is None
    assert folder_state(tmp_path / "not there") is None
    (tmp_path / "notes.txt").write_text("no report")
    assert folder_state(tmp_path) is None
    states = []
    report = tmp_path / "below" / "A.PDF"
    report.parent.mkdir()
    for size in (1, 2):
        report.write_bytes(b"x" * size)
        states.append(folder_state(tmp_path))
    os.utime(report, ns=(1, 1))
    states.append(folder_state(tmp_path))
    (tmp_path / "catalogue.csv").write_text("path")
    states.append(folder_state(tmp_path))
    assert len(set(states)) == 4
    (tmp_path / "more notes.txt").write_text("no report")
    assert folder_state(tmp_path) == states[-1]
