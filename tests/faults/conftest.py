"""The small site and the archives that are filled from it, as the tests of fetching have them."""

from tests.sources.ofsted.conftest import archive, fetched_once, held, site

__all__ = ["archive", "fetched_once", "held", "site"]
