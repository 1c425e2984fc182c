"""A framework that nobody has heard of goes from PDF to mart: one file of data, and no line of Python or SQL."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

import pipelines
from pipelines.sample.history import make_plan
from pipelines.sample.make import DEFAULT_SEED
from pipelines.sample.tables import Row, TableStyle, set_table
from pipelines.sample.writer import Writer
from pipelines.warehouse.headers import SQL_FOLDER

KIND = """
framework_code = "lanterns"
framework_family = "lanterns"
activity_kind = "lantern_walk"
name = "Inspection of lantern services"
first_inspection_date = 2031-01-01
sort_order = 20
begins_in = "partnership"
scale = ["outstanding", "good", "inadequate"]
table = "cover"
overall_limit = "one_way"
lists = [{ kind = "recommendation", pattern = "wishes", matches = ["Wishes"], not = ["Wish"] }]

[[titles]]
pattern = "inspection of (?P<authority>.{3,70}?) lantern services"
matches = ["Inspection of Barnet lantern services"]
not = ["Inspection of Barnet"]

[[judgements]]
judgement_code = "brightness"
area_code = "help_and_protection"
also_covers = ["care"]
label = "How brightly lanterns shine for children"
is_key = true
limits_overall = true

[judgements.spelling]
pattern = "how brightly lanterns shine for children"
matches = ["How brightly lanterns shine for children"]
not = ["Lanterns"]

[[judgements]]
judgement_code = "glow"
area_code = "overall"
label = "The glow as a whole"
is_key = true
spelling = { pattern = "the glow as a whole", matches = ["The glow as a whole"], not = ["Glow"] }
"""


def lantern_report() -> bytes:
    """A typeset report of that kind, with the cover, a table, a list and numbered findings."""
    plan = make_plan(DEFAULT_SEED, 0)
    writer = Writer(plan, 92.0, 750.0, lambda *_: None)
    writer.sheet.line(70.9, "Inspection of Barnet lantern services", writer.face.regular, 26.0, 31.4)
    writer.text("Inspection dates: 3 to 14 March 2031", bold=True)
    writer.text("Lead inspector: Una Mossop, His Majesty’s Inspector", bold=True)
    writer.sheet.gap(22)
    rows = (
        Row("Judgement", "Grade", bold=True),
        Row("How brightly lanterns shine for children", "Inadequate"),
        Row("The glow as a whole", "Good"),
    )
    set_table(writer, rows, TableStyle(70.9, 300.0, 524.0))
    writer.sheet.gap(28)
    writer.heading("Wishes")
    writer.bullets_of([("More light in the evenings.", ()), ("Lanterns for every landing.", ())])
    writer.heading("How brightly lanterns shine for children: inadequate")
    writer.findings("help_and_protection", "inadequate", 12)
    return writer.sheet.pdf("An invented report")


@pytest.mark.slow
def test_a_framework_is_a_file(tmp_path: Path) -> None:
    skipped = shutil.ignore_patterns("__pycache__")
    shutil.copytree(Path(pipelines.__file__).parent, tmp_path / "pipelines", ignore=skipped)
    shutil.copytree(SQL_FOLDER, tmp_path / "sql", ignore=skipped)
    (tmp_path / "pipelines" / "report_kinds" / "lanterns.toml").write_text(KIND, encoding="utf-8")
    reports = tmp_path / "reports" / "80487_barnet"
    reports.mkdir(parents=True)
    (reports / "lantern inspection - 20 may 2031.pdf").write_bytes(lantern_report())
    built = subprocess.run(
        [sys.executable, "-m", "pipelines", "build", "--source", str(reports.parent), "--data", str(tmp_path / "data")],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    with duckdb.connect(str(tmp_path / "data" / "warehouse" / "judgements.duckdb"), read_only=True) as connection:

        def rows(question: str) -> list[tuple[object, ...]]:
            return connection.execute(question).fetchall()

        assert rows("select name, scale from core.frameworks where framework_family = 'lanterns'") == [
            ("Inspection of lantern services", ["outstanding", "good", "inadequate"])
        ]
        latest = "select area_code, judgement_code, grade, inspection_kind from marts.latest_judgements"
        assert rows(f"{latest} where framework_code = 'lanterns' order by all") == [
            ("help_and_protection", "brightness", "inadequate", "standard"),
            ("overall", "glow", "good", "standard"),
        ]
        assert rows("select addressed_to, text from core.recommendations order by ordinal") == [
            ("partnership", "More light in the evenings."), ("partnership", "Lanterns for every landing."),
        ]  # fmt: skip
        broken = "select rule from quality.consistency_breaks where found like '%lanterns%'"
        assert ("limiting_judgement_makes_overall_inadequate",) in rows(broken)
