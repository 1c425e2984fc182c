"""Dagster's entry point: everything in `defs/`, run in one process. Parallel work lives inside the assets."""

from pathlib import Path

import dagster as dg

defs = dg.Definitions.merge(
    dg.load_from_defs_folder(path_within_project=Path(__file__).parent / "defs"),
    dg.Definitions(executor=dg.in_process_executor),
)
