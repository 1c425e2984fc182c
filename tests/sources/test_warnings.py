"""A summary stays short, however much there is to tell."""

from pipelines.sources.warnings import Warnings


def test_few_of_a_kind_are_told_and_many_are_a_line() -> None:
    warnings = Warnings()
    for number in range(1_000_000):
        warnings.add("missing", f"{number}.pdf is missing.")
    for number in range(3):
        warnings.add("date", f"Line {number} has no date.")
    assert warnings.sentences() == (
        "0.pdf is missing. There are 999,999 more like it.",
        "Line 0 has no date.",
        "Line 1 has no date.",
        "Line 2 has no date.",
    )
