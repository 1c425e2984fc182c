"""Makes the site from a warehouse: views, then each kind of page; only pages whose data changed are made again."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pipelines.files import fingerprint
from pipelines.site.environment import environment
from pipelines.site.pages import KINDS, SITE_SQL, Computed, Kind, Pages
from pipelines.site.questions import answered_questions
from pipelines.site.writer import SiteWriter
from pipelines.sources.named import SAMPLE
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


def write_site(connection: "duckdb.DuckDBPyConnection", folder: Path, previous: Path | None = None) -> SiteWriter:
    """Write the site into an empty folder, keeping what it can of the site in `previous`; returns the counts."""
    writer = SiteWriter(folder, previous)
    program = fingerprint((PACKAGE, SITE_SQL))
    for name in ("workbook/grades_in_words", *(f"site/{view}" for view in VIEWS)):
        connection.execute(f"create or replace temp table {name.rpartition('/')[2]} as {read_query(name)}")
    write_static(writer, program)
    source = connection.execute("select source_name from meta.build").fetchall()[0][0]
    templates = environment(is_invented=source == SAMPLE)
    for pages in _every_kind(connection):
        _write_pages(writer, pages, templates.get_template(pages.kind.template), program[:16])
    writer.finish()
    return writer


def _every_kind(connection: "duckdb.DuckDBPyConnection") -> Iterator[Pages | Computed]:
    yield from (Pages(connection, kind) for kind in KINDS)
    questions = dict(answered_questions(connection))
    yield Computed(
        Kind("questions", "questions/index.html", "questions.html"), {"": {"questions": list(questions.values())}}
    )
    yield Computed(Kind("question", "questions/{page}/index.html", "question.html"), questions)
    yield Computed(Kind("answer", "questions/{page}/answer.csv", "rows.csv"), questions)


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
