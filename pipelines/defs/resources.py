"""What a run works with: the data folder, locked from the run's first step to its last; and how its errors end it."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import dagster as dg

from pipelines.build.workspace import Workspace
from pipelines.defs.start_here import start_page
from pipelines.errors import is_known, sentence
from pipelines.settings import read_settings
from pipelines.sources.published import UnreachableSiteError

MOST_RETRIES, SECONDS_BEFORE_RETRY = 2, 600
"""How often a site that can't be reached is asked again, and after how long, by the steps that ask it.

No retry policy of Dagster's: that would also wait and try again when a run is told to end.
"""


@contextmanager
def known_errors(n_retries: int = MOST_RETRIES) -> Iterator[None]:
    """Let a known error fail its step with its sentence, on which the run's page opens.

    Where a site can't be reached, the step is tried again, unless it was as often as it may be: `n_retries`.
    """
    try:
        yield
    except Exception as error:
        if isinstance(error, UnreachableSiteError) and n_retries < MOST_RETRIES:
            raise dg.RetryRequested(MOST_RETRIES, SECONDS_BEFORE_RETRY) from error
        if is_known(error):
            raise dg.Failure(sentence(error), allow_retries=False) from error
        raise


class DataFolder:
    """The data folder (JUDGEMENTS_DATA), opened and locked by the first step that uses it, until the run ends.

    Where it can't be opened, that step fails with the sentence; a resource that fails shows only Dagster's stack.
    """

    def __init__(self, end_of_run: ExitStack) -> None:
        self._end_of_run = end_of_run
        self.opened: Workspace | None = None

    @property
    def workspace(self) -> Workspace:
        """What a stage works with. Fails the step where another process holds the lock."""
        if self.opened is None:
            with known_errors():
                self.opened = self._end_of_run.enter_context(Workspace.open(read_settings()))
        return self.opened


@dg.resource(description="The data folder (JUDGEMENTS_DATA), open and locked while the run lasts.")
def data_folder(context: dg.InitResourceContext) -> Iterator[DataFolder]:
    """One data folder a run. However the run ends, the page to start from is renewed then."""
    with ExitStack() as end_of_run:
        folder = DataFolder(end_of_run)
        yield folder
        if folder.opened and context.instance and context.run:
            ledger, settings = folder.opened.ledger, folder.opened.settings
            page = start_page(context.instance, ledger, settings, context.run)
            context.instance.report_runless_asset_event(page)


@dg.definitions
def resources() -> dg.Definitions:
    """The one resource that assets and checks share."""
    return dg.Definitions(resources={"folder": data_folder})
