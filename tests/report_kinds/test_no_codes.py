"""Codes of frameworks, judgements, areas and regions stand in reference data alone, not in Python and not in SQL."""

import ast
import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pipelines
from pipelines.report_kinds.registry import load_frameworks, load_vocabulary
from pipelines.tables.frames import OWN_REFERENCE
from pipelines.warehouse.headers import SQL_FOLDER

PACKAGE = Path(pipelines.__file__).parent
FRAMEWORKS = {code for one in load_frameworks() for code in (one.framework_code, one.framework_family)}
AREAS = {area.area_code for area in load_vocabulary().areas} | {
    kind.judgement_code for one in load_frameworks() for kind in one.judgements
}
_REGION_ROWS = (OWN_REFERENCE / "regions.csv").read_text("utf-8").splitlines()
REGIONS = {text for row in csv.DictReader(_REGION_ROWS) for text in row.values()}
OTHER_WORDS = {"other", "outcomes"}
"""Areas or judgements by their codes, and also words for much else: a kind of inspection, a table."""

IN_QUOTES = re.compile(r"'([^'\n]*)'|\"([^\"\n]*)\"")
BEARS_ITS_NAME = re.compile(r"(?:area_code = |covers, )'(\w+)'\)+\s+as\s+(?:\"[^\"]+\"|\1\w*)")
"""An area that selects what the column of its name holds, or one of Ofsted's own columns."""


def codes_in(words: str) -> set[str]:
    """The codes that a literal is, or that stand in quotes in it, also as the beginning of a pattern."""
    said = {words, *(one or other for one, other in IN_QUOTES.findall(words))}
    return {code.strip("%^$.*") for code in said} & (FRAMEWORKS | AREAS | REGIONS) - OTHER_WORDS


def python_literals(code: str) -> Iterator[str]:
    """The strings of a module that are no docstrings."""
    tree = ast.parse(code)
    documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documented:
            yield node.value


def sql_literals(text: str) -> Iterator[str]:
    """The strings of a statement, but for areas that its columns bear, and for what a reader is meant to change."""
    statement = re.sub(r"^with asked as \(.*?\),?$", "", re.sub(r"--[^\n]*", "", text), flags=re.MULTILINE)
    yield from re.findall(r"'([^'\n]*)'", BEARS_ITS_NAME.sub("", statement))


def test_no_code_stands_in_python() -> None:
    found = {
        f"{path.relative_to(PACKAGE)}: {code}"
        for path in PACKAGE.rglob("*.py")
        if "sample" not in path.relative_to(PACKAGE).parts
        for literal in python_literals(path.read_text("utf-8"))
        for code in codes_in(literal)
    }
    assert sorted(found) == []


def test_no_code_stands_in_sql() -> None:
    found = {
        f"{path.relative_to(SQL_FOLDER)}: {code}"
        for path in SQL_FOLDER.rglob("*.sql")
        for literal in sql_literals(path.read_text("utf-8"))
        for code in codes_in(literal)
    }
    other_area = {
        path.stem for path in SQL_FOLDER.rglob("*.sql") if re.search(r"area_code\W+'other'", path.read_text())
    }
    assert sorted(found | other_area) == []


def test_a_code_is_found_wherever_it_hides() -> None:
    assert codes_in("sif")
    assert codes_in("select * from f where framework_code like 'ilacs%'")
    assert codes_in("order by list_position(['overall', 'care'], area_code)")
    assert codes_in("E12000007")
    assert not codes_in("sif, ilacs, ilacs_2023 and overall in a sentence")
    assert list(sql_literals("select x filter (where area_code = 'care') as care_rank")) == []
    assert list(sql_literals("select x filter (where area_code = 'care') as leaders")) == ["care"]
    assert list(sql_literals("with asked as (select 'overall' as area)\nselect 1")) == []
