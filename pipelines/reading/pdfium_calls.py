"""PDFium's functions that are called for every object of a page, with the cheapest signatures ctypes can give them.

Belongs here: the calls and nothing else: handles are plain addresses, numbers come back through buffers made once.
Stays out: opening and closing documents and pages, which pypdfium2 does (`pdfium.py`).
"""

import ctypes
from ctypes import CFUNCTYPE, POINTER, c_float, c_int, c_void_p
from typing import Any

import pypdfium2.raw as raw


def _address(function: Any) -> int:
    address = ctypes.cast(function, c_void_p).value
    assert address is not None, "a function of the loaded library has an address"
    return address


count_objects = CFUNCTYPE(c_int, c_void_p)(_address(raw.FPDFPage_CountObjects))
get_object = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFPage_GetObject))
get_type = CFUNCTYPE(c_int, c_void_p)(_address(raw.FPDFPageObj_GetType))
get_text_object = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFText_GetTextObject))
get_matrix = CFUNCTYPE(c_int, c_void_p, POINTER(raw.FS_MATRIX))(_address(raw.FPDFPageObj_GetMatrix))
get_bounds = CFUNCTYPE(c_int, c_void_p, *[POINTER(c_float)] * 4)(_address(raw.FPDFPageObj_GetBounds))
get_font_size = CFUNCTYPE(c_int, c_void_p, POINTER(c_float))(_address(raw.FPDFTextObj_GetFontSize))
get_font = CFUNCTYPE(c_void_p, c_void_p)(_address(raw.FPDFTextObj_GetFont))
count_segments = CFUNCTYPE(c_int, c_void_p)(_address(raw.FPDFPath_CountSegments))
get_segment = CFUNCTYPE(c_void_p, c_void_p, c_int)(_address(raw.FPDFPath_GetPathSegment))
get_point = CFUNCTYPE(c_int, c_void_p, POINTER(c_float), POINTER(c_float))(_address(raw.FPDFPathSegment_GetPoint))
get_segment_type = CFUNCTYPE(c_int, c_void_p)(_address(raw.FPDFPathSegment_GetType))
get_font_name = CFUNCTYPE(c_int, c_void_p, c_void_p, c_int)(_address(raw.FPDFFont_GetBaseFontName))
get_descent = CFUNCTYPE(c_int, c_void_p, c_float, POINTER(c_float))(_address(raw.FPDFFont_GetDescent))


def handle(pointer: Any) -> int:
    """The address behind one of pypdfium2's pointers."""
    address = ctypes.cast(pointer, c_void_p).value
    assert address is not None, "an open object has an address"
    return address
