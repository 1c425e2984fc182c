"""Rows of the site's queries in the shape that a chart or a sentence takes: functions of the templates."""

import csv
import datetime as dt
import io
import re
from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from pipelines.exports.csv import FORMULA
from pipelines.site.charts import Axis, Span
from pipelines.site.words import began, short
from pipelines.words import day

Row = dict[str, Any]
Rows = Sequence[Row]


def anchor(paragraph: str) -> str:
    """The anchor of a paragraph: p-0018 for p0018."""
    return f"{paragraph[0]}-{paragraph[1:]}"


def heading_level(level: int | None) -> int:
    """The level in HTML of a heading of a report, whose title is the page's first."""
    return min((level or 1) + 1, 6)


def known_to(date: dt.date | None) -> str:
    """That nothing later is known of an authority's grades; nothing where the record goes on."""
    return f", known up to {day(date)}" if date else ""


def texts_of(paragraphs: Rows) -> list[list[str | None]]:
    """The paragraphs of a report as the search reads them: text, number, kind and page, as text."""
    return [
        [row["text"], _text_or_none(row["paragraph_number"]), row["kind"], str(row["page_first"])] for row in paragraphs
    ]


def _text_or_none(value: object) -> str | None:
    return None if value is None else str(value)


def tiles_of(rows: Rows) -> list[Row]:
    """The rows of a map with what a square says and where it leads; a square that nobody has leads to the list."""
    return [
        {
            **row,
            "says": f"{row['name']}: {short(row['words'])}{known_to(row['known_until'])}" if row["name"] else "",
            "href": f"authorities/{row['authority_page']}/index.html" if row["name"] else "authorities/index.html",
        }
        for row in rows
    ]


def strips_of(spans: Rows) -> list[tuple[str, list[Span]]]:
    """One strip a judgement, from one row per judgement and inspection in order."""
    return [
        (
            label,
            [
                Span(
                    row["start_date"],
                    row["end_date"],
                    row["grade_rank"],
                    f"{label}: {short(row['words'])}, {began(row['start_date'], row['start_date_basis'])}",
                )
                for row in rows
            ],
        )
        for label, rows in groupby(spans, key=lambda row: str(row["label"]))
    ]


def breaks_of(rows: Rows) -> list[tuple[dt.date, str]]:
    """When each framework but the first began."""
    return [(row["first_inspection_date"], row["name"]) for row in rows[1:]]


def lanes_of(events: Rows, root: str) -> list[tuple[str, list[tuple[dt.date, str, str | None]]]]:
    """A lane for each kind of inspection or visit, in the order in which Ofsted began them; changes come last."""
    lanes: dict[str, list[tuple[dt.date, str, str | None]]] = {}
    named: dict[str, str] = {}
    ordered = sorted(events, key=lambda row: (row["sort_order"] is None, row["sort_order"] or 0))
    for row in ordered:
        kind = row["activity_kind"] or "change"
        label = named.setdefault(kind, kind_words(kind))
        what = row["about"] or row["event"]
        words = f"{began(row['event_date'], row['event_date_basis'])}: {what}"
        href = f"{root}reports/{row['report_id']}/index.html" if row["report_id"] else None
        lanes.setdefault(label, []).append((row["event_date"], words, href))
    return [(label, sorted(marks, key=lambda mark: mark[0])) for label, marks in lanes.items()]


def kind_words(kind: str) -> str:
    """The name of a kind of inspection or visit: an abbreviation in capitals."""
    words = kind.replace("_", " ")
    return re.sub(r"\b(jtai|send|lscb)\b", lambda word: word[0].upper(), words[:1].upper() + words[1:], flags=re.I)


def axis_of(events: Rows, last: dt.date | None) -> Axis:
    """An axis in whole years from the first of some events to a day, or to the last of them if that is later."""
    days = [row["event_date"] for row in events]
    return Axis(dt.date(min(days).year, 1, 1), max([dt.date(max(days).year, 12, 31), *([last] if last else [])]))


def axis_of_days(rows: Rows) -> Axis:
    """An axis over reference days."""
    days = [row["reference_date"] for row in rows]
    return Axis(min(days), max(days))


def axis_of_ranges(rows: Rows, today: dt.date) -> Axis:
    """An axis over the windows of next inspections, in whole years."""
    days = [row[name] for row in rows for name in ("opens_date", "closes_date") if row[name]]
    return Axis(dt.date(min([today, *days]).year, 1, 1), dt.date(max([today, *days]).year, 12, 31))


def ranges_of(rows: Rows) -> list[tuple[str, dt.date | None, dt.date | None, dt.date | None]]:
    """The windows of next inspections, the earliest first; authorities without one are left out."""
    known = [row for row in rows if row["expected_date"]]
    return [
        (row["name"], row["opens_date"], row["expected_date"], row["closes_date"])
        for row in sorted(known, key=lambda row: row["expected_date"])
    ]


def series_of(rows: Rows, by: str, first: str | None = None) -> list[tuple[str, list[tuple[dt.date, float | None]]]]:
    """One line for each value of a column, in the order of the rows; the one named `first` comes first."""
    lines: dict[str, list[tuple[dt.date, float | None]]] = {}
    for row in rows:
        lines.setdefault(row[by], []).append((row["reference_date"], row["share_percent"]))
    return sorted(lines.items(), key=lambda line: line[0] != first) if first else list(lines.items())


def labels_of(rows: Rows, by: str) -> list[str]:
    """The names of the lines of `series_of`, each with its share on the last day."""
    last = {row[by]: row["share_percent"] for row in rows}
    return [label if share is None else f"{label} {share}%" for label, share in last.items()]


