"""A browser without a window, for tests and for the pictures in the documentation.

Belongs here: finding one, and what it shows of an address. It takes a picture when it is run by itself:
`python -m tests.defs.browser ADDRESS FILE WIDTH HEIGHT`.
Stays out: what a page should show.
"""

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome")
SECONDS_OF_PAGE_TIME = 20
SECONDS_OF_PATIENCE = 600


def find_browser() -> str | None:
    """The program, where one is installed."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def shown(browser: str, address: str, width: int = 1400, height: int = 900, picture: Path | None = None) -> str:
    """The document of a page once its scripts have run; with `picture`, a PNG of it is written there instead."""
    wanted = f"--screenshot={picture.absolute()}" if picture else "--dump-dom"
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        command = [
            browser,
            "--headless=new",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--hide-scrollbars",
            "--no-first-run",
            "--no-proxy-server",
            f"--user-data-dir={profile}",
            f"--window-size={width},{height}",
            f"--virtual-time-budget={SECONDS_OF_PAGE_TIME * 1000}",
            wanted,
            address,
        ]
        return subprocess.run(command, capture_output=True, text=True, check=True, timeout=SECONDS_OF_PATIENCE).stdout


if __name__ == "__main__":
    found = find_browser()
    assert found, f"none of {', '.join(NAMES)} is installed"
    address, file, width, height = sys.argv[1:5]
    shown(found, address, int(width), int(height), Path(file))
