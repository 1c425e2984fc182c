"""The closing parts of every report, written for the sample: what judgements mean, and who is behind the report."""

from pipelines.sample.writer import Writer

MEANINGS = (
    ("outstanding", "Children and families are served exceptionally well, and better than the standard for good asks."),
    ("good", "Help, protection and care are of a good standard, and children’s progress shows it."),
    ("requires improvement", "Nobody is left at risk of harm, but the work is not yet of a good standard throughout."),
    ("inadequate", "There are widespread or serious failures that leave children at risk of harm or without progress."),
)


def set_meanings(writer: Writer, title: str, subject: str = "local authority") -> None:
    """What each grade stands for."""
    writer.heading(title, 14, section=False)
    for grade, meaning in MEANINGS:
        writer.text(
            f"A {subject} that is {grade}:" if grade != "requires improvement" else f"A {subject} that {grade}:",
            bold=True,
        )
        writer.text(meaning)
        writer.sheet.gap(12)


def set_imprint(writer: Writer, year: int) -> None:
    """The last page: what this file is, who made it, how to reuse it."""
    size = 10
    for text in (
        "If you would like a copy of this document in large print, make the sample again at a larger size.",
        "This is an invented sample report. The authority, the people and every finding in it are made up, so that a "
        "program that reads inspection reports can be tried without any real report. It was made by a computer and "
        "says nothing about any place or person. Ofsted, the Office for Standards in Education, Children’s Services "
        "and Skills, had no part in it.",
        "You may copy, change and pass on this file freely, as long as it goes on saying that it is invented.",
        "This report is available at https://reports.example.invalid/.",
    ):
        writer.text(text, size=size)
        writer.sheet.gap(10)
    writer.sheet.gap(14)
    for line in (
        "Sample House",
        "Nowhere Street",
        "Invented Town",
        "T: 0000 000 0000",
        "E: nobody@example.invalid",
        "W: www.example.invalid",
    ):
        writer.text(line, size=size)
    writer.sheet.gap(14)
    writer.text(f"© Nobody {year}", size=size)
