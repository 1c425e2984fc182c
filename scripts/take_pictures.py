"""Take the pictures of the site in docs/images: python scripts/take_pictures.py path/to/exports/site."""

import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).parents[1] / "docs" / "images"
WIDE, NARROW = 1280, 390
PICTURES = (
    ("site_map.png", "index.html#help-and-protection@{last}", WIDE, 1250),
    ("site_authority.png", "authorities/{authority}/index.html", WIDE, 1330),
    ("site_search.png", "search/index.html#q=private+fostering&authority-grade=outstanding&since=2022", WIDE, 1000),
    ("site_narrow.png", "areas/help-and-protection/index.html", NARROW, 760),
)


def main(site: Path, authority: str) -> None:
    """Write each picture: the top of a page."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for name, address, width, height in PICTURES:
            page = browser.new_page(viewport={"width": width, "height": height}, locale="en-GB")
            last = max(path.parent.name for path in site.glob("areas/*/*/index.html"))
            page.goto(f"{site.resolve().as_uri()}/{address.format(last=last, authority=authority)}")
            page.wait_for_timeout(1000)
            page.screenshot(path=IMAGES / name)
            page.close()
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "kent")
