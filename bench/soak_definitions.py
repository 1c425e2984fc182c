"""The project in Dagster for a soak: a site that can't be reached is tried again after seconds, not minutes.

With SOAK_REFERENCE the invented authorities of that folder are taken for the real ones: so the sample's reports are
read as Ofsted's are.
"""

import os
from pathlib import Path

from pipelines.defs import resources
from pipelines.tables import frames

resources.SECONDS_BEFORE_RETRY = 2
if reference := os.environ.get("SOAK_REFERENCE"):
    frames.OWN_REFERENCE = Path(reference)

from pipelines.definitions import defs  # noqa: E402, F401 -- what Dagster loads, after the changes above
