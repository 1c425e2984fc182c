"""What a run works with: the data folder, locked from the run's first step to its last; and how its errors end it."""

from collections.abc import Iterator
from contextlib import contextmanager

import dagster as dg

from pipelines.build.workspace import Workspace
from pipelines.defs.start_here import start_page
from pipelines.errors import is_known, sentence
from pipelines.settings import Settings
from pipelines.sources.published import UnreachableSiteError

SECONDS_BEFORE_RETRY = 600
"""Before a site that can't be reached is tried again, twice at most."""


@contextmanager
def known_errors() -> Iterator[None]:
    """Let a known error fail its step with its sentence, on which the run's page opens.

    A site that can't be reached is tried again later.
    """
    try:
        yield
    except UnreachableSiteError as error:
        raise dg.RetryRequested(max_retries=2, seconds_to_wait=SECONDS_BEFORE_RETRY) from error
    except Exception as error:
        if is_known(error):
            raise dg.Failure(sentence(error), allow_retries=False) from error
        raise


@dg.resource(description="The data folder (JUDGEMENTS_DATA), open and locked while the run lasts.")
def open_workspace(context: dg.InitResourceContext) -> Iterator[Workspace]:
    """One workspace a run. However the run ends, the page to start from is renewed then."""
    with known_errors(), Workspace.open(Settings()) as workspace:
        yield workspace
        if context.instance and context.run:
            context.instance.report_runless_asset_event(start_page(context.instance, context.run, workspace))


@dg.definitions
def resources() -> dg.Definitions:
    """The one resource that assets and checks share."""
    return dg.Definitions(resources={"workspace": open_workspace})
