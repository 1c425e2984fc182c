"""`judgements site` and `judgements serve`: the pages in a folder of one's own, and on this machine's browser."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from pipelines.commands.terminal import say
from pipelines.errors import UsageError
from pipelines.exports.package import SITE
from pipelines.exports.site import replace_site
from pipelines.settings import Settings
from pipelines.warehouse.connection import MissingWarehouseError, open_warehouse

LOOPBACK = "127.0.0.1"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}
"""What docs/site.md advises for every server: pages load their own scripts and styles, and nothing else."""


def make_site(settings: Settings, out: Path) -> None:
    """Write the site of the published warehouse to a folder. Raises MissingWarehouseError, or UsageError."""
    with open_warehouse(settings.warehouse) as connection:
        written = replace_site(connection, settings.exports, out)
    say(f"{out / 'index.html'}: {written.n_written:,} files written, {written.n_kept:,} as before\n")


def serve_site(settings: Settings, port: int) -> None:
    """Show the published site on this machine until it is interrupted. Raises UsageError for a port in use."""
    folder = settings.exports / SITE
    if not (folder / "index.html").is_file():
        raise MissingWarehouseError(f"There is no site at {folder} yet: judgements build --source sample")
    handler = partial(QuietHandler, directory=str(folder))
    try:
        server = ThreadingHTTPServer((LOOPBACK, port), handler)
    except OSError as error:
        raise UsageError(f"Port {port} can't be used ({error.strerror}): another with --port.") from error
    with server:
        say(f"The site is on http://{LOOPBACK}:{server.server_port}/ until you press Ctrl+C.\n")
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            say("\n")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files of one folder and prints no line a request."""

    def end_headers(self) -> None:
        """Add the headers that every server of the site should send."""
        for name, value in HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 -- the library's name
        """Say nothing."""
