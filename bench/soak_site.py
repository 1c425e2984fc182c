"""The site of a soak: it re-issues, adds and removes reports, and breaks, by chance that a seed repeats."""

import hashlib
import random
from pathlib import Path
from typing import NamedTuple

from tests.faults.catalogue import FAULTS, Outcome
from tests.sources.ofsted.site import Handler, OfstedSite, Published, from_catalogue

LEFT_OUT = ("long-rest",)
"""It asks to be left alone for a day, and so is every file of its host: another outcome than the catalogue's."""

WEATHER = ("fine", "fine", "cut", "nothing", "nothing", *["file failed"] * 3, "page failed", "no listing", "shrunken")
"""Each as likely as often as it is named: outcomes of the catalogue, any fault of which may come, and three more."""

ROUNDS_BEFORE_CHANGES = 2
LISTED_FIRST = 0.6
MOST_REMOVED = 0.05
"""Of all that was ever listed. A listing that lost a tenth is not believed."""


class Weather(NamedTuple):
    """What is wrong with the site for one round, and what a fetch in it should come to.

    `words` are what the sentence of a failed run must hold, as a pattern; `n_failed` the files that fail.
    """

    name: str
    outcome: Outcome
    words: str = ""
    n_failed: int = 0


FINE = Weather("fine", "nothing")


class SoakSite(OfstedSite):
    """Ofsted's site on loopback with the reports of a folder. `served` has the SHA-256 of each PDF it sent whole."""

    def __init__(self, reports: Path, seed: int) -> None:
        self._chance = random.Random(seed)
        everything = [one for one in from_catalogue(reports / "catalogue.csv", reports) if _is_pdf(one)]
        self._chance.shuffle(everything)
        n_first = int(len(everything) * LISTED_FIRST)
        super().__init__(everything[:n_first])
        self._to_come, self._removed, self._n_rounds = everything[n_first:], 0, 0
        self.served: set[str] = set()
        self.added: list[str] = []
        self.n_reissued = 0

    @property
    def n_removed(self) -> int:
        """How many publications it no longer lists."""
        return self._removed

    def answer(self, handler: Handler) -> None:
        """Answer as the site does; a PDF that was written to its last byte is served."""
        super().answer(handler)
        one = next((one for one in self.published if one.path == handler.path), None)
        if handler.request_logged.status == 200 and one and _is_pdf(one):
            assert one.content is not None
            self.served.add(hashlib.sha256(one.content).hexdigest())

    def next_round(self) -> Weather:
        """Mend what was wrong, change what is published, and let something else be wrong."""
        self.clear_up()
        self._n_rounds += 1
        if self._n_rounds <= ROUNDS_BEFORE_CHANGES:
            return FINE
        for _ in range(self._chance.randint(0, 2)):
            self._reissue(self._chance.choice(self.published), whole=True)
        for _ in range(min(self._chance.randint(0, 2), len(self._to_come))):
            self.published.append(self._to_come.pop())
            self.added.append(self.published[-1].file_id)
        if self._chance.random() < 0.3 and self._removed + 1 <= MOST_REMOVED * len(self.published):
            self._remove()
        kind = self._chance.choice(WEATHER)
        faults = [name for name, fault in FAULTS.items() if fault.outcome == kind and name not in LEFT_OUT]
        return self._break(self._chance.choice(faults or [kind]))

    def clear_up(self) -> None:
        """Let nothing be wrong."""
        self.always.clear()
        self.left_search.clear()

    def _break(self, name: str) -> Weather:
        victim = self._chance.choice(self.published)
        if name == "fine":
            return FINE
        if name == "shrunken":
            urns = sorted({one.urn for one in self.published})
            self.left_search.update(urns[: len(urns) // 2])
            return Weather(name, "no listing", "more likely a fault of the site")
        if name == "cut":  # a whole answer with half a PDF: a version like any other, which can't be read
            self._reissue(victim, whole=False)
            return Weather(name, "nothing")
        fault = FAULTS[name]
        self._reissue(victim, whole=True)
        fault.install(self, next(one for one in self.published if one.file_id == victim.file_id))
        return Weather(name, fault.outcome, fault.words, int(fault.outcome == "file failed"))

    def _reissue(self, one: Published, *, whole: bool) -> None:
        """The same report in other bytes: with a remark behind its end, or cut in the middle."""
        self.n_reissued += 1
        assert one.content is not None
        content = one.content if whole else one.content[: len(one.content) // 2]
        self.replace(one.file_id, content=content + f"\n% issue {self.n_reissued}\n%%EOF\n".encode())

    def _remove(self) -> None:
        """Take a publication off its page, unless it is the last one there: a page that lost all is not believed."""
        urns = [one.urn for one in self.published]
        several = [one for one in self.published if urns.count(one.urn) > 1]
        if several:
            self.published.remove(self._chance.choice(several))
            self._removed += 1


def _is_pdf(one: Published) -> bool:
    return one.content is not None and one.content.startswith(b"%PDF")
