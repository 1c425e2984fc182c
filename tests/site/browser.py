"""A page in headless Chromium: opened from a folder or an address, watched for errors and for requests elsewhere."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as PlaywrightError

CHROMIUM = shutil.which("chromium")
WIDE = 1280
NARROW = 390


@dataclass
class Watched:
    """A page, what its console and scripts complained of, and which requests left the site."""

    page: Page
    errors: list[str] = field(default_factory=list)
    requests_elsewhere: list[str] = field(default_factory=list)

    def complaints(self) -> list[str]:
        """All of it: an empty list for a page that works by itself."""
        return [*self.errors, *self.requests_elsewhere]


@contextmanager
def launched_browser() -> Iterator[Browser]:
    """Debian's Chromium, without a window. Skips the test where it or the driver is missing."""
    if CHROMIUM is None:
        pytest.skip("chromium is not installed: pages are not tried in a browser")
    with _driver() as driver, driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]) as browser:
        yield browser


@contextmanager
def _driver() -> Iterator[Playwright]:
    manager = sync_playwright()
    try:
        driver = manager.start()
    except (PlaywrightError, OSError) as error:
        pytest.skip(f"Playwright's driver does not start: pages are not tried in a browser ({error})")
    try:
        yield driver
    finally:
        driver.stop()


@contextmanager
def opened_page(browser: Browser, site: str | Path, path: str = "", width: int = WIDE) -> Iterator[Watched]:
    """Open a page of a site, a folder or an address such as http://127.0.0.1:8000, at a path that may have a hash."""
    top = f"{site.resolve().as_uri()}/" if isinstance(site, Path) else f"{site.rstrip('/')}/"
    with browser.new_context(viewport={"width": width, "height": 900}, accept_downloads=True) as context:
        page = context.new_page()
        watched = Watched(page)
        page.on("console", lambda said: watched.errors.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: watched.errors.append(str(error)))
        page.on("request", lambda asked: _note(watched, top, asked.url))
        page.goto(top + path)
        yield watched


def _note(watched: Watched, top: str, address: str) -> None:
    """A download of what the page has made itself (blob:) leaves nothing."""
    if not address.startswith((top, "blob:", "data:")):
        watched.requests_elsewhere.append(address)
