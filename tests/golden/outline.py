"""What a report says, short enough to be read by people and whole enough to catch a change."""

from collections.abc import Iterator

from pipelines.parsing.facts import Judgement, Paragraph, ParsedReport


def outline(report: ParsedReport) -> str:
    """Cover, judgements with their places, sections with the ends of their paragraphs, recommendations, issues."""
    return "\n".join(_rows(report)) + "\n"


def _rows(report: ParsedReport) -> Iterator[str]:
    cover = report.cover
    yield f"{report.framework_code}, {report.page_count} pages, {report.word_count} words"
    yield f"title: {cover.title}"
    yield f"authority: {cover.authority_as_written}"
    yield f"visits: {', '.join(f'{visit.start_date} to {visit.end_date}' for visit in cover.visits)}"
    yield f"lead: {'; '.join(cover.lead_inspectors)}"
    if cover.letter_date or not report.judgements:
        yield from _activity(report)
    yield f"published, as the report says: {cover.published_date_in_text}"
    yield "\n## Judgements"
    yield from map(_judgement, report.judgements)
    yield "\n## Sections and paragraphs"
    yield from (_paragraph(one) for one in report.paragraphs if one.section is None)
    for section in report.sections:
        about = f"{section.judgement_code or '-'} {section.grade or '-'}"
        yield f"{'#' * section.level} {section.heading} [{section.part}, {about}, p{section.page_number}]"
        yield from (_paragraph(one) for one in report.paragraphs if one.section == section.ordinal)
    yield "\n## Recommendations"
    for one in report.recommendations:
        refs = f" ({', '.join(one.national_framework_refs)})" if one.national_framework_refs else ""
        refs += f" by {'; '.join(one.responsible_bodies)}" if one.responsible_bodies else ""
        yield f"{one.ordinal}. [{one.kind} to {one.addressed_to}, {len(one.text)}] {_first_and_last(one.text)}{refs}"
    if report.strengths:
        yield "\n## Strengths"
        yield from (f"{one.ordinal}. [{len(one.text)}] {_first_and_last(one.text)}" for one in report.strengths)
    yield "\n## Issues"
    yield from (f"- {one.severity} {one.code}, page {one.page_number}: {one.message}" for one in report.issues)


def _activity(report: ParsedReport) -> Iterator[str]:
    """What is said of a visit or joint inspection beside its text."""
    cover = report.cover
    yield f"letter of {cover.letter_date}, {cover.mode or 'no mode told'}, by {', '.join(cover.inspectorates)}"
    if cover.theme:
        yield f"theme: {cover.theme.theme_code}: {cover.theme.theme_as_written}"
    yield f"inspection before: {cover.previous_inspection_as_written}"
    yield from (f"- {one.role} of {one.inspectorate}: {one.name}, {one.position_as_written}" for one in cover.people)
    yield from (f"- {one.organisation_kind}: {one.organisation_as_written}" for one in cover.partners)
    if report.outcome:
        yield f"outcome: {report.outcome.outcome_code}, page {report.outcome.page_number}"
    for step in report.next_steps:
        time = f"{'about ' if step.is_approximate else ''}{step.months} months" if step.months else "no time"
        yield f"next: {step.kind}, {time}, due {step.due_date}, {step.responsible_body}, page {step.page_number}"
    yield from (f"list: {one.list} {one.status}, {one.n_items}" for one in report.lists)


def _judgement(judgement: Judgement) -> str:
    box = " ".join(
        f"{edge:.0f}" for edge in (judgement.box.x0, judgement.box.top, judgement.box.x1, judgement.box.bottom)
    )
    confirmed = {None: "no heading", True: "confirmed", False: "contradicted"}[judgement.is_confirmed_by_heading]
    return (
        f"- {judgement.judgement_code}: {judgement.grade} ({judgement.grade_as_written!r} for"
        f" {judgement.label_as_written!r}), {judgement.evidence}, page {judgement.page_number} at {box}, {confirmed}"
    )


def _paragraph(paragraph: Paragraph) -> str:
    counted = "" if paragraph.paragraph_number is None else f" #{paragraph.paragraph_number}"
    pages = "-".join(str(page) for page in dict.fromkeys((paragraph.page_first, paragraph.page_last)))
    about = f"[{paragraph.kind}{counted}, p{pages}, {len(paragraph.text)}]"
    return f"    {paragraph.number_as_printed or '-'} {about} {_first_and_last(paragraph.text)}"


def _first_and_last(text: str) -> str:
    """The ends of a text, which tell whether it was cut or ran into another."""
    words = text.split()
    return text if len(words) <= 12 else f"{' '.join(words[:6])} … {' '.join(words[-4:])}"
