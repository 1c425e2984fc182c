"""Take the pictures of Dagster in docs/images: python -m scripts.take_dagster_pictures [OUT].

It starts what `make ui` starts, on a folder of its own, and brings about what they show: a first build of the sample,
reports that are new, a quiet day, a bad report, a source that is not there, a build at a terminal that holds the lock,
and a listing that lacks reports.
"""

import shutil
import sys
import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, ViewportSize, sync_playwright

from pipelines.build.workspace import locked
from pipelines.sample.make import make_sample
from pipelines.settings import Settings
from tests.defs.dagster_ui import DagsterUi

IMAGES = Path(__file__).parents[1] / "docs" / "images"
SIZE: ViewportSize = {"width": 1300, "height": 860}
MILLISECONDS_TO_DRAW = 6000


def main(out: Path) -> None:
    """Write each picture into a folder."""
    with tempfile.TemporaryDirectory() as folder:
        reports, held_back = Path(folder) / "reports", Path(folder) / "held back"
        make_sample(reports)
        held_back.mkdir()
        found = sorted(reports.glob("*/*.pdf"))
        for path in found[10:13]:
            path.rename(held_back / path.name)
        ui = DagsterUi(Path(folder) / "home", JUDGEMENTS_SOURCE=str(reports))
        with ui, sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
            tour = _Tour(ui, browser, out)
            tour.build()
            for path in found[10:13]:
                (held_back / path.name).rename(path)
            tour.build()
            tour.picture("asset_graph.png", "asset-groups")
            tour.picture("asset_page.png", "assets/core/judgements")
            tour.picture("what_changed.png", "assets/meta/build?view=events")
            tour.fetch()
            tour.picture("start_here.png", "assets/start_here?view=events")
            found[0].write_bytes(found[0].read_bytes()[:2000])
            tour.build()
            tour.picture("bad_report.png", "assets/quality/quarantined_reports?view=events")
            tour.picture("wrong_source.png", f"runs/{tour.fetch(source='no/such/folder')}")
            with locked(Settings(data=ui.data)):
                tour.picture("locked.png", f"runs/{tour.fetch()}")
            for path in found[20:]:
                path.unlink()
            tour.build()
            tour.picture("failed_check.png", "assets/core/activities?view=checks&checkDetail=no_fewer_inspections")
            tour.picture("needs_a_look.png", "assets/start_here?view=events")


class _Tour:
    """A browser before a Dagster that runs."""

    def __init__(self, ui: DagsterUi, browser: Browser, out: Path) -> None:
        self._ui, self._browser, self._out = ui, browser, out

    def fetch(self, **listing: str) -> str:
        """Press fetch_reports and wait for its end; gives the run's id."""
        steps: dict[str, dict[str, object]] = {"raw__published_reports": {**listing}} if listing else {}
        run_id = self._ui.launch("fetch_reports", **steps)
        self._ui.end(runIds=[run_id])
        return run_id

    def build(self) -> None:
        """Fetch, and wait for the end of the build that starts by itself."""
        fetched = self.fetch()
        self._ui.end(pipelineName="build_warehouse", tags=[{"key": "dagster/run_key", "value": fetched}])

    def picture(self, name: str, address: str) -> None:
        """Write what a page shows."""
        page = self._browser.new_page(viewport=SIZE, locale="en-GB")
        page.goto(f"http://127.0.0.1:{self._ui.port}/{address}")
        page.wait_for_timeout(MILLISECONDS_TO_DRAW)
        drawn = Image.open(BytesIO(page.screenshot()))
        drawn.convert("RGB").quantize(64, dither=Image.Dither.NONE).save(self._out / name, optimize=True)
        page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
