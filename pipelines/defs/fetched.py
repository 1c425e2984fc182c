"""What listing and archiving tell Dagster beside their counts: names under heads, and when to try again.

Belongs here: metadata of a run against a source, and its retries.
Stays out: the assets (`raw.py`).
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager

import dagster as dg

from pipelines.sources.published import UnreachableSiteError

TRIES_AGAIN = 2
SECONDS_BETWEEN = 600
MOST_NAMED = 100


@contextmanager
def retried() -> Iterator[None]:
    """Ask Dagster for another try later when a site can't be had now. Whatever else goes wrong is no matter of time."""
    try:
        yield
    except UnreachableSiteError as error:
        raise dg.RetryRequested(max_retries=TRIES_AGAIN, seconds_to_wait=SECONDS_BETWEEN) from error


def heads(names: Mapping[str, Sequence[str]]) -> dict[str, dg.MetadataValue]:
    """Each head's number, which plots itself over time, and its names; of many the first ones."""
    metadata: dict[str, dg.MetadataValue] = {}
    for head, below in names.items():
        metadata[f"n_{head}"] = dg.MetadataValue.int(len(below))
        metadata[head] = dg.MetadataValue.json(list(below[:MOST_NAMED]))
    return metadata
