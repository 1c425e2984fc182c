"""A page is drawn as a picture of a bounded size, by a worker with the limits of reading."""

import io

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipelines.commands.page import MAX_PIXELS, UndrawnPageError, _draw, _Drawing, _drawn, resolution
from pipelines.settings import Settings


def page_of(width: float, height: float) -> bytes:
    written = io.BytesIO()
    canvas = Canvas(written, (width, height))
    canvas.drawString(10, 10, "A page")
    canvas.save()
    return written.getvalue()


@pytest.mark.parametrize(("width", "height"), [(595, 842), (14_400, 14_400), (200, 200_000)])
def test_a_picture_has_a_bounded_number_of_pixels(width: float, height: float) -> None:
    drawn = _draw(_Drawing(page_of(width, height), 1, [("cover", 1, 1, 9, 9)], [(1, 1, 9, 9)], {"cover": 1}))
    assert isinstance(drawn, bytes)
    picture = Image.open(io.BytesIO(drawn))
    assert picture.width * picture.height < MAX_PIXELS * 1.1
    assert resolution(595, 842) == 110


def test_a_page_that_can_not_be_drawn_is_a_sentence(settings: Settings) -> None:
    with pytest.raises(UndrawnPageError, match=r"^Page 1 could not be drawn: .+\.$"):
        _drawn(settings, _Drawing(b"%PDF-1.4 no page", 1, [], [], {}))
