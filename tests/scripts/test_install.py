"""Making the environment says how far it is, and what to do when it fails."""

import sys
from pathlib import Path

import pytest

from scripts import install

PIP = """
import time
print("Ignoring pywin32: markers 'sys_platform == \\"win32\\"' don't match your environment")
for name in ("aiosql", "polars-runtime-32"):
    print(f"Collecting {name}==1.0 (from -r requirements.lock (line 1))", flush=True)
    time.sleep(0.3)
print("Installing collected packages: aiosql, polars-runtime-32", flush=True)
time.sleep(0.3)
raise SystemExit(CODE)
"""


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    folder = tmp_path / "lib" / "python3.11" / "site-packages"
    (folder / "pip-23.dist-info").mkdir(parents=True)
    return folder


def test_a_log_shows_how_many_of_how_many(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(install, "SECONDS_BETWEEN_LINES", 0.0)
    told = install.Installing(3, tmp_path)
    (packages / "aiosql-1.0.dist-info").mkdir()
    install.run([sys.executable, "-c", PIP.replace("CODE", "0")], tmp_path / "install.log", told)
    lines = capsys.readouterr().out.splitlines()
    assert "        1 of 2 packages fetched (aiosql)" in lines
    assert "        2 of 2 packages fetched (polars-runtime-32)" in lines
    assert lines[-1] == "        1 of 2 packages installed"
    assert "Collecting aiosql" in (tmp_path / "install.log").read_text()


def test_a_step_that_fails_says_what_pip_said_last_and_where_all_of_it_is(tmp_path: Path) -> None:
    with pytest.raises(install.InstallError, match=r"Installing collected packages(.|\n)*install\.log"):
        install.run([sys.executable, "-c", PIP.replace("CODE", "1")], tmp_path / "install.log")


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
