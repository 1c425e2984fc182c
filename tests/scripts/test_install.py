"""Making the environment says how far it is, and what to do when it fails."""

import sys
from pathlib import Path

import pytest

from scripts import install

IGNORED = "Ignoring pywin32: markers 'sys_platform == \"win32\"' don't match your environment"
COLLECTING = [
    f"Collecting {name}==1.0 (from -r requirements.lock (line 1))" for name in ("aiosql", "polars-runtime-32")
]
INSTALLING = "Installing collected packages: aiosql, polars-runtime-32"
PIP = "\n".join(f"print({line!r})" for line in (IGNORED, *COLLECTING, INSTALLING))


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "lib" / "python3.11" / "site-packages"
    (folder / "pip-23.dist-info").mkdir(parents=True)
    return folder


def test_pips_words_say_how_many_of_how_many(packages: Path, tmp_path: Path) -> None:
    told = install.Installing(3, tmp_path)
    sentences = []
    for line in (IGNORED, *COLLECTING, INSTALLING):
        told.read(line)
        sentences.append(told.sentence())
    (packages / "aiosql-1.0.dist-info").mkdir()
    assert sentences == [
        "0 of 2 packages fetched (starting)",
        "1 of 2 packages fetched (aiosql)",
        "2 of 2 packages fetched (polars-runtime-32)",
        "0 of 2 packages installed",
    ]
    assert told.sentence() == "1 of 2 packages installed"


def test_a_log_ends_in_how_many_are_installed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    install.run([sys.executable, "-c", PIP], tmp_path / "install.log", install.Installing(3, tmp_path))
    assert capsys.readouterr().out.splitlines()[-1] == "        0 of 2 packages installed"
    assert "Collecting aiosql" in (tmp_path / "install.log").read_text()


def test_a_step_that_fails_says_what_pip_said_last_and_where_all_of_it_is(tmp_path: Path) -> None:
    with pytest.raises(install.InstallError, match=r"Installing collected packages(.|\n)*install\.log"):
        install.run([sys.executable, "-c", f"{PIP}\nraise SystemExit(1)"], tmp_path / "install.log")


@pytest.mark.parametrize(
    ("printed", "advice"),
    [
        ("The virtual environment was not created successfully because ensurepip is not available.", "python3-venv"),
        ("/usr/bin/python3: No module named venv", "python3-venv"),
        ("Error: Command '['v/bin/python3', '-m', 'ensurepip']' returned non-zero exit status 1.", "Is the disk full"),
        ("ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device", "disk is full"),
        ("WARNING: Retrying (Retry(total=4)) after connection broken by 'NewConnectionError'", "Are you online"),
        (
            "WARNING: Retrying (Retry(total=4)) after connection broken by 'SSLError(CERTIFICATE_VERIFY_FAILED)'",
            "PIP_CERT",
        ),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES FROM THE REQUIREMENTS FILE.", "was not installed"),
        ("ERROR: No matching distribution found for duckdb==1.5.0", "no ready-made file"),
        ("ERROR: Something new\nand its second line", "and its second line"),
    ],
)
def test_each_failure_says_what_to_do(printed: str, advice: str) -> None:
    assert advice in install.what_to_do(printed)


def test_a_folder_that_is_no_environment_is_not_emptied(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").touch()
    with pytest.raises(install.InstallError, match="is no Python environment"):
        install.install(tmp_path)
    assert (tmp_path / "thesis.txt").exists()


def test_the_number_that_is_told_is_that_of_the_lock() -> None:
    lock = (Path(install.__file__).parents[1] / "requirements.lock").read_text("utf-8")
    packages = [line for line in lock.splitlines() if line[:1].strip("# ")]
    assert len(install.NAMED.findall(lock)) == len(packages) > 100
