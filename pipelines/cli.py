"""`judgements ...`: the front door for people at a terminal.

Belongs here: the words of each command, and turning what can go wrong into a sentence and an exit code.
Stays out: what a command does (`commands/`), imported when it runs so that help and errors come at once; Dagster.

Exit codes: 0 done, 1 it could not be done, 2 it was asked wrongly.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from enum import StrEnum
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from pipelines.settings import Settings

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Every judgement Ofsted has made of English local authority children's services, as a DuckDB warehouse.",
)

DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder for everything on disk. [env: JUDGEMENTS_DATA; default: data]"),
]


class AnswerFormat(StrEnum):
    """The forms in which a query's answer can leave."""

    TABLE = "table"
    CSV = "csv"
    JSON = "json"
    PARQUET = "parquet"


def _say_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"judgements {version('childrens-services-judgements')}")
        raise typer.Exit


@app.callback()
def front_door(
    version_wanted: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    """What stands before every command."""


@app.command()
def build(
    source: Annotated[
        str,
        typer.Option(metavar="SOURCE", help="'ofsted', 'sample', or a directory of PDFs (./sample for one named so)."),
    ],
    data: DataFolder = None,
    force: Annotated[bool, typer.Option("--force", help="Read and build everything again, changed or not.")] = False,
    only: Annotated[
        str | None, typer.Option(metavar="TEXT", help="Only reports whose path or authority holds TEXT.")
    ] = None,
    limit: Annotated[int | None, typer.Option(metavar="N", min=1, help="Only the first N reports.")] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only list what would be fetched: nothing is fetched or built.")
    ] = False,
    accept_shrunken: Annotated[
        bool, typer.Option("--accept-shrunken-listing", help="Believe a site that lists much less than last time.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Find, archive, read and interpret reports, and publish the warehouse.

    Only what is new or changed is fetched and read. --only and --limit make a partial warehouse.

    JUDGEMENTS_WORKERS processes of this machine read, or the workers of a Dask cluster whose scheduler
    JUDGEMENTS_CLUSTER names, as tcp://host:8786.
    """
    with plain_errors():
        if dry_run:
            from pipelines.commands.dry_run import print_plan

            print_plan(_settings(data), source, only, limit, accept_shrunken, as_json=as_json)
            return
        from pipelines.commands.build import run_build

        run_build(
            _settings(data),
            source,
            force=force,
            only=only,
            limit=limit,
            accept_shrunken=accept_shrunken,
            as_json=as_json,
        )


@app.command()
def status(data: DataFolder = None) -> None:
    """Say what the warehouse was built from, and what it holds."""
    with plain_errors():
        from pipelines.commands.status import print_status

        print_status(_settings(data))


@app.command()
def query(
    sql: Annotated[str, typer.Argument(metavar="SQL-or-FILE", help="SQL, a .sql file, or - for standard input.")],
    answer_format: Annotated[
        AnswerFormat, typer.Option("--format", help="The form of the answer.")
    ] = AnswerFormat.TABLE,
    data: DataFolder = None,
) -> None:
    """Ask the warehouse anything, read-only."""
    with plain_errors():
        from pipelines.commands.query import run_query

        run_query(_settings(data), sql, answer_format.value)


@app.command()
def show(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="Its name, part of it, URN or code.")],
    data: DataFolder = None,
) -> None:
    """Show every inspection and judgement of one authority."""
    with plain_errors():
        from pipelines.commands.show import show_authority

        show_authority(_settings(data), authority)


@app.command()
def search(
    words: Annotated[str, typer.Argument(metavar="TEXT", help="Words in any order: 'return home interviews'.")],
    authority: Annotated[str | None, typer.Option(metavar="NAME", help="Part of its name, or its URN or code.")] = None,
    section: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A judgement (care_leavers) or words of the heading.")
    ] = None,
    grade: Annotated[str | None, typer.Option(metavar="GRADE", help="Only sections with this grade.")] = None,
    framework: Annotated[str | None, typer.Option(metavar="CODE", help="sif, ilacs, ilacs_2023 ...")] = None,
    from_date: Annotated[str | None, typer.Option("--from", metavar="DATE", help="First day of inspection.")] = None,
    to_date: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Last day of inspection.")] = None,
    all_words: Annotated[bool, typer.Option("--all-words", help="Only paragraphs that hold every word.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=1, help="At most so many.")] = 10,
    answer_format: Annotated[
        AnswerFormat, typer.Option("--format", help="The form of the answer.")
    ] = AnswerFormat.TABLE,
    data: DataFolder = None,
) -> None:
    """Find paragraphs by their words, best first, each with its page."""
    filters = {
        "authority": authority,
        "section": section,
        "grade": grade,
        "framework": framework,
        "from_date": from_date,
        "to_date": to_date,
        "all_words": all_words,
    }
    with plain_errors():
        from pipelines.commands.search import search

        search(_settings(data), words, filters, limit, answer_format.value)


@app.command("as-at")
def as_at(
    date: Annotated[str, typer.Argument(metavar="DATE", help="Such as 2025-03-31.")],
    published_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="Only reports published by then. Default: all.")
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="NAME", help="One of ONS's nine or Ofsted's eight.")] = None,
    authorities: Annotated[bool, typer.Option("--authorities", help="One row an authority and judgement.")] = False,
    answer_format: Annotated[
        AnswerFormat, typer.Option("--format", help="The form of the answer.")
    ] = AnswerFormat.TABLE,
    data: DataFolder = None,
) -> None:
    """Show the grades in force on a date, counted as Ofsted counts."""
    with plain_errors():
        from pipelines.commands.as_at import grades_as_at

        grades_as_at(_settings(data), date, published_by, region, authorities, answer_format.value)


@app.command()
def read(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id, address, or a part of its path.")],
    data: DataFolder = None,
) -> None:
    """Print one report as clean Markdown, with headings, paragraph numbers and page marks."""
    with plain_errors():
        from pipelines.commands.read import read_as_markdown
        from pipelines.warehouse.connection import open_warehouse

        with open_warehouse(_settings(data).warehouse) as connection:
            typer.echo(read_as_markdown(connection, report), nl=False)


@app.command()
def page(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Its id, address, or a part of its path.")],
    page_number: Annotated[int, typer.Argument(metavar="PAGE", help="The page, from 1.")],
    png: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the picture.")],
    data: DataFolder = None,
) -> None:
    """Draw one page of a report with its lines coloured by role and its judgements boxed."""
    with plain_errors():
        from pipelines.commands.page import draw_page
        from pipelines.warehouse.connection import open_warehouse

        settings = _settings(data)
        with open_warehouse(settings.warehouse) as connection:
            counts = draw_page(connection, settings, report, page_number, png)
        typer.echo(f"{png}: " + ", ".join(f"{n} {role.replace('_', ' ')}" for role, n in counts.items()))


@app.command("compare-readers")
def compare_readers(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A directory of PDFs.")],
    data: DataFolder = None,
) -> None:
    """Read every PDF of a directory with both readers and list each line on which they differ."""
    with plain_errors():
        from pipelines.commands.compare_readers import compare_directory

        settings = _settings(data)
        compare_directory(folder, settings.workers, settings.seconds_per_report)


@app.command()
def sample(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write them.")],
    reports: Annotated[int, typer.Option(metavar="N", min=1, help="How many.")],
    seed: Annotated[int | None, typer.Option(metavar="N", help="Another seed makes another invented world.")] = None,
) -> None:
    """Make invented reports with the truth about them, as many as a benchmark wants."""
    with plain_errors():
        from pipelines.commands.sample import run_sample

        run_sample(out, reports, seed)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what went wrong in a sentence and leave with its exit code; what nobody foresaw keeps its traceback."""
    try:
        yield
    except Exception as error:
        code = _exit_code(error)
        if code is None:
            raise
        typer.secho(str(error), err=True, fg="red" if sys.stderr.isatty() else None)
        raise typer.Exit(code) from error


def _exit_code(error: Exception) -> int | None:
    """2 for what was asked wrongly, 1 for what could not be done, None for what should not happen."""
    import sqlite3

    from pydantic import ValidationError

    from pipelines.build.lock import AnotherWriterError
    from pipelines.commands.page import UnknownPageError
    from pipelines.commands.query import QueryError
    from pipelines.commands.reports import UnknownReportError
    from pipelines.commands.show import UnknownAuthorityError
    from pipelines.errors import JudgementsError
    from pipelines.warehouse.build import RejectedBuildError
    from pipelines.warehouse.connection import MissingWarehouseError
    from pipelines.workers.dask import ClusterError

    if isinstance(error, JudgementsError):
        return error.exit_code
    if isinstance(error, ValidationError):
        return 2
    not_done = (AnotherWriterError, ClusterError, MissingWarehouseError, QueryError, RejectedBuildError)
    not_found = (UnknownAuthorityError, UnknownPageError, UnknownReportError)
    return 1 if isinstance(error, (*not_done, *not_found, OSError, sqlite3.OperationalError)) else None


def _settings(data: Path | None) -> "Settings":
    from pipelines.settings import Settings

    return Settings(data=data) if data is not None else Settings()


def main() -> None:
    """Run the command that was asked for, and leave."""
    app(prog_name="judgements")
