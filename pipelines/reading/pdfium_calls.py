"""PDFium's functions that are called for every object of a page, in the cheapest way ctypes has to call them.

ctypes is told no types of arguments, which halves the cost of a call, so each
argument has to be what it passes on as it is: a handle in a `c_void_p`, the place of an answer from `byref`, an index
as an int. Python's lock is kept: each call is over sooner than the lock could be handed on.
"""

import ctypes
from ctypes import POINTER, PYFUNCTYPE, c_float, c_int, c_void_p
from typing import Any

import pypdfium2.raw as raw


def _address(function: Any) -> int:
    address = ctypes.cast(function, c_void_p).value
    assert address is not None, "a function of the loaded library has an address"
    return address


_number = PYFUNCTYPE(c_int)
_handle = PYFUNCTYPE(c_void_p)

count_objects = _number(_address(raw.FPDFPage_CountObjects))
get_object = _handle(_address(raw.FPDFPage_GetObject))
count_form_objects = _number(_address(raw.FPDFFormObj_CountObjects))
get_form_object = _handle(_address(raw.FPDFFormObj_GetObject))
get_type = _number(_address(raw.FPDFPageObj_GetType))
get_text_object = _handle(_address(raw.FPDFText_GetTextObject))
get_matrix = _number(_address(raw.FPDFPageObj_GetMatrix))
get_loose_box = _number(_address(raw.FPDFText_GetLooseCharBox))
get_origin = _number(_address(raw.FPDFText_GetCharOrigin))
get_render_mode = _number(_address(raw.FPDFTextObj_GetTextRenderMode))
get_fill_color = _number(_address(raw.FPDFPageObj_GetFillColor))
get_stroke_color = _number(_address(raw.FPDFPageObj_GetStrokeColor))
get_stroke_width = _number(_address(raw.FPDFPageObj_GetStrokeWidth))
get_draw_mode = _number(_address(raw.FPDFPath_GetDrawMode))
has_transparency = _number(_address(raw.FPDFPageObj_HasTransparency))
get_bounds = _number(_address(raw.FPDFPageObj_GetBounds))
get_font_size = _number(_address(raw.FPDFTextObj_GetFontSize))
get_font = _handle(_address(raw.FPDFTextObj_GetFont))
count_segments = _number(_address(raw.FPDFPath_CountSegments))
get_segment = _handle(_address(raw.FPDFPath_GetPathSegment))
get_point = _number(_address(raw.FPDFPathSegment_GetPoint))
get_clip_path = _handle(_address(raw.FPDFPageObj_GetClipPath))
count_clip_paths = _number(_address(raw.FPDFClipPath_CountPaths))
count_clip_segments = _number(_address(raw.FPDFClipPath_CountPathSegments))
get_clip_segment = _handle(_address(raw.FPDFClipPath_GetPathSegment))
get_segment_type = _number(_address(raw.FPDFPathSegment_GetType))
get_font_name = _number(_address(raw.FPDFFont_GetBaseFontName))
get_font_weight = _number(_address(raw.FPDFFont_GetWeight))
get_font_flags = _number(_address(raw.FPDFFont_GetFlags))
get_italic_angle = _number(_address(raw.FPDFFont_GetItalicAngle))
get_descent = PYFUNCTYPE(c_int, c_void_p, c_float, POINTER(c_float))(_address(raw.FPDFFont_GetDescent))
"""The one that takes a float, which ctypes has to be told."""


def handle(pointer: Any) -> c_void_p:
    """The address behind one of pypdfium2's pointers."""
    return ctypes.cast(pointer, c_void_p)
