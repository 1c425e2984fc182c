"""The frameworks' words as they are asked about: labels and headings."""

import pytest

from pipelines.report_kinds.matching import begins_with_label, is_section, match_label, match_list
from pipelines.report_kinds.registry import Framework, framework_of, load_frameworks


@pytest.mark.parametrize("one", load_frameworks(), ids=lambda one: one.framework_code)
def test_each_label_is_read_as_its_own_judgement_and_no_other(one: Framework) -> None:
    for kind in one.judgements:
        if kind.spelling:
            assert match_label(one, kind.label) is kind
            assert match_label(one, f"2.1 {kind.label}:") is kind
            assert match_label(one, f"More on {kind.label} here") is None


@pytest.mark.parametrize("one", load_frameworks(), ids=lambda one: one.framework_code)
def test_a_label_begins_whatever_follows_it(one: Framework) -> None:
    for kind in one.judgements:
        if kind.spelling:
            for after in ("Good", "1", "not", "- and more", "."):
                assert begins_with_label(one, f"2.1 {kind.label} {after}")
            assert not begins_with_label(one, f"More on {kind.label}")


def test_headings_are_known_with_their_stops_and_in_any_case() -> None:
    sif, without = framework_of("sif"), framework_of("ilacs_2023")
    assert is_section(sif, "Executive Summary:")
    assert not is_section(sif, "Executive summary of a kind")
    assert without.sections == ()
    assert not is_section(without, "")
    assert match_list(sif, "RECOMMENDATIONS:") == "recommendation"
    assert match_list(sif, "Recommendations of a kind") is None
