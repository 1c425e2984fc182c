"""A copy of Ofsted's site on this machine that does one thing wrong, for whoever wants to see what a build makes of it.

    python -m tests.faults.server --list
    python -m tests.faults.server --fault page-unclosed [--reports DIR]

It prints the command that builds from it, and serves until it is interrupted.
"""

import argparse
import threading
from pathlib import Path

from tests.faults.catalogue import FAULTS, table
from tests.sources.ofsted.conftest import small_world
from tests.sources.ofsted.site import OfstedSite, from_catalogue


def main() -> None:
    """Serve a fault until interrupted."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.server", description=__doc__.partition("\n")[0])
    parser.add_argument("--list", action="store_true", help="list the faults and what each leads to")
    parser.add_argument("--fault", choices=FAULTS, metavar="NAME", help="the fault; none: the site as it is")
    parser.add_argument("--reports", type=Path, metavar="DIR", help="serve these, by DIR/catalogue.csv; else bad files")
    given = parser.parse_args()
    if given.list:
        print(table())
        return
    published = from_catalogue(given.reports / "catalogue.csv", given.reports) if given.reports else small_world()
    with OfstedSite(published) as site:
        if given.fault:
            FAULTS[given.fault].install(site, published[len(published) // 3])
        settings = " ".join(f"{name}={value!r}" for name, value in site.environment().items())
        print(f"{settings} judgements build --source ofsted --data /tmp/tried", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return


if __name__ == "__main__":
    main()
