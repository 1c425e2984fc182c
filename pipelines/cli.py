"""`judgements ...`: the options of each command, and errors as a sentence and an exit code.

What a command does is in `commands/`, imported when it runs so that help and errors come at once.
Exit codes: 0 done, 1 failed, 2 used wrongly (options, a source, a setting), 3 the machine stands in the way (a full
disk, a folder that can't be written, a limit of the system).
"""

import os
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from pipelines.commands.dates import EXAMPLES as DAY_EXAMPLES
from pipelines.commands.terminal import NobodyReadsError, say
from pipelines.errors import UsageError, exit_code, is_known, sentence

if TYPE_CHECKING:
    from pipelines.settings import Settings


NOBODY_READS = 141
"""What a shell tells of a program that was still writing when its reader had ended, as in `| head`."""


class PlainErrors(TyperGroup):
    """Prints an error of ours, the machine or DuckDB as a sentence and exits with its code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command."""
        try:
            for argument in ctx.args:
                _check_text(argument)
            return super().invoke(ctx)
        except Exception as error:
            if isinstance(error, UnicodeEncodeError):  # SQLite and DuckDB take names of files as text
                error = UsageError(f"{error.object!r} is not UTF-8: rename the file or folder that is named so.")
            if isinstance(error, NobodyReadsError):
                raise typer.Exit(NOBODY_READS) from error
            if isinstance(error, BrokenPipeError) or not is_known(error):
                raise
            say(f"{sentence(error)}\n", error=True, colour="red")
            raise typer.Exit(exit_code(error)) from error


def _check_text(argument: str) -> None:
    """Raise UsageError for an argument that neither DuckDB nor SQLite would take as text."""
    if not argument.isascii() and (written := os.fsencode(argument).decode("utf-8", "replace")) != argument:
        raise UsageError(
            f"{written!r} can't be read as text: write it in UTF-8, and set a locale of UTF-8 (LC_ALL=C.UTF-8)."
        )


app = typer.Typer(
    cls=PlainErrors,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Every judgement Ofsted has made of English local authority children's services, as a DuckDB warehouse.",
)


DataFolder = Annotated[
    Path | None,
    typer.Option("--data", metavar="DIR", help="Folder for everything on disk; without it, JUDGEMENTS_DATA or data."),
]
Format = Annotated[
    Literal["table", "csv", "json", "parquet", "xlsx"], typer.Option("--format", help="The form of the answer.")
]
Report = Annotated[
    str,
    typer.Argument(
        metavar="REPORT", help="Its id or address, its authority with the date (Kent 9 May 2022), or part of its path."
    ),
]


def _say_version(wanted: bool) -> None:
    if wanted:
        say(f"judgements {version('childrens-services-judgements')}\n")
        raise typer.Exit


@app.callback()
def front_door(
    version_wanted: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say the version and leave.")
    ] = False,
) -> None:
    """Options before every command."""


@app.command()
def build(
    source: Annotated[
        str | None,
        typer.Option(
            metavar="SOURCE",
            help="'ofsted', 'sample', or a directory of PDFs (./sample for one named so). Without it no source is"
            " asked: it builds from what was listed last and is archived.",
        ),
    ] = None,
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
    accept_fewer: Annotated[
        bool, typer.Option("--accept-fewer-inspections", help="Publish also fewer inspections than are published.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the summary as JSON.")] = False,
) -> None:
    """Find, archive, read and parse reports, and publish the warehouse. The one that it replaces is kept.

    Only what is new or changed is fetched and read. --only and --limit make a partial warehouse: try it in a folder of
    its own, with --data DIR.

    JUDGEMENTS_WORKERS processes of this machine read, or the workers of a Dask cluster whose scheduler
    JUDGEMENTS_CLUSTER names, as tcp://host:8786.
    """
    from pipelines.sources.published import Wanted

    if source is None and (only or limit or accept_shrunken or dry_run):
        raise UsageError("--only, --limit, --accept-shrunken-listing and --dry-run are about a --source: name it, too.")
    wanted = Wanted(source, only, limit, accept_shrunken) if source else None
    if dry_run and wanted:
        from pipelines.commands.dry_run import print_plan

        print_plan(_settings(data), wanted, as_json=as_json)
        return
    from pipelines.commands.build import run_build

    run_build(_settings(data), wanted, force=force, accept_fewer=accept_fewer, as_json=as_json)


@app.command()
def status(
    data: DataFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON.")] = False,
) -> None:
    """Say how current the warehouse is, what it was built from, what it holds and what it lacks."""
    from pipelines.commands.status import print_status

    print_status(_settings(data), as_json=as_json)


@app.command()
def history(answer_format: Format = "table", data: DataFolder = None) -> None:
    """List the published warehouse and the earlier ones that are kept, with what each changed.

    JUDGEMENTS_KEPT_WAREHOUSES of them are kept, 5 unless it says otherwise.
    """
    from pipelines.commands.history import print_history

    print_history(_settings(data), answer_format)


