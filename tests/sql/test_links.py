"""Every report has a link that leads to it, or an issue that says why not."""

import msgspec

from pipelines.sources.published import ArchivedReport
from tests.histories import frames_of, parsed_report, publication, tables_of

PAGE_OF_BARNET = "https://reports.ofsted.gov.uk/provider/44/80487"


def in_a_folder(name: str, urn: str | None) -> ArchivedReport:
    """A publication of which no address is known."""
    known = publication(name, urn)
    return msgspec.structs.replace(known, publication=msgspec.structs.replace(known.publication, source_url=None))


def test_a_paragraph_links_to_its_page_or_else_to_the_page_of_its_authority() -> None:
    publications = [publication("a"), in_a_folder("b", "80487"), in_a_folder("c", None)]
    reports = [
        parsed_report("a"),
        parsed_report("b", visits=[("2022-05-09", "2022-05-13")]),
        parsed_report("c", authority="Dorset County Council", visits=[("2018-05-14", "2018-05-18")]),
    ]
    with tables_of(frames_of(publications, reports)) as asked:
        links = asked.execute(
            """select distinct authority_name, start_date::varchar, source_url, page_url
               from search_paragraphs('quality plans') order by start_date"""
        ).fetchall()
        issues = asked.execute(
            """select i.code, i.severity, i.excerpt from quality.extraction_issues i
               where code = 'no_source_address'"""
        ).fetchall()
    assert links == [
        ("Dorset (county)", "2018-05-14", None, None),
        ("Barnet", "2019-05-13", "https://files.example/a", "https://files.example/a#page=1"),
        ("Barnet", "2022-05-09", None, PAGE_OF_BARNET),
    ]
    assert issues == [("no_source_address", "info", "None/c.pdf")]
