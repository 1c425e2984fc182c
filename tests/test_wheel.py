"""An installed wheel works from any folder: its SQL, reference data and report kinds travel with it."""

import json
import os
import shutil
import site
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from pipelines.sample.make import DEFAULT_REPORTS

ROOT = Path(__file__).parents[1]
OF_THE_PROGRAM = ("pipelines", "sql", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.slow


def call(command: list[str], folder: Path, path: Path | None = None) -> str:
    """Run a command that must end well, without what this environment adds to Python's path, and give what it says."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    if path:
        environment["PYTHONPATH"] = str(path)
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel of this checkout, without the network."""
    source = tmp_path_factory.mktemp("source") / "program"
    source.mkdir()
    for name in OF_THE_PROGRAM:  # a build leaves files behind, and what is no part of the program must not be needed
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, source)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--no-index", "--wheel-dir", str(source.parent)]
    call([sys.executable, "-m", "pip", "wheel", *options, "."], source)
    (built,) = source.parent.glob("*.whl")
    shutil.rmtree(source)
    return built


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Python of an environment that holds the wheel, and sees this environment's libraries but not this checkout."""
    environment = tmp_path_factory.mktemp("environment")
    call([sys.executable, "-m", "venv", "--without-pip", str(environment)], environment)
    (packages,) = environment.glob("lib/python*/site-packages")
    options = ["--quiet", "--no-deps", "--no-index", "--target", str(packages)]
    call([sys.executable, "-m", "pip", "install", *options, str(wheel)], environment)
    # a .pth of a folder that another .pth names is not followed: the checkout stays out
    (packages / "libraries.pth").write_text("\n".join(site.getsitepackages()))
    return str(environment / "bin" / "python")


def test_every_file_that_the_program_reads_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    data = {path for path in (ROOT / "pipelines").rglob("*") if path.is_file() and "__pycache__" not in path.parts}
    wanted = {path.relative_to(ROOT).as_posix() for path in data}
    wanted |= {f"pipelines/{path.relative_to(ROOT).as_posix()}" for path in (ROOT / "sql").rglob("*.sql")}
    assert wanted - names == set()
    assert not any(name.startswith(("tests/", "bench/", "sql/")) for name in names)


def test_an_installed_wheel_builds_the_sample_and_answers_from_an_unrelated_folder(python: str, tmp_path: Path) -> None:
    judgements = [python, "-m", "pipelines"]
    where = "import pipelines, pipelines.warehouse.headers as h; print(pipelines.__file__, h.SQL_FOLDER)"
    package, sql = (Path(one) for one in call([python, "-c", where], tmp_path).split())
    assert Path(python).parents[1] in package.parents
    assert sql == package.with_name("sql")
    told = call([*judgements, "build", "--source", "sample", "--data", "tmp", "--json"], tmp_path)
    assert json.loads(told)["n_accepted"] == DEFAULT_REPORTS
    question = "select count(*) as n from marts.latest_judgements"
    answer = call([*judgements, "query", question, "--data", "tmp", "--format", "json"], tmp_path)
    assert json.loads(answer)[0]["n"] > 0
    assert json.loads(call([*judgements, "build", "--source", "sample", "--data", "tmp", "--json"], tmp_path))[
        "is_unchanged"
    ]
