r"""Compare two warehouses row for row: every table that both hold, by the columns that both have.

    python scripts/compare_warehouses.py BEFORE AFTER --renamed witness=evidence \
        --except quality.quarantined_reports.first_seen_at

Prints a line for each table: rows, and how many of them only one side has. Columns and tables that only one side has
are named. Exits 1 when a row differs.
"""

import argparse
import sys
from pathlib import Path

import duckdb

LAYERS = ("core", "quality", "marts", "search")

COLUMNS = """
    select schema_name || '.' || table_name, list((column_name, data_type) order by column_index)
    from duckdb_columns()
    where database_name = ? and schema_name in ?
    group by all
    order by all
"""


def main() -> int:
    """Compare, print, and say by the exit code whether any row differs."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("before", type=Path)
    parser.add_argument("after", type=Path)
    parser.add_argument("--renamed", nargs="*", default=[], metavar="OLD=NEW", help="columns with another name now")
    parser.add_argument("--except", nargs="*", default=[], dest="left_out", metavar="TABLE.COLUMN")
    asked = parser.parse_args()
    renamed = dict(one.split("=") for one in asked.renamed)
    with duckdb.connect() as connection:
        for name, path in (("before", asked.before), ("after", asked.after)):
            connection.execute(f"attach '{path}' as {name} (read_only)")
        before, after = (dict(connection.execute(COLUMNS, [name, LAYERS]).fetchall()) for name in ("before", "after"))
        n_differing = 0
        for table in sorted(before.keys() | after.keys()):
            if table not in before or table not in after:
                print(f"{table:40} only {'before' if table in before else 'after'}")
                continue
            n_differing += _compare(connection, table, before[table], after[table], renamed, asked.left_out)
    print("equal" if not n_differing else f"{n_differing:,} rows differ")
    return 1 if n_differing else 0


def _compare(
    connection: duckdb.DuckDBPyConnection,
    table: str,
    before: list[tuple[str, str]],
    after: list[tuple[str, str]],
    renamed: dict[str, str],
    left_out: list[str],
) -> int:
    """Print how a table differs; gives the number of rows that only one side has."""
    types = dict(after)
    shared = [(old, renamed.get(old, old), kind) for old, kind in before if renamed.get(old, old) in types]
    remarks = [f"gone: {old}" for old, _ in before if renamed.get(old, old) not in types]
    remarks += [f"new: {new}" for new in types if new not in {name for _, name, _ in shared}]
    remarks += [f"{old} is {new} now" for old, new, _ in shared if old != new]
    remarks += [f"{new}: {kind} is {types[new]} now" for _, new, kind in shared if kind != types[new]]
    compared = [(old, new) for old, new, _ in shared if f"{table}.{new}" not in left_out]
    sides = {
        "before": f"select {', '.join(_quoted(old) for old, _ in compared)} from before.{table}",  # noqa: S608 -- our own
        "after": f"select {', '.join(_quoted(new) for _, new in compared)} from after.{table}",  # noqa: S608
    }
    counts = []
    for one, other in (("before", "after"), ("after", "before")):
        query = f"select count(*) from ({sides[one]} except all {sides[other]})"  # noqa: S608 -- our own names
        counts.append(connection.execute(query).fetchall()[0][0])
    n_rows = connection.execute(f"select count(*) from after.{table}").fetchall()[0][0]  # noqa: S608
    differing = f"{counts[0]:,} only before, {counts[1]:,} only after" if any(counts) else "equal"
    print(f"{table:40} {n_rows:>9,} rows  {differing}{'  (' + '; '.join(remarks) + ')' if remarks else ''}")
    return int(sum(counts))


def _quoted(column: str) -> str:
    return f'"{column}"'


if __name__ == "__main__":
    sys.exit(main())
