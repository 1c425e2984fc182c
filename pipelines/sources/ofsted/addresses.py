"""The addresses of Ofsted's site: made from digits, and read back to digits, so that no name ever becomes one."""

import re
from urllib.parse import urljoin, urlsplit

import msgspec


class SiteAddresses(msgspec.Struct, frozen=True):
    """Where the search and the providers' pages are, and where the files are."""

    pages: str
    files: str


LIVE_SITE = SiteAddresses("https://reports.ofsted.gov.uk", "https://files.ofsted.gov.uk")
OLDER_FILES_URL = "https://files.api.ofsted.gov.uk"
"""Where older pages say that files are; the same files are on the newer host."""
# Type 3 is children's social care, and 12 within it local authority children's services.
SEARCH = "/search?q=&location=&lat=&lon=&radius=&level_1_types=3&level_2_types%5B%5D=12&start={start}&rows={rows}"
ROWS = 100
PROVIDER_PATH = re.compile(r"/provider/44/([0-9]{1,10})/?")
FILE_PATH = re.compile(r"/v1/file/([0-9]{1,12})/?")


def search_address(site: str, start: int) -> str:
    """A page of the search for all local authorities, from the result numbered `start` (from 0) on."""
    return site + SEARCH.format(start=start, rows=ROWS)


def provider_address(site: str, provider_urn: str) -> str:
    """The page of one provider."""
    return f"{site}/provider/44/{provider_urn}"


def published_address(file_id: str) -> str:
    """The address under which a file is published, whatever host it is fetched from."""
    return f"{LIVE_SITE.files}/v1/file/{file_id}"


def fetch_address(files_site: str, source_url: str) -> str:
    """Where to fetch the file published at `source_url`, which `published_address` made."""
    return files_site + source_url.removeprefix(LIVE_SITE.files)


def provider_urn_in(href: str, page: str, site: str) -> str | None:
    """The URN in a link to a provider's page on `page`; None for any other link."""
    return _digits_in(href, page, PROVIDER_PATH, (site, LIVE_SITE.pages))


def file_id_in(href: str, page: str, files_site: str) -> str | None:
    """The id in a link to a file of Ofsted's on `page`; None for any other link."""
    return _digits_in(href, page, FILE_PATH, (files_site, LIVE_SITE.files, OLDER_FILES_URL))


def _digits_in(href: str, page: str, form: re.Pattern[str], sites: tuple[str, ...]) -> str | None:
    try:
        link = urlsplit(urljoin(page, href.strip()))
    except ValueError:
        return None
    for site in map(urlsplit, sites):
        if link.scheme in ("http", "https") and link.netloc.lower() == site.netloc.lower():
            found = form.fullmatch(link.path.removeprefix(site.path))
            if found:
                return found[1]
    return None
