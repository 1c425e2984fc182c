"""The kinds of page, and the data of each page: rows of the queries in `sql/site/<kind>/`.

`page.sql` of a kind gives one row per page. The other queries give the rows of each page, in order, with its key in the
column `page`. DuckDB hashes the rows of a page: where they are those of the last build, the page is not made again.
"""

# ruff: noqa: S608 -- names of our own files

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from pipelines.warehouse.connection import literal
from pipelines.warehouse.headers import SQL_FOLDER, read_sql_file

if TYPE_CHECKING:
    import duckdb

SITE_SQL = SQL_FOLDER / "site"
_ENTRIES = frozenset({"description"})


class Kind(NamedTuple):
    """A kind of page: the folder of its queries, the address of each page, and its template.

    `beside` is the address and template of a second file that is made of the same rows.
    """

    name: str
    address: str
    template: str
    beside: tuple[str, str] | None = None

    def files(self) -> list[tuple[str, str]]:
        """The address and template of each file of a page."""
        return [(self.address, self.template), *([self.beside] if self.beside else [])]


KINDS = (
    Kind("home", "index.html", "home.html"),
    Kind("record", "record.js", "record.js"),
    Kind("authorities", "authorities/index.html", "authorities.html"),
    Kind("authority", "authorities/{page}/index.html", "authority.html"),
    Kind("timeline", "authorities/{page}/{page}.csv", "rows.csv"),
    Kind("code", "codes/{page}/index.html", "code.html"),
    Kind("report", "reports/{page}/index.html", "report.html", ("search/texts/{page}.js", "search_text.js")),
    Kind("areas", "areas/index.html", "areas.html"),
    Kind("area", "areas/{page}/index.html", "area.html"),
    Kind("area_on_date", "areas/{page}/index.html", "area_on_date.html"),
    Kind("compare", "compare/index.html", "compare.html"),
    Kind("regions", "regions/index.html", "regions.html"),
    Kind("region", "regions/{page}/index.html", "region.html"),
    Kind("visits", "visits/index.html", "visits.html"),
    Kind("visits_of_year", "visits/{page}/index.html", "visits_of_year.html"),
    Kind("new", "new/index.html", "new.html"),
    Kind("feed", "{page}/feed.xml", "feed.xml"),
    Kind("quality", "about/quality/index.html", "quality.html"),
    Kind("method", "about/method/index.html", "method.html"),
)


class Page(NamedTuple):
    """One page: its key, which stands in its address, and a hash of its data."""

    key: str
    digest: str


class Pages:
    """The pages of one kind over a warehouse. Raises SqlHeaderError for a query without its description."""

    def __init__(self, connection: "duckdb.DuckDBPyConnection", kind: Kind) -> None:
        self.kind = kind
        self._connection = connection
        self._queries = [path.stem for path in sorted((SITE_SQL / kind.name).glob("*.sql"))]
        for name in self._queries:
            statement = read_sql_file(SITE_SQL / kind.name / f"{name}.sql", _ENTRIES).statement
            connection.execute(f"create or replace temp table {self._table(name)} as {statement}")

    def all(self) -> Iterator[Page]:
        """Every page, in the order of their keys."""
        each = " union all ".join(
            f"select page, {literal(name)} as query, md5(string_agg(md5(t::varchar), '' order by rowid)) as digest"
            f" from {self._table(name)} t group by page"
            for name in self._queries
        )
        rows = self._connection.execute(
            f"select page, md5(string_agg(query || digest, '' order by query)) from ({each}) group by page"
            " having bool_or(query = 'page') order by page"
        ).fetchall()
        for key, digest in rows:
            yield Page(key, digest)

    def data(self, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """For each of some pages what its template gets: `page`, a row, and the rows of each other query."""
        found: dict[str, dict[str, Any]] = {key: {name: [] for name in self._queries} for key in keys}
        for name in self._queries:
            # As one text: of each value of a list DuckDB asks whether it is one of libraries that are not here.
            answer = self._connection.execute(
                f"from {self._table(name)} where page in (select unnest(string_split($keys, chr(10)))) order by rowid",
                {"keys": "\n".join(keys)},
            )
            columns = [column[0] for column in answer.description or ()]
            for row in answer.fetchall():
                values = dict(zip(columns, row, strict=True))
                found[values["page"]][name].append(values)
        for key, rows in found.items():
            yield key, {**rows, "page": rows["page"][0]}

    def _table(self, query: str) -> str:
        return f'temp."{self.kind.name}_{query}"'


class Computed:
    """Pages of one kind whose data a function made: for each key what the template gets."""

    def __init__(self, kind: Kind, data: Mapping[str, dict[str, Any]]) -> None:
        self.kind = kind
        self._data = data

    def all(self) -> Iterator[Page]:
        """Every page, in the order of the data."""
        for key, values in self._data.items():
            digest = hashlib.md5(json.dumps(values, default=str).encode(), usedforsecurity=False).hexdigest()
            yield Page(key, digest)

    def data(self, keys: Sequence[str]) -> Iterator[tuple[str, dict[str, Any]]]:
        """For each of some pages what its template gets."""
        for key in keys:
            yield key, self._data[key]
