"""Where the pictures of a page are opaque, by PDFium: one with a mask may leave what lies under it to be seen."""

import ctypes
from struct import Struct

import pypdfium2
import pypdfium2.raw as raw

from pipelines.reading import pdfium_calls as calls
from pipelines.reading.pdfium_clips import Bounds

_LARGEST = 5000.0
"""Points: the sides of what is drawn here; a damaged file may ask for any size."""

_LEAST_ALPHA = 200
_BOUNDS = Struct("4f").unpack


class Pictures:
    """The pictures of one page by their addresses, each drawn when it is first asked about."""

    def __init__(self, page: pypdfium2.PdfPage) -> None:
        self._page = page
        self._numbers = (ctypes.c_float * 4)()
        self._places = [ctypes.byref(self._numbers, 4 * at) for at in range(4)]
        self._drawn: dict[int, pypdfium2.PdfBitmap | None] = {}

    def is_opaque(self, address: int, x: float, y: float) -> bool:
        """Whether a picture hides what is under it at a point."""
        calls.get_bounds(ctypes.c_void_p(address), *self._places)
        box = Bounds(*_BOUNDS(self._numbers))
        width, height = box.right - box.left, box.top - box.bottom
        if not box.has(x, y) or max(width, height) > _LARGEST:
            return False
        if address not in self._drawn:
            self._drawn[address] = self._draw(address)
        bitmap = self._drawn[address]
        if bitmap is None or bitmap.format != raw.FPDFBitmap_BGRA:
            return bitmap is not None
        across = min(int((x - box.left) / width * bitmap.width), bitmap.width - 1)
        down = min(int((box.top - y) / height * bitmap.height), bitmap.height - 1)
        return bool(bitmap.buffer[down * bitmap.stride + 4 * across + 3] >= _LEAST_ALPHA)

    def _draw(self, address: int) -> pypdfium2.PdfBitmap | None:
        """A picture with its mask; None where it can't be drawn."""
        picture = ctypes.cast(ctypes.c_void_p(address), raw.FPDF_PAGEOBJECT)
        drawn = raw.FPDFImageObj_GetRenderedBitmap(self._page.pdf.raw, self._page.raw, picture)
        return pypdfium2.PdfBitmap.from_raw(drawn) if drawn else None
