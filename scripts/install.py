"""Make the environment that `make` works in: `python scripts/install.py .venv`. Only the standard library is needed.

Says every few seconds how far it is, and what to do when it fails. pip's own words are in `.venv/install.log`.
"""

from __future__ import annotations

import re
import subprocess
import sys
import threading
import time
from pathlib import Path

LOCK = Path("requirements.lock")
NAMED = re.compile(r"^[\w.\[\]-]+==", re.MULTILINE)
"""A package that the lock names."""
SECONDS_BETWEEN_LINES = 5.0
LEAST_PYTHON = (3, 11)
WHAT_TO_DO = (
    (
        r"ensurepip is not available|No module named '?(venv|ensurepip)",
        "This Python can't make environments. On Debian and Ubuntu: sudo apt install python3-venv",
    ),
    (
        r"No space left|Errno 28|Disk quota exceeded",
        "The disk is full: about 1.5 GB is needed here, and 1 GB more in the folder for temporary files (TMPDIR).",
    ),
    (
        r"CERTIFICATE_VERIFY_FAILED|SSLError",
        "The package registry's certificate is not trusted here. Behind a proxy that opens TLS, set PIP_CERT to the"
        " proxy's certificate (ask your IT department for the file).",
    ),
    (r"DO NOT MATCH THE HASHES", "A package is not the one that requirements.lock names, and was not installed."),
    (
        r"Retrying|ConnectionError|NewConnectionError|Read timed out|ProxyError",
        "The package registry could not be reached. Are you online? Behind a proxy, set HTTPS_PROXY; for a registry of"
        " your own, set PIP_INDEX_URL.",
    ),
    (
        r"No matching distribution|Failed (to build|building)|metadata-generation-failed",
        "A package has no ready-made file for this Python or machine. Python 3.11 to 3.13 on Linux or macOS has them"
        " all: make PYTHON=/path/to/python3.12 ...",
    ),
    (r"ensurepip.* returned non-zero", "pip could not be put into the environment. Is the disk full? df -h ."),
    (r"Permission denied|Errno 13|Read-only file system", "This folder can't be written: use one that is yours."),
)
"""What pip or venv print when they fail, and what to do then. The first that is found counts."""


class InstallError(Exception):
    """A step failed. The message says what to do."""


class Installing:
    """How far pip is, from its own words and from what stands in the environment."""

    def __init__(self, n_named: int, packages: Path) -> None:
        self._n_in_all, self._packages = n_named, packages
        self._n_before = self._n_installed()
        self._n_found, self._now, self._is_fetching = 0, "", True

    def read(self, line: str) -> None:
        """Take in a line of pip's."""
        if line.startswith("Ignoring "):  # for another system or Python
            self._n_in_all -= 1
        elif collecting := re.match(r"Collecting ([\w.-]+)", line):
            self._n_found, self._now = self._n_found + 1, collecting[1]
        elif "Retrying" in line:
            self._now = "no answer, trying again"
        elif line.startswith("Installing collected"):
            self._is_fetching = False

    def sentence(self) -> str:
        """How many packages of how many."""
        if self._is_fetching:
            return f"{self._n_found} of {self._n_in_all} packages fetched ({self._now or 'starting'})"
        return f"{self._n_installed() - self._n_before} of {self._n_in_all} packages installed"

    def _n_installed(self) -> int:
        return sum(1 for _ in self._packages.glob("lib/python*/site-packages/*.dist-info"))


def what_to_do(log: str) -> str:
    """What somebody can do about a failure, from what was printed; else the end of that.

    >>> what_to_do("OSError: [Errno 28] No space left on device").partition(":")[0]
    'The disk is full'
    """
    known = (advice for pattern, advice in WHAT_TO_DO if re.search(pattern, log))
    return next(known, "What pip said last:\n" + "\n".join(log.splitlines()[-8:]))


def run(command: list[str], log: Path | None = None, told: Installing | None = None) -> None:
    """Run a command to its end, and say how far it is. Raises InstallError."""
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")  # noqa: S603
    lines: list[str] = []

    def read() -> None:
        for line in process.stdout or ():
            lines.append(line)
            if told:
                told.read(line)

    reader = threading.Thread(target=read, daemon=True)
    reader.start()
    try:
        if told:
            _tell(process, told)
        code = process.wait()
    except BaseException:
        process.kill()
        raise
    reader.join()
    if log:
        with log.open("a", encoding="utf-8") as file:
            file.writelines(lines)
    if code:
        raise InstallError(what_to_do("".join(lines)) + (f"\nAll of it is in {log}." if log else ""))


def _tell(process: subprocess.Popen[str], told: Installing) -> None:
    """One line that grows at a terminal, and a line every few seconds in a log."""
    is_terminal = sys.stdout.isatty()
    before, after = ("\r\033[K", "") if is_terminal else ("", "\n")
    due, said = time.monotonic() + SECONDS_BETWEEN_LINES, ""
    while process.poll() is None:
        time.sleep(0.1)
        if is_terminal or time.monotonic() >= due:
            due = time.monotonic() + SECONDS_BETWEEN_LINES
            said = told.sentence()
            print(f"{before}        {said}", end=after, flush=True)
    if is_terminal or told.sentence() != said:
        print(f"{before}        {told.sentence()}", flush=True)


def install(folder: Path) -> None:
    """Make the environment, install what the lock names, and then this project. Raises InstallError."""
    if folder.is_symlink():
        raise InstallError(f"{folder} is a link, and what it leads to would be emptied: remove it, or name another.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / "pyvenv.cfg").is_file():
        raise InstallError(f"{folder} is no Python environment, and would be emptied: remove it, or name another.")
    n_named = len(NAMED.findall(LOCK.read_text(encoding="utf-8")))
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--disable-pip-version-check", "--no-input"]
    log = folder / "install.log"
    print(f"1 of 3  Making a Python environment in {folder}", flush=True)
    run([sys.executable, "-m", "venv", "--clear", str(folder)])
    print(f"2 of 3  Installing the packages that {LOCK} names: a minute or two, once", flush=True)
    of_the_lock = ["--progress-bar", "off", "--require-hashes", "--no-deps", "--requirement", str(LOCK)]
    run([*pip, *of_the_lock], log, Installing(n_named, folder))
    print("3 of 3  Installing this project", flush=True)
    run([*pip, "--no-deps", "--no-build-isolation", "--editable", "."], log)


def main() -> int:
    """Install, or say what to do."""
    if sys.version_info < LEAST_PYTHON:
        print(
            f"This is Python {sys.version.split()[0]}, and 3.11 or later is needed: make PYTHON=/path/to/python3.11 ..."
        )
        return 1
    try:
        install(Path(sys.argv[1]))
    except InstallError as error:
        print(f"\nThe installation did not finish. {error}\nThen run the same command again.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. Run the same command again: it starts anew.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
