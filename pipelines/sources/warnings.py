"""What a listing has to tell, in a summary that a person reads to its end."""

from collections import Counter


class Warnings:
    """Sentences for the person who asked. Of many of one kind only the first is told, and how many more there are."""

    MOST_NAMED = 3

    def __init__(self) -> None:
        self._first: dict[str, list[str]] = {}
        self._counts: Counter[str] = Counter()

    def add(self, kind: str, sentence: str) -> None:
        """Add a sentence to those of its kind."""
        self._counts[kind] += 1
        first = self._first.setdefault(kind, [])
        if len(first) < self.MOST_NAMED:
            first.append(sentence)

    def sentences(self) -> tuple[str, ...]:
        """All that is to be told, kind by kind."""
        told: list[str] = []
        for kind, first in self._first.items():
            more = self._counts[kind] - 1
            told += [f"{first[0]} There are {more:,} more like it."] if more >= self.MOST_NAMED else first
        return tuple(told)
