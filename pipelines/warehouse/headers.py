"""The header of a SQL file: `-- @name: value` lines before the statement."""

import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

_ENTRY = re.compile(r"-- @(?P<name>\w+): (?P<value>.+)")


SQL_FOLDER = next(folder / "sql" for folder in Path(__file__).parents[1:3] if (folder / "sql").is_dir())
"""Inside the package in a wheel, beside it in a checkout."""


class SqlHeaderError(ValueError):
    """A SQL file with an incomplete or wrong header; the message names the file."""


@dataclass(frozen=True, slots=True)
class SqlFile:
    """A SQL file: the entries of its header by name, in order, and its statement."""

    path: Path
    entries: dict[str, tuple[str, ...]]
    statement: str

    def one(self, name: str) -> str:
        """The value of an entry that must occur exactly once."""
        values = self.entries.get(name, ())
        if len(values) != 1:
            raise SqlHeaderError(f"{self.path}: @{name} occurs {len(values)} times, must occur once")
        return values[0]

    def lists(self, name: str) -> tuple[tuple[str, ...], ...]:
        """Every entry of a name, each as names separated by commas."""
        return tuple(tuple(part.strip() for part in value.split(",")) for value in self.entries.get(name, ()))

    def pairs(self, name: str) -> dict[str, str]:
        """Every entry of a name, each as `key | text`, by key."""
        pairs: dict[str, str] = {}
        for value in self.entries.get(name, ()):
            key, bar, text = (part.strip() for part in value.partition("|"))
            if not bar or not text or key in pairs:
                raise SqlHeaderError(f"{self.path}: @{name}: {value!r} must be `name | text`, each name once")
            pairs[key] = text
        return pairs


def read_sql_file(path: Path, known: frozenset[str]) -> SqlFile:
    """Parse a SQL file. Raises SqlHeaderError for a header line that is not an entry, or not `known`."""
    lines = path.read_text(encoding="utf-8").splitlines()
    header_length = next((n for n, line in enumerate(lines) if not line.startswith("--")), len(lines))
    entries: defaultdict[str, list[str]] = defaultdict(list)
    for line in lines[:header_length]:
        entry = _ENTRY.fullmatch(line.rstrip())
        if entry is None or entry["name"] not in known:
            raise SqlHeaderError(f"{path}: {line!r} is none of {', '.join('@' + name for name in sorted(known))}")
        entries[entry["name"]].append(entry["value"].strip())
    statement = "\n".join(lines[header_length:]).strip()
    return SqlFile(path, {name: tuple(values) for name, values in entries.items()}, statement)


def read_query(name: str, sql: Path = SQL_FOLDER) -> str:
    """The statement of a file of `sql/` with a description only, named as `commands/find_report`."""
    return read_sql_file(sql / f"{name}.sql", frozenset({"description"})).statement
