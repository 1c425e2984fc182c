"""Dagster's webserver as it is, options and all, behind the check of where requests come from.

python -m pipelines.dagster_ui.webserver --host 127.0.0.1 --port 3000 --workspace deploy/workspace.yaml
"""

from typing import Any

from dagster_webserver import cli
from dagster_webserver.webserver import DagsterWebserver

from pipelines.dagster_ui.same_origin import SameOrigin
from pipelines.settings import read_settings

_dagsters_app = DagsterWebserver.create_asgi_app
"""Dagster has no setting for a layer of one's own. Where this name is gone one day, the webserver does not start."""


def guarded_app(webserver: DagsterWebserver[Any, Any], **more: Any) -> SameOrigin:
    """Dagster's app, answering its own pages only."""
    return SameOrigin(_dagsters_app(webserver, **more), read_settings().ui_url)


def main() -> None:
    """Run Dagster's command with that app for its own."""
    DagsterWebserver.create_asgi_app = guarded_app  # type: ignore[assignment, method-assign]
    cli.main()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()
