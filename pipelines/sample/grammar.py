"""Sentences about children's services, made from parts: every report says something, none says it like another.

All sentences were written for this sample; none is taken from a published report.
"""

import random
import re
from collections.abc import Mapping, Sequence
from functools import cache

from pipelines.sample.phrases import IMPROVE_ENSURE, IMPROVE_NOUNS, OPENINGS, SLOTS, STRONG, WEAK

STRONG_SHARE = {
    "outstanding": 0.95, "good": 0.8, "requires_improvement": 0.5, "adequate": 0.5, "inadequate": 0.2,
    "not_judged": 0.7,
}  # fmt: skip
NUMBER_WORDS = ("one", "two", "three", "four", "five", "six")
# (written form with the number's word or figure, figure) per element of the National Framework.
_REFERENCE_FORMS = (
    "({kind} {n}, national framework)",
    "({Kind} {n}, National Framework)",
    "(National Framework {kind} {word})",
    "({Kind} {word}: National Framework)",
    "(national framework {kind} {word})",
    "({kind} {n}: national framework)",
    "({Kind} {Word}, National Framework)",
    "({Kind} {n}, national framework)",
)

Template = tuple[str | tuple[str, ...], ...]


@cache
def compiled(template: str, slots: str = "") -> Template:
    """A template as fixed text and lists of choices in turn; the lists of topic `slots` go before the common ones."""
    parts: list[str | tuple[str, ...]] = []
    for i, part in enumerate(re.split(r"\{(\w+)\}", template)):
        parts.append(part if i % 2 == 0 else SLOTS.get(f"{slots}.{part}") or SLOTS[part])
    return tuple(parts)


def say(rng: random.Random, template: str, topic: str = "") -> str:
    """One text from a template, each slot filled by chance; a number slot `nn` becomes a figure from 11 to 98."""
    draw = rng.random
    said = []
    for part in compiled(template, topic):
        if isinstance(part, str):
            said.append(part)
        else:
            choice = part[int(draw() * len(part))]
            said.append(str(11 + int(draw() * 88)) if choice == "#" else choice)
    return "".join(said)


def _pick(rng: random.Random, among: Sequence[str]) -> str:
    return among[int(rng.random() * len(among))]


def sentence(rng: random.Random, topic: str, grade: str) -> str:
    """A finding on a topic, as strong or weak as the grade makes likely."""
    strong = rng.random() < STRONG_SHARE[grade]
    text = say(rng, _pick(rng, STRONG if strong else WEAK), topic)
    return text[0].upper() + text[1:]


def paragraph(rng: random.Random, topic: str, grade: str, opening: str = "", words: int = 0) -> str:
    """A paragraph of findings, 40 to 110 words long unless told otherwise; `opening` stands before the first."""
    target = words or 40 + int(rng.random() * 70)
    said = [opening] if opening else []
    count = opening.count(" ") + 1 if opening else 0
    while count < target:
        text = sentence(rng, topic, grade)
        said.append(text)
        count += text.count(" ") + 1
    return " ".join(said)


def opening_with_digits(rng: random.Random, topic: str) -> str:
    """A first sentence that begins with figures, which a reader may take for a paragraph's number."""
    return say(rng, _pick(rng, OPENINGS), topic)


def improvement(rng: random.Random, topic: str) -> str:
    """A thing to improve as ILACS reports put it: a noun phrase with no full stop."""
    text = say(rng, _pick(rng, IMPROVE_NOUNS), topic)
    return text[0].upper() + text[1:]


def recommendation(rng: random.Random, topic: str) -> str:
    """A recommendation as the single inspection framework puts it: an order, ending in a full stop."""
    return say(rng, _pick(rng, IMPROVE_ENSURE), topic)


def framework_reference(rng: random.Random) -> tuple[str, str]:
    """A reference to the National Framework as written and as a reader should note it ("outcome 4")."""
    kind = _pick(rng, ("outcome", "outcome", "outcome", "enabler", "principle"))
    n = 1 + int(rng.random() * (4 if kind == "outcome" else 3))
    word = NUMBER_WORDS[n - 1]
    written = _pick(rng, _REFERENCE_FORMS)
    written = written.format(kind=kind, Kind=kind.title(), n=n, word=word, Word=word.title())
    return written, f"{kind} {n}"


def area_facts(rng: random.Random, name: str, year: int) -> Mapping[str, list[tuple[str, list[str]]]]:
    """Facts about an area under the usual headings: each a bullet with its sub-bullets."""

    def n(low: int, high: int) -> str:
        return f"{low + int(rng.random() * (high - low)):,}"

    def share(low: float, high: float) -> str:
        return f"{low + rng.random() * (high - low):.1f}%"

    return {
        "Children living in this area": [
            (
                f"About {n(21000, 190000)} children under 18 live in {name}, {share(17, 26)} of its people.",
                [],
            ),
            (f"Some {share(9, 31)} of the area’s children live in families with a low income.", []),
            (
                "Pupils who may have free school meals:",
                [
                    f"in primary schools {share(8, 27)}, against {share(14, 18)} in the country",
                    f"in secondary schools {share(7, 25)}, against {share(12, 16)} in the country.",
                ],
            ),
            (f"Children from minority ethnic groups make up {share(4, 48)} of all children here.", []),
        ],
        "Child protection in this area": [
            (
                f"At 31 March {year}, assessment had shown {n(900, 5400)} children to be in need of help; "
                f"at 31 March {year - 1} there were {n(900, 5400)}.",
                [],
            ),
            (f"At 31 March {year}, {n(90, 700)} children were the subject of a child protection plan.", []),
            (f"At 31 March {year}, {n(2, 30)} children lived in a privately arranged fostering placement.", []),
        ],
        "Children looked after in this area": [
            (
                f"At 31 March {year}, {n(120, 980)} children were looked after, {n(32, 98)} in every 10,000. Of these:",
                [
                    f"{n(30, 200)} lived outside the area",
                    f"{n(5, 70)} lived in children’s homes and {n(40, 600)} with foster families",
                    f"{n(2, 40)} were unaccompanied asylum-seeking children.",
                ],
            ),
            (f"In the last 12 months there were {n(6, 80)} adoptions and {n(5, 60)} special guardianship orders.", []),
        ],
        "Other information about this area": [
            (
                f"The director has been in post since {_pick(rng, _MONTHS)} {year - 1 - int(rng.random() * 4)}.",
                [],
            ),
            (f"The chair of the board has served since {_pick(rng, _MONTHS)} {year - 1 - int(rng.random() * 5)}.", []),
        ],
    }


_MONTHS = ("January", "March", "April", "June", "September", "October")
