"""What one report says, once its lines are understood: the shapes that `parse_report` returns.

Written forms stand beside vocabulary; what they are matched to is for `tables/`.
Like lines, facts can't refer to themselves, so Python need not look for cycles among the many small ones (`gc=False`).
"""

import datetime as dt

import msgspec

from pipelines.reading.lines import Box


class Visit(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One stay of the inspectors, first and last day."""

    start_date: dt.date
    end_date: dt.date


class Issue(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Something a careful reader should know: severity error, warning or info; a code; the place."""

    severity: str
    code: str
    page_number: int | None
    excerpt: str
    message: str


class Judgement(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One grade given to one judgement, in vocabulary and as written, and where it stands.

    `evidence` is cover, sentence, closing table or heading. `is_confirmed_by_heading` is None where no
    section heading states a grade for it.
    """

    judgement_code: str
    grade: str
    grade_as_written: str
    label_as_written: str
    page_number: int
    box: Box
    evidence: str
    is_confirmed_by_heading: bool | None = None


class Person(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """Somebody who inspected or signed: role lead_inspector, inspector or signatory; names as printed."""

    role: str
    name: str
    position_as_written: str | None
    inspectorate: str


class Partner(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """An organisation that an activity is about: its name as printed, and what it is."""

    organisation_as_written: str
    organisation_kind: str


class Theme(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What a visit or joint inspection looked at: in its own words, and as a theme of its remit, where it is one."""

    theme_as_written: str
    theme_code: str | None


class Outcome(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The outcome of an inspection that gives no grades, in vocabulary and as written, and where it stands."""

    outcome_code: str
    outcome_as_written: str
    page_number: int
    box: Box


class NextStep(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """What follows an inspection: full_inspection, monitoring, written_statement, priority_action_plan, strategic_plan.

    `months` is the time until then, `due_date` the day by which it is due; None where none is told.
    """

    kind: str
    months: int | None
    is_approximate: bool | None
    due_date: dt.date | None
    responsible_body: str | None
    text: str
    page_number: int


class ItemList(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A list that an activity may have: priority_action, area_for_improvement or strength, and whether it does.

    `status` is present, none_stated, carried_forward or absent; `lead_in` is the text before the first item.
    """

    list: str
    status: str
    n_items: int
    lead_in: str | None


class Strength(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One thing that is done well, from a list; `paragraph` is the ordinal of its paragraph."""

    ordinal: int
    paragraph: int
    text: str


class Cover(msgspec.Struct, frozen=True):
    """What a cover and imprint, or the head of a letter, say of the activity. Empty or None where they are silent."""

    title: str
    authority_as_written: str
    visits: tuple[Visit, ...]
    published_date_in_text: dt.date | None
    people: tuple[Person, ...] = ()
    letter_date: dt.date | None = None
    theme: Theme | None = None
    mode: str | None = None
    inspectorates: tuple[str, ...] = ()
    partners: tuple[Partner, ...] = ()
    visit_ordinal: int | None = None
    previous_inspection_as_written: str | None = None

    @property
    def lead_inspectors(self) -> tuple[str, ...]:
        """The names of those who led, as printed."""
        return tuple(person.name for person in self.people if person.role == "lead_inspector")


class Section(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A heading and what stands under it. `part` is one of the addressees of the vocabulary: whose part it is in."""

    ordinal: int
    heading: str
    level: int
    part: str
    judgement_code: str | None
    grade: str | None
    page_number: int


class Paragraph(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """A paragraph as its author wrote it, joined over lines and pages.

    `kind` is numbered, unnumbered, bullet, recommendation or footnote. `paragraph_number` is its number in the
    report's one sequence. What is numbered outside it, as a number printed twice or in a second report bound in the
    same file, has only `number_as_printed`: the number as it stands on the page ("46.."), or a footnote's mark.
    `section` is the ordinal of its section, None before the first heading.
    """

    ordinal: int
    section: int | None
    paragraph_number: int | None
    kind: str
    text: str
    page_first: int
    page_last: int
    number_as_printed: str | None = None


class Recommendation(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """One top-level thing an authority, board or partnership was told to do; sub-bullets are in its text.

    `kind` is area_for_improvement, recommendation or priority_action; `addressed_to` is one of the addressees of the
    vocabulary; `paragraph` is the ordinal of its paragraph; `responsible_bodies` stand beside it in a table.
    """

    ordinal: int
    paragraph: int
    kind: str
    addressed_to: str
    text: str
    national_framework_refs: tuple[str, ...]
    responsible_bodies: tuple[str, ...] = ()


class PlacedLine(msgspec.Struct, frozen=True, gc=False, array_like=True):
    """The role of one line, and the paragraph (ordinal) it belongs to.

    `is_running_text`: it is set as running text is, whatever its role.
    """

    page_number: int
    line_number: int
    role: str
    paragraph: int | None
    is_running_text: bool


class ParsedReport(msgspec.Struct, frozen=True):
    """Everything one report says."""

    file_sha256: str
    framework_code: str
    cover: Cover
    page_count: int
    word_count: int
    judgements: tuple[Judgement, ...]
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    recommendations: tuple[Recommendation, ...]
    strengths: tuple[Strength, ...]
    lists: tuple[ItemList, ...]
    outcome: Outcome | None
    next_steps: tuple[NextStep, ...]
    lines: tuple[PlacedLine, ...]
    issues: tuple[Issue, ...]


class RejectedReport(msgspec.Struct, frozen=True):
    """A file that was read and is not a report of this project, or not one that can be understood.

    `reason` is unknown_framework, unreadable_dates, unreadable_judgements or unreadable_outcome; `detail` says what was
    seen.
    """

    file_sha256: str
    reason: str
    detail: str