def stacks_of(places: Rows) -> list[tuple[str, list[int]]]:
    """A bar for England and each region of the Office for National Statistics."""
    shown = [row for row in places if row["scope"] != "Ofsted region"]
    return [(row["region_name"], row["counts"]) for row in shown]


def counts_of(rows: Rows) -> list[tuple[str, list[int]]]:
    """A bar for each judgement."""
    return [(row["area"], row["counts"]) for row in rows]


def theme_stacks(rows: Rows) -> list[tuple[str, list[int]]]:
    """A bar for each theme: visits to authorities that were outstanding, good and so on, or had no grade then."""
    names = ("n_outstanding", "n_good", "n_requires_improvement", "n_inadequate", "n_without")
    return [(row["theme"], [row[name] for name in names]) for row in rows]


def finding_of(grades: Rows) -> str:
    """The grades in force as a sentence: "good for care; outstanding for leaders"; the best first."""
    by_grade: dict[tuple[int, str], list[str]] = {}
    for row in grades:
        if row["grade_rank"]:
            by_grade.setdefault((row["grade_rank"], short(row["words"]).lower()), []).append(row["label"].lower())
    return "; ".join(f"{words} for {joined_with_and(areas)}" for (_, words), areas in sorted(by_grade.items()))


def joined_with_and(names: Sequence[str]) -> str:
    """Names as a sentence lists them: "a, b and c"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)


def trend_of(shares: Rows) -> str:
    """What shares over time show, in a sentence: the first judgement with a share on the last day, then and now."""
    last = max(row["reference_date"] for row in shares)
    for area, group in groupby(shares, key=lambda row: str(row["area"])):
        known = [row for row in group if row["share_percent"] is not None]
        if known and known[-1]["reference_date"] == last:
            then, now = known[0], known[-1]
            return (
                f"{area}: {now['share_percent']}% of authorities are good or outstanding, "
                f"{then['share_percent']}% were on {day(then['reference_date'])}"
            )
    latest = next(row for row in shares if row["reference_date"] == last)
    return (
        f"{latest['area']}: {latest['n_good']} of {latest['n_graded']} authorities with a grade are good or outstanding"
    )


def n_of(shares: Rows) -> str:
    """Of how many authorities some shares are: "of 146 to 153 authorities with a grade"."""
    counts = [row["n_graded"] for row in shares if row["share_percent"] is not None]
    if not counts:
        return "not given, as too few authorities have a grade"
    low, high = min(counts), max(counts)
    return f"of {low if low == high else f'{low} to {high}'} authorities with a grade"


def region_finding(shares: Rows) -> str:
    """A region's first judgement that all its authorities have, or the last: how many are good or outstanding."""
    last = [row for row in shares if row["reference_date"] == shares[-1]["reference_date"]]
    row = next((one for one in last if one["n_graded"] == one["n_existing"]), last[-1])
    return f"{row['n_good']} of {row['n_graded']} good or outstanding for {row['area'].lower()}"


def outcome_finding(rows: Rows) -> str:
    """How often the most frequent outcome was given in England."""
    england = rows[: sum(1 for row in rows if row["region"] == rows[0]["region"])]
    most = max(england, key=lambda row: row["n"])
    return f"{most['n']} of {sum(row['n'] for row in england)} ended in “{most['outcome']}”"


def england_first(groups: Iterable[tuple[str, list[Row]]]) -> list[tuple[str, list[Row]]]:
    """Groups by region with the whole country before its parts."""
    return sorted(groups, key=lambda group: (group[0] != "England", group[0]))


def record_of(
    page: Row,
    areas: Rows,
    grades: Rows,
    authorities: Rows,
    names: Rows,
    inspections: Rows,
    days: Rows,
    exceptions: Rows,
) -> dict[str, object]:
    """What the site's script knows, as lists in the order that it expects; dates as text."""

    def text(date: dt.date | None) -> str | None:
        return date.isoformat() if date else None

    return {
        "knownUntil": text(page["known_until"]),
        "areas": [[row["area_page"], row["label"]] for row in areas],
        "grades": {row["grade_rank"]: short(row["label"]) for row in grades},
        "authorities": [
            [
                row["name"],
                row["authority_page"],
                text(row["valid_from_date"]),
                text(row["valid_to_date"]),
                row["column_number"],
                row["row_number"],
                row["neighbours"] or [],
                row["authority_id"],
                text(row["known_until"]),
            ]
            for row in authorities
        ],
        "inspections": [
            [row["number"], text(row["start_date"]), text(row["counted_date"]), row["marks"], row["report_id"] or 0,
             int(row["start_date_basis"] == "bound")]
            for row in inspections
        ],
        "names": [[row["name"], row["number"]] for row in names],
        "cutOffs": {text(row["reference_date"]): text(row["published_by"]) for row in days},
        "letInBy": {f"{row['reference_date']} {row['number']}": text(row["published_by"]) for row in exceptions},
    }  # fmt: skip


def csv_text(rows: Rows) -> str:
    """Rows as CSV with their names, but for the page's own; text that a spreadsheet would run has an apostrophe."""
    if not rows:
        return ""
    names = [name for name in rows[0] if name != "page"]
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        values = (row[name] for name in names)
        writer.writerow([re.sub(FORMULA, r"'\g<0>", value) if isinstance(value, str) else value for value in values])
    return "\ufeff" + file.getvalue().rstrip("\r\n")


FUNCTIONS = (
    tiles_of,
    strips_of,
    breaks_of,
    lanes_of,
    axis_of,
    axis_of_days,
    axis_of_ranges,
    ranges_of,
    series_of,
    labels_of,
    stacks_of,
    counts_of,
    theme_stacks,
    finding_of,
    trend_of,
    n_of,
    region_finding,
    outcome_finding,
    record_of,
    anchor,
    kind_words,
    known_to,
    texts_of,
)
