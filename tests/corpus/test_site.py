"""The figures that Ofsted and others published, as a reader finds them on the pages of the site."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import html

from tests.corpus.asked import Asked
from tests.corpus.figures import FIGURES
from tests.site.made import made_site
from tests.site.test_pages import figures

pytestmark = [pytest.mark.corpus, pytest.mark.slow]

COLUMNS = ("n_outstanding", "n_good", "n_requires_improvement", "n_inadequate", "n_authorities", "n_existing")


@pytest.fixture(scope="module")
def site(asked: Asked, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not asked.connection.execute("from official.editions").fetchall():
        pytest.skip("the figures are of the complete record")
    return made_site(asked.connection, tmp_path_factory.mktemp("real") / "made")


def test_published_figures_stand_on_the_pages_of_their_days(site: Path) -> None:
    seen: Counter[str] = Counter()
    for figure in FIGURES:
        page = site / "areas" / figure["area"].replace("_", "-") / figure["reference_date"] / "index.html"
        if not page.is_file() or figure["measure"] not in (*COLUMNS, "percent_good_or_outstanding"):
            continue
        rows = {
            row[0].removesuffix(" Ofsted’s region"): row[1:] for row in figures(html.parse(page).getroot(), "England")
        }
        shown = dict(zip((*COLUMNS, "percent_good_or_outstanding"), rows[figure["region"]], strict=True))
        value = shown[figure["measure"]].removesuffix("%")
        if value != "–":
            assert value == (figure["ours"] or figure["value"]), figure
            seen[figure["measure"]] += 1
    assert seen["percent_good_or_outstanding"] > 10
    assert all(seen[column] > 3 for column in COLUMNS[:4])


def test_pages_are_small(site: Path) -> None:
    sizes = {path.relative_to(site): path.stat().st_size for path in site.rglob("*.html")}
    assert {str(path): size for path, size in sizes.items() if size > 200_000} == {}
    assert sum(size > 150_000 for size in sizes.values()) < len(sizes) / 100
