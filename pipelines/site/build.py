"""Makes the site from a warehouse: views, then each kind of page; only pages whose data changed are made again."""

import hashlib
from collections.abc import Iterable
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.exports.version import read_version
from pipelines.files import fingerprint
from pipelines.site.data import data_pages, link_files
from pipelines.site.environment import environment
from pipelines.site.pages import KINDS, Computed, Pages
from pipelines.site.questions import question_pages
from pipelines.site.search_index import index_files, search_options, search_pages
from pipelines.site.writer import SiteWriter
from pipelines.warehouse.headers import SQL_FOLDER, read_query

if TYPE_CHECKING:
    import duckdb
    from jinja2 import Environment

PACKAGE = Path(__file__).parent
SHAPES_PAGES = (PACKAGE, *(PACKAGE.with_name(name) for name in ("exports", "warehouse", "words.py")))
"""What may change what a page says of the same rows: a file, or any file of a folder."""
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
AT_ONCE = 200
"""Pages whose rows are in memory at the same time."""


def write_pages(connection: "duckdb.DuckDBPyConnection", folder: Path, previous: Path | None = None) -> SiteWriter:
    """Write the site of a warehouse into an empty folder, but for its data page: `add_data` does that.

    What it can it keeps of the site in `previous`.
    """
    writer = SiteWriter(folder, previous)
    connection.execute(read_query("site/name_in_address"))
    for name in ("workbook/grades_in_words", *(f"site/{view}" for view in VIEWS)):
        connection.execute(f"create or replace temp table {name.rpartition('/')[2]} as {read_query(name)}")
    for path in sorted((PACKAGE / "static").iterdir()):
        writer.write(f"static/{path.name}", "", path.read_bytes())
    filters = search_options(connection)
    queried = (Pages(connection, kind) for kind in KINDS)
    _write_all(connection, writer, chain(queried, question_pages(connection), search_pages(connection, filters)))
    for name, script in index_files(connection, filters):
        writer.write(f"search/{name}", "", script)
    return writer


def add_data(connection: "duckdb.DuckDBPyConnection", writer: SiteWriter, exports: Path) -> SiteWriter:
    """Add the data page with the exports as its files, and the dictionary: the site is whole. Returns the counts."""
    _write_all(connection, writer, data_pages(connection, exports))
    link_files(connection, exports, writer)
    writer.finish()
    return writer


def _write_all(connection: "duckdb.DuckDBPyConnection", writer: SiteWriter, kinds: Iterable[Pages | Computed]) -> None:
    data = read_version(connection)
    shapes = fingerprint((*SHAPES_PAGES, SQL_FOLDER)), version("jinja2"), version("markupsafe"), str(data.is_invented)
    program = hashlib.sha256("\0".join(shapes).encode()).hexdigest()[:16]
    templates = environment(data.is_invented)
    for pages in kinds:
        _write_kind(writer, pages, templates, program)


def _write_kind(writer: SiteWriter, pages: Pages | Computed, templates: "Environment", program: str) -> None:
    """Write the files of a kind that can't be kept, some pages at a time."""
    wanted: dict[str, list[tuple[str, str, str]]] = {}
    for page in pages.all():
        inputs = f"{program} {page.digest}"
        for pattern, template in pages.kind.files():
            address = pattern.format(page=page.key)
            if not writer.keep(address, inputs):
                wanted.setdefault(page.key, []).append((address, template, inputs))
    keys = list(wanted)
    for start in range(0, len(keys), AT_ONCE):
        for key, data in pages.data(keys[start : start + AT_ONCE]):
            for address, template, inputs in wanted[key]:
                text = templates.get_template(template).render(root="../" * address.count("/"), address=address, **data)
                writer.write(address, inputs, text.encode())
