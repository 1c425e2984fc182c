"""Dagster's webserver as it is, options and all, behind the check of where requests come from.

    python -m pipelines.dagster_ui.webserver --host 127.0.0.1 --port 3000 --workspace deploy/workspace.yaml
"""

from typing import Any

from dagster_webserver import cli

from pipelines.dagster_ui.same_origin import SameOrigin
from pipelines.settings import Settings

_dagsters_app = cli.create_app_from_workspace_process_context
"""Dagster has no setting for a layer of one's own. Where this name is gone one day, the webserver does not start."""


def guarded_app(*given: Any, **more: Any) -> SameOrigin:
    """Dagster's app, answering its own pages only."""
    return SameOrigin(_dagsters_app(*given, **more), Settings().ui_url)


def main() -> None:
    """Run Dagster's command with that app for its own."""
    cli.create_app_from_workspace_process_context = guarded_app  # type: ignore[assignment]
    cli.main()


if __name__ == "__main__":
    main()