@app.command()
def restore(
    version_wanted: Annotated[
        str | None,
        typer.Argument(metavar="[VERSION]", help="Its version, or a part of it that no other has: see history."),
    ] = None,
    data: DataFolder = None,
) -> None:
    """Publish an earlier warehouse again, with its exports: the one before, or VERSION.

    The one that it replaces is kept, so that this can be undone. The next build replaces it again.
    """
    from pipelines.commands.restore import run_restore

    run_restore(_settings(data), version_wanted)


@app.command()
def verify(
    data: DataFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print what was found as JSON.")] = False,
) -> None:
    """Check that all that is kept is as it was written, and say what to do where it is not: then it exits with 1."""
    from pipelines.commands.verify import run_verify

    run_verify(_settings(data), as_json=as_json)


@app.command()
def notify(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only print what would be sent, and to which kinds of service.")
    ] = False,
    test: Annotated[bool, typer.Option("--test", help="Only send one test message to each address.")] = False,
    data: DataFolder = None,
) -> None:
    """Tell people of new reports, changed grades and failures, at the addresses of JUDGEMENTS_NOTIFY_URL.

    Run it after each build: judgements build --source ofsted; judgements notify. Nothing is sent twice, and what an
    address does not take waits for the next time: then it exits with 1. The first time no report is new: what is there
    is known from then on.

    JUDGEMENTS_NOTIFY_OF switches kinds on: failed_runs failed_checks new_reports changed_grades due_statistics.
    """
    from pipelines.commands.notify import print_preview, run_notify, send_test

    if dry_run and test:
        raise UsageError("Give --dry-run or --test: one sends nothing, the other sends a test.")
    (print_preview if dry_run else send_test if test else run_notify)(_settings(data))


@app.command()
def query(
    sql: Annotated[
        str,
        typer.Argument(
            metavar="SQL-or-FILE",
            help="SQL, a .sql file, - for standard input, or a question of docs/questions.md by its number or a part of"
            " its name: 02, neighbours_were_told.",
        ),
    ],
    to_set: Annotated[
        list[str] | None,
        typer.Option(
            "--set",
            metavar="NAME=VALUE",
            help="In a question, ask this in place of what stands there: --set authority=Kent"
            f" --set theme='care leavers' --set reference_date=today. A date is written as {DAY_EXAMPLES}. Repeatable.",
        ),
    ] = None,
    answer_format: Format = "table",
    unsafe: Annotated[bool, typer.Option("--unsafe", help="Let the query read and write files.")] = False,
    data: DataFolder = None,
) -> None:
    """Ask the warehouse anything: a query reads it, and no file. In CSV, a formula has an apostrophe before it.

    Example: judgements query 02 --set authority=Kent --set reference_date=today
    """
    from pipelines.commands.query import run_query

    run_query(_settings(data), sql, answer_format, to_set or (), unsafe=unsafe)


@app.command()
def show(
    authority: Annotated[str, typer.Argument(metavar="AUTHORITY", help="Its name, part of it, URN or code.")],
    answer_format: Format = "table",
    data: DataFolder = None,
) -> None:
    """Show the whole line of one authority: its judgements, and the visits and joint inspections between them.

    Other forms than a table have one row per inspection, visit or change, as marts.authority_timeline has.
    """
    from pipelines.commands.show import show_authority

    show_authority(_settings(data), authority, answer_format)


@app.command()
def visits(
    authority: Annotated[str | None, typer.Option(metavar="NAME", help="Its name, part of it, URN or code.")] = None,
    kind: Annotated[str | None, typer.Option(metavar="KIND", help="focused_visit, jtai, area_send ...")] = None,
    theme: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A theme or part of its name: care leavers.")
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="NAME", help="One of ONS's nine or Ofsted's eight.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only those that began since: 2021.")] = None,
    answer_format: Format = "table",
    data: DataFolder = None,
) -> None:
    """List visits and joint inspections, latest first, with the grade that the authority had at the time."""
    from pipelines.commands.visits import list_visits

    list_visits(_settings(data), authority, kind, theme, region, since, answer_format)


@app.command()
def search(
    words: Annotated[
        str,
        typer.Argument(
            metavar="TEXT",
            help="""Words in any order, "phrases" and -exclusions: '"edge of care" placements -fostering'.""",
        ),
    ],
    authority: Annotated[str | None, typer.Option(metavar="NAME", help="Its name, part of it, URN or code.")] = None,
    section: Annotated[
        str | None, typer.Option(metavar="TEXT", help="A judgement (care_leavers) or words of the heading.")
    ] = None,
    grade: Annotated[
        str | None, typer.Option(metavar="GRADE", help="Only sections with this grade: 'requires improvement'.")
    ] = None,
    framework: Annotated[str | None, typer.Option(metavar="CODE", help="sif, ilacs, ilacs_2023 ...")] = None,
    kind: Annotated[
        str | None, typer.Option(metavar="KIND", help="full_inspection, focused_visit, jtai, area_send ...")
    ] = None,
    theme: Annotated[str | None, typer.Option(metavar="TEXT", help="Only visits on this theme, or part of it.")] = None,
    from_date: Annotated[
        str | None, typer.Option("--from", metavar="DATE", help=f"Only those that began since: {DAY_EXAMPLES}.")
    ] = None,
    to_date: Annotated[str | None, typer.Option("--to", metavar="DATE", help="Only those that began by then.")] = None,
    all_words: Annotated[bool, typer.Option("--all-words", help="Only paragraphs that hold every word.")] = False,
    limit: Annotated[int, typer.Option(metavar="N", min=0, help="At most so many; 0 for all.")] = 10,
    answer_format: Format = "table",
    data: DataFolder = None,
) -> None:
    """Find paragraphs by their words, best first, each with its page.

    Endings, case and hyphens do not matter: interview finds interviews, well-being finds wellbeing. Inside quotes
    endings count. Annexes, on the inspection itself, its team and the grades, are not searched.
    """
    from pipelines.commands.search import search

    filters = {
        "authority": authority,
        "section": section,
        "grade": grade,
        "framework": framework,
        "activity_kind": kind,
        "theme": theme,
        "from_date": from_date,
        "to_date": to_date,
        "all_words": all_words,
    }
    search(_settings(data), words, filters, limit, answer_format)


