"""README and docs: links lead somewhere, what can be copied runs as it stands, and every library has its reason."""

import re
import shlex
import tomllib
from itertools import chain
from pathlib import Path

import duckdb
import msgspec
import pytest
from typer.testing import CliRunner

from pipelines import cli
from pipelines.build.run import BuildSummary
from pipelines.settings import Settings

ROOT = Path(__file__).parents[1]
PAGES = (ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md")))
TO_COPY = (ROOT / "README.md", ROOT / "docs" / "using.md")
NOT_TO_RUN = re.compile(r"--source|\b(REPORT|DIR|FILE|VERSION)\b|^(restore|notify)\b")
"""Commands that need reports, the network, or a name of one's own; and two that have tests of their own."""
COMMANDS = sorted(
    {
        shlex.join(shlex.split(words, comments=True))
        for page in (*TO_COPY, ROOT / "docs" / "operating.md")
        for words in chain(
            re.findall(r"^(?:as-judgements |\.venv/bin/)?judgements (.+)$", page.read_text("utf-8"), re.MULTILINE),
            re.findall(r"`(query \d\d[^`]*)`", page.read_text("utf-8")),
        )
        if not NOT_TO_RUN.search(words)
    }
)


@pytest.fixture(scope="module")
def data(built_sample_data: tuple[Settings, BuildSummary]) -> Path:
    """A data folder with the whole sample, as `make warehouse` builds it."""
    return built_sample_data[0].data


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_to_a_file_and_its_heading_resolves(page: Path) -> None:
    text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
    for target in re.findall(r"\]\((?!https?://)([^)\s]+)\)", text):
        name, _, heading = target.partition("#")
        file = page.parent / name if name else page
        assert file.exists(), target
        assert not heading or heading in _anchors(file), target


def _anchors(page: Path) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_readme_is_read_in_a_minute() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 120


def test_every_page_of_the_docs_is_in_their_index() -> None:
    index = (ROOT / "docs" / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"({page.name})" not in index] == ["README.md"]


@pytest.mark.parametrize("page", TO_COPY, ids=lambda page: page.name)
def test_queries_to_copy_run_as_they_stand(page: Path, data: Path) -> None:
    (block,) = re.findall(r"```sql\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    with duckdb.connect(str(Settings(data=data).warehouse), read_only=True) as connection:
        for sql in filter(str.strip, re.split(r";\s*$", block, flags=re.MULTILINE)):
            assert connection.sql(sql).fetchone(), sql


@pytest.mark.parametrize("words", COMMANDS)
def test_commands_to_copy_run_as_they_stand(words: str, data: Path) -> None:
    result = CliRunner().invoke(cli.app, shlex.split(words), env={"JUDGEMENTS_DATA": str(data)})
    assert result.exit_code == 0, result.output


def test_the_first_answer_leaves_nobody_out(data: Path) -> None:
    (block,) = re.findall(r"```sql\n(.*?)```", TO_COPY[0].read_text("utf-8"), re.DOTALL)
    with duckdb.connect(str(Settings(data=data).warehouse), read_only=True) as connection:
        answer = connection.sql(block).fetchall()
        names = connection.sql("select distinct authority_name from marts.latest_judgements order by 1").fetchall()
    assert [row[0] for row in answer] == [name for (name,) in names]
    without_overall = [row for row in answer if row[2] is None]
    assert without_overall, "the sample has inspections since April 2026"
    assert all(all(row[3:]) for row in without_overall)


def test_every_library_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = chain(project["dependencies"], *project["optional-dependencies"].values())
    names = [re.split(r"[<>=]", one)[0] for one in wanted]
    rows = re.findall(r"^\| (.+?) \|", (ROOT / "docs" / "libraries.md").read_text("utf-8"), re.MULTILINE)
    told = [re.sub(r" \(.*", "", name).lower() for row in rows for name in row.split(", ")]
    assert [name for name in names if told.count(name) != 1] == []


FORMS = sorted((ROOT / ".github" / "ISSUE_TEMPLATE").glob("[!c]*.yml"))
KINDS_OF_FIELD = {
    "markdown": "value",
    "input": "label",
    "textarea": "label",
    "dropdown": "label",
    "checkboxes": "label",
}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.stem)
def test_an_issue_form_has_what_its_site_demands(form: Path) -> None:
    read = msgspec.yaml.decode(form.read_bytes())
    assert all(isinstance(read[key], str) and read[key] for key in ("name", "description"))
    fields = read["body"]
    assert all(field["attributes"][KINDS_OF_FIELD[field["type"]]] for field in fields)
    asked = [field for field in fields if field["type"] != "markdown"]
    ids, labels = [field["id"] for field in asked], [field["attributes"]["label"] for field in asked]
    assert asked
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[\w-]+", one) for one in ids)
    assert {type(field.get("validations", {}).get("required", False)) for field in asked} == {bool}


def test_issue_forms_are_chosen_by_different_names() -> None:
    names = [msgspec.yaml.decode(form.read_bytes())["name"] for form in FORMS]
    assert len(names) == len(set(names)) == 3
    settings = msgspec.yaml.decode((FORMS[0].parent / "config.yml").read_bytes())
    assert all(set(link) == {"name", "url", "about"} for link in settings["contact_links"])
