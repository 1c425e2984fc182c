"""The site of the sample, made once even where several workers run the tests. Not to be written to."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from playwright.sync_api import Browser

from pipelines.warehouse.connection import open_warehouse
from tests.site.browser import launched_browser
from tests.site.made import made_site


@pytest.fixture(scope="session")
def site(shared_folder: Path, sample_warehouse: Path) -> Path:
    folder = shared_folder / "sample-site"
    with FileLock(shared_folder / "sample-site.lock"):
        if not folder.exists():
            with open_warehouse(sample_warehouse) as connection:
                made_site(connection, folder)
    return folder / "site"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched_browser() as launched:
        yield launched
