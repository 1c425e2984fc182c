"""The fast reader: a page is read in pieces without losing where they end."""

import ctypes
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipelines.reading import pdfium_calls, pdfium_text
from pipelines.reading.pdfium import to_hundredths

COORDINATES = st.one_of(
    st.floats(),
    st.floats(-10, 2000),
    st.floats(0, 1000, width=32),
    st.integers(-(10**6), 10**9).map(lambda thousandths: thousandths / 1000),
)


@given(x=COORDINATES)
@example(0.005)
@example(2.675)
@example(-0.001)
@example(0.0)
@example(math.inf)
@example(math.nan)
@example(1e300)
def test_a_hundredth_is_the_one_that_python_rounds_to(x: float) -> None:
    ours, theirs = to_hundredths(x), round(x, 2)
    assert (str(ours), math.copysign(1, ours)) == (str(theirs), math.copysign(1, theirs))


PIECES = st.lists(
    st.tuples(st.sampled_from(["object", "none"]), st.text("ab ", min_size=1, max_size=30), st.booleans()), max_size=30
)


@given(pieces=PIECES)
def test_every_character_is_counted_to_its_own_object(
    pieces: list[tuple[str, str, bool]],
) -> None:
    owners: list[int | None] = []
    text = ""
    for number, (kind, characters, ends_line) in enumerate(pieces, start=1):
        text += characters
        owners += [number if kind == "object" else None] * len(characters)
        if ends_line:
            text += "\r\n"
            owners += [None, None]

    def ask(_text_page: object, at: int) -> int | None:
        return owners[at] if at < len(owners) else None

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdfium_calls, "get_text_object", ask)
        stretches = list(pdfium_text.stretches(ctypes.c_void_p(), text))
    assert [owner for owner, start, end in stretches for _ in range(start, end)] == owners
    assert [start for _, start, _ in stretches] == [0, *(end for _, _, end in stretches)][: len(stretches)]
    objects = [owner for owner, _, _ in stretches if owner is not None]
    assert len(objects) == len(set(objects))


def test_an_object_that_goes_on_over_the_end_of_a_line_stays_whole() -> None:
    text = "one line\r\nand more\r\n"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(pdfium_calls, "get_text_object", lambda _, at: 7 if at < 18 else None)
        stretches = list(pdfium_text.stretches(ctypes.c_void_p(), text))
    assert stretches == [(7, 0, 18), (None, 18, 19), (None, 19, 20)]