@app.command("as-at")
def as_at(
    date: Annotated[
        str, typer.Argument(metavar="DATE", help=f"Such as {DAY_EXAMPLES}. Of a month or year, its last day.")
    ],
    published_by: Annotated[
        str | None,
        typer.Option(metavar="DATE", help="Only reports published by then. Default: Ofsted's cut-off, if any."),
    ] = None,
    region: Annotated[str | None, typer.Option(metavar="NAME", help="One of ONS's nine or Ofsted's eight.")] = None,
    authorities: Annotated[bool, typer.Option("--authorities", help="One row per authority and judgement.")] = False,
    answer_format: Format = "table",
    data: DataFolder = None,
) -> None:
    """Show the grades in force on a date, counted as Ofsted counts."""
    from pipelines.commands.as_at import grades_as_at

    grades_as_at(_settings(data), date, published_by, region, authorities, answer_format)


@app.command()
def reconcile(
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE", exists=True, dir_okay=False, help="Spreadsheets (ODS, XLSX) as Ofsted publishes them."
        ),
    ] = None,
    answer_format: Format = "table",
    data: DataFolder = None,
) -> None:
    """Hold Ofsted's own statistics against the reports: what agrees, what differs and why.

    Takes the files into the warehouse, with those of the folder that JUDGEMENTS_STATISTICS names; they stay there.

    Exits with 1 where a difference is unexplained, with 2 where a file can't be read whole.
    """
    from pipelines.commands.reconcile import reconcile as run_reconcile

    run_reconcile(_settings(data), files or (), answer_format)


@app.command()
def read(report: Report, data: DataFolder = None) -> None:
    """Print one report as clean Markdown, with headings, paragraph numbers and page marks."""
    from pipelines.commands.read import read_as_markdown

    say(read_as_markdown(_settings(data), report))


@app.command()
def page(
    report: Report,
    page_number: Annotated[int, typer.Argument(metavar="PAGE", help="The page, from 1.")],
    png: Annotated[Path, typer.Option(metavar="FILE", help="Where to write the picture.")],
    data: DataFolder = None,
) -> None:
    """Draw one page of a report with its lines coloured by role, its judgements or outcome boxed."""
    from pipelines.commands.page import draw_page

    counts = draw_page(_settings(data), report, page_number, png)
    say(f"{png}: " + ", ".join(f"{n} {role.replace('_', ' ')}" for role, n in counts.items()) + "\n")


@app.command("compare-readers")
def compare_readers(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="A directory of PDFs.")],
    data: DataFolder = None,
) -> None:
    """Read every PDF of a directory with both readers and list each line on which they differ."""
    from pipelines.commands.compare_readers import compare_directory

    settings = _settings(data)
    compare_directory(folder, settings.workers, settings.seconds_per_report)


@app.command()
def site(
    out: Annotated[
        Path, typer.Option(metavar="DIR", help="Where to write it: a new folder, or that of an earlier one.")
    ],
    data: DataFolder = None,
) -> None:
    """Write the record as a web site: pages that open from the folder, or on any web server.

    Every build also leaves it in exports/site. Pages whose data did not change are kept as they are.
    """
    from pipelines.commands.site import make_site

    make_site(_settings(data), out)


@app.command()
def serve(
    port: Annotated[int, typer.Option(metavar="N", min=0, max=65535, help="0 for any that is free.")] = 8000,
    data: DataFolder = None,
) -> None:
    """Show the site of the last build in this machine's browser, at http://127.0.0.1:8000, until Ctrl+C."""
    from pipelines.commands.site import serve_site

    serve_site(_settings(data), port)


@app.command()
def sample(
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where to write them.")],
    reports: Annotated[int, typer.Option(metavar="N", min=1, help="How many.")],
    seed: Annotated[int | None, typer.Option(metavar="N", help="Another seed makes another invented world.")] = None,
) -> None:
    """Make invented reports with the truth about them, as many as a benchmark wants."""
    from pipelines.commands.sample import run_sample

    run_sample(out, reports, seed)


def _settings(data: Path | None) -> "Settings":
    from pipelines.settings import read_settings

    return read_settings(data)
