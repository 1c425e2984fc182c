"""The rows of a CSV file that a person wrote: the catalogue, or a directory's own authorities."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path


class UnusableTableError(Exception):
    """A CSV file that can't be used. The message says why, as the end of a sentence that names the file."""


def csv_rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[str, dict[str, str]]]:
    """The rows of a CSV file with these columns at least, each with its place: the file's name and the line.

    Raises UnusableTableError where it is no such file.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            reader = csv.DictReader(lines, restval="", strict=True)
            names = reader.fieldnames or ()
            if missing := [column for column in columns if column not in names]:
                if len(names) == 1 and names[0].count(";") >= len(columns) - 1:
                    raise UnusableTableError("its columns are separated by semicolons, not by commas")
                raise UnusableTableError(f"it has no column {', '.join(missing)}")
            for row in reader:
                yield f"{path.name}, line {reader.line_num}", row
    except UnicodeDecodeError as error:
        raise UnusableTableError("it is not written in UTF-8 (in Excel: save as 'CSV UTF-8')") from error
    except (OSError, csv.Error) as error:
        raise UnusableTableError(str(error)) from error
