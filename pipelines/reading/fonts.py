"""What a font's name and its descriptor tell of its weight and its slope."""

import re

_TOKEN = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
_BOLD = frozenset(
    {"bd", "blk", "black", "demi", "dm", "fat", "heavy", "hv", "medi", "medium", "poster", "sb", "semi", "ultra"}
)
"""Parts of names as foundries abbreviate them: "FrutigerLT-Black", "Helvetica-Demi", "NimbusSanL-Medi", "ArialBd"."""
_NOT_SO_BOLD = re.compile(r"(?:semi|demi|ultra)[ -]?(?:light|thin|cond|exp|ext|wide)", re.IGNORECASE)
_ITALIC = frozenset({"ital", "it", "obl", "slanted", "kursiv"})
_FILE_OF_BOLD = re.compile(r"(?:arial|georgia|segoeui|tahoma|times|trebuc|verdana)b[di]?$|-[6-9]00$", re.IGNORECASE)
"""Some name a font by the file that Windows keeps it in, or by its weight: "TAHOMABD", "MuseoSans-700"."""

_BOLD_WEIGHT = 600
_ITALIC_FLAG, _FORCE_BOLD_FLAG = 1 << 6, 1 << 18


def is_bold_font(name: str, weight: int = 0, flags: int = 0) -> bool:
    """Whether a font is bold: by its name, else by its descriptor. `weight` is 400 for a regular one, 0 where unknown.

    >>> [is_bold_font(name) for name in ("Tahoma,Bold", "NimbusSanL-Medi", "Blackadder", "MuseoSans-300")]
    [True, True, False, False]
    >>> is_bold_font("CIDFont+F2", 700)
    True
    """
    if "bold" in name.lower():
        return True
    if _FILE_OF_BOLD.search(name) or (_BOLD & _tokens(name) and not _NOT_SO_BOLD.search(name)):
        return True
    return weight >= _BOLD_WEIGHT or bool(flags & _FORCE_BOLD_FLAG)


def is_italic_font(name: str, angle: int = 0, flags: int = 0) -> bool:
    """Whether a font is italic or slanted: by its name, else by its descriptor. `angle` is in degrees.

    >>> [is_italic_font(name) for name in ("Tahoma-Italic", "Helvetica-Oblique", "FrutigerLT-BdIt", "Italia")]
    [True, True, True, False]
    """
    lower = name.lower()
    if "italic" in lower or "oblique" in lower or _ITALIC & _tokens(name):
        return True
    return angle != 0 or bool(flags & _ITALIC_FLAG)


def _tokens(name: str) -> set[str]:
    return {token.lower().removesuffix("mt") for token in _TOKEN.findall(name)}
