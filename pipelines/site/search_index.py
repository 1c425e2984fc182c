"""The search index as files for a browser: the warehouse's own, so that the site ranks as `search_paragraphs` does.

Each file is a script that calls `searchData(name, data)`, because a page that is opened from a folder may load scripts
and nothing else. `static/search_engine.js` reads them:

    words.js            every word with its term and spelling with hyphens, stop words, the first term of each shard
    reports.js          each report, and sections.js each of their sections: what a search filters by and shows
    paragraphs.js       length and section of each paragraph
    postings-NN.js      a shard: for each of its terms the paragraphs that hold it, and how often
    texts/REPORT.js     the paragraphs of a report, read for those shown and where words must stand next to one another;
                        written beside the report's page

Paragraphs and terms are numbered as in the warehouse. Each file is the same as long as the warehouse is.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from pipelines.site.pages import Computed, Kind
from pipelines.warehouse.headers import read_query

if TYPE_CHECKING:
    import duckdb

N_SHARDS = 48
"""40 KB each at 500 reports: a search of two words reads two of them."""


class Option(NamedTuple):
    """A value that a filter can have, what it is called, and the group that it stands in or nothing."""

    value: str
    label: str
    heading: str


def search_pages(connection: "duckdb.DuckDBPyConnection", options: dict[str, list[Option]]) -> Iterator[Computed]:
    """The search page, with what its filters offer, and of how many authorities there is text."""
    searched = _rows(connection, "extent")[0]
    yield Computed(
        Kind("search", "search/index.html", "search.html"),
        {
            "": {
                "searched": searched,
                "options": {name: [list(one) for one in group] for name, group in options.items()},
            }
        },
    )


def search_options(connection: "duckdb.DuckDBPyConnection") -> dict[str, list[Option]]:
    """What each filter of the page offers: kinds, areas, themes, authorities, regions, grades and authority_grades."""
    for query in ("name_in_address", "search_numbers"):
        connection.execute(read_query(f"site/{query}"))
    names = ("kinds", "areas", "themes", "authorities", "regions", "grades", "authority_grades")
    options: dict[str, list[Option]] = {name: [] for name in names}
    for name, value, label, heading, _ in connection.execute(read_query("site/search_options")).fetchall():
        options[name].append(Option(value, label, heading))
    return options


def index_files(
    connection: "duckdb.DuckDBPyConnection", filters: dict[str, list[Option]]
) -> Iterator[tuple[str, bytes]]:
    """Each file of the index but for the texts: its name below `search/`, and its bytes. After `search_options`."""
    labels = {
        name: {option.value: option.label for option in options}
        for name, options in filters.items()
        if name in ("kinds", "grades", "authority_grades")
    }
    shards = _rows(connection, "postings", n_shards=N_SHARDS)
    stop_words = [word for (word,) in connection.execute("select word from search.stop_words order by word").fetchall()]
    yield _script(
        "words",
        {
            **_rows(connection, "words")[0],
            "stop_words": stop_words,
            "shards": [shard["first_term_id"] for shard in shards],
        },
    )
    yield _script("reports", {"labels": labels, **_columns(_rows(connection, "reports"))})
    yield _script("sections", _columns(_rows(connection, "sections")))
    yield _script("paragraphs", _rows(connection, "paragraphs")[0])
    for number, shard in enumerate(shards):
        yield _script(f"postings-{number:02}", shard["terms"])


def _rows(connection: "duckdb.DuckDBPyConnection", name: str, **given: object) -> list[dict[str, Any]]:
    """The rows of a query of `sql/site`, by their columns."""
    answer = connection.execute(read_query(f"site/search_{name}"), given)
    columns = [column[0] for column in answer.description or ()]
    return [dict(zip(columns, row, strict=True)) for row in answer.fetchall()]


def _columns(rows: list[dict[str, Any]]) -> dict[str, list[Any]]:
    """The same by column: the names of the columns stand there once."""
    return {name: [row[name] for row in rows] for name in (rows[0] if rows else ())}


def _script(name: str, data: object) -> tuple[str, bytes]:
    """A file that gives data to the page that loads it."""
    return f"{name}.js", b'searchData("%s",%s);\n' % (name.encode(), msgspec.json.encode(data))
