"""Makes the site from a warehouse: views, then each kind of page; only pages whose data changed are made again."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.exports.version import read_version
from pipelines.files import fingerprint
from pipelines.site.data import data_pages, link_files
from pipelines.site.environment import environment
from pipelines.site.pages import KINDS, SITE_SQL, Computed, Pages
from pipelines.site.questions import question_pages
from pipelines.site.search_index import index_files, search_pages
from pipelines.site.writer import SiteWriter
from pipelines.warehouse.headers import read_query

if TYPE_CHECKING:
    import duckdb
    from jinja2 import Template

PACKAGE = Path(__file__).parent
VIEWS = (
    "site_authorities",
    "site_areas",
    "site_regions",
    "site_grades",
    "site_news",
    "site_days",
    "site_positions",
    "site_shares",
)
"""Tables that several pages read, each made from those before it."""
AT_ONCE = 50
"""Pages whose rows are in memory at the same time."""


def write_site(
    connection: "duckdb.DuckDBPyConnection", folder: Path, exports: Path, previous: Path | None = None
) -> SiteWriter:
    """Write the site of a warehouse into an empty folder, with its exports as the files of the data page.

    What it can it keeps of the site in `previous`. Returns the counts.
    """
    writer = SiteWriter(folder, previous)
    program = fingerprint((PACKAGE, SITE_SQL))
    connection.execute(read_query("site/name_in_address"))
    for name in ("workbook/grades_in_words", *(f"site/{view}" for view in VIEWS)):
        connection.execute(f"create or replace temp table {name.rpartition('/')[2]} as {read_query(name)}")
    write_static(writer, program)
    templates = environment(read_version(connection).is_invented)
    every: Iterator[Pages | Computed] = chain(
        queried_pages(connection),
        question_pages(connection),
        data_pages(connection, exports),
        search_pages(connection),
    )
    for pages in every:
        _write_pages(writer, pages, templates.get_template(pages.kind.template), program[:16])
    for name, script in index_files(connection):
        writer.write(f"search/{name}", "", script)
    link_files(connection, exports, folder)
    writer.finish()
    return writer


def queried_pages(connection: "duckdb.DuckDBPyConnection") -> Iterator[Pages]:
    """The kinds of page whose data are queries."""
    yield from (Pages(connection, kind) for kind in KINDS)


def _write_pages(writer: SiteWriter, pages: Pages | Computed, template: "Template", program: str) -> None:
    """Write the pages of a kind that can't be kept, some at a time."""
    wanted = {}
    for page in pages.all():
        inputs = f"{program} {page.digest}"
        if not writer.keep(page.address, inputs):
            wanted[page.key] = page.address, inputs
    keys = list(wanted)
    for start in range(0, len(keys), AT_ONCE):
        for key, data in pages.data(keys[start : start + AT_ONCE]):
            address, inputs = wanted[key]
            text = template.render(root="../" * address.count("/"), address=address, **data)
            writer.write(address, inputs, text.encode())


def write_static(writer: SiteWriter, program: str) -> None:
    """Write the style sheet and the scripts."""
    for path in sorted((PACKAGE / "static").iterdir()):
        writer.write(f"static/{path.name}", program, path.read_bytes())
