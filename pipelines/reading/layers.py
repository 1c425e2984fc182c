"""Layers of a file that are switched off: what is drawn in them is not seen.

PDFium tells which layer a text is drawn in, pdfminer which of them the file's catalogue switches off.
"""

import contextlib
import ctypes
from collections.abc import Collection
from io import BytesIO

import pypdfium2.raw as raw
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfexceptions import PDFException
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import list_value, resolve1
from pdfminer.utils import decode_text

_LONGEST_NAME = 256


def layers_off(pdf: bytes) -> frozenset[str]:
    """The names of the layers that are off when a file is opened. A catalogue that is compressed is not looked at."""
    if b"/OCProperties" not in pdf:
        return frozenset()
    with contextlib.suppress(PDFException, KeyError, TypeError, ValueError):
        layers = resolve1(PDFDocument(PDFParser(BytesIO(pdf))).catalog["OCProperties"])
        default = resolve1(layers["D"])
        names = {state: _names(default.get(state)) for state in ("ON", "OFF")}
        is_off = str(default.get("BaseState")) == "/'OFF'"
        return (_names(layers["OCGs"]) - names["ON"] if is_off else frozenset()) | names["OFF"]
    return frozenset()


def _names(layers: object) -> frozenset[str]:
    return frozenset(decode_text(resolve1(layer)["Name"]) for layer in list_value(layers or []))


def is_in_layer(item: ctypes.c_void_p, names: Collection[str]) -> bool:
    """Whether an object of a page is drawn in a layer of one of these names."""
    drawn = ctypes.cast(item, raw.FPDF_PAGEOBJECT)
    written, length = ctypes.create_string_buffer(2 * _LONGEST_NAME), ctypes.c_ulong()
    for index in range(raw.FPDFPageObj_CountMarks(drawn)):
        mark = raw.FPDFPageObj_GetMark(drawn, index)
        is_told = raw.FPDFPageObjMark_GetParamStringValue(
            mark, b"Name", ctypes.cast(written, ctypes.POINTER(raw.FPDF_WCHAR)), len(written), length
        )
        if is_told and written.raw[: length.value].decode("utf-16-le", "replace").rstrip("\0") in names:
            return True
    return False
