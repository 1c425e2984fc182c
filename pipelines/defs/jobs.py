"""What can be run by name.

Belongs here: jobs over the assets.
Stays out: assets.
"""

import dagster as dg

build_warehouse = dg.define_asset_job(
    "build_warehouse",
    selection=dg.AssetSelection.all(),
    description="Find, fetch, read and interpret reports, then build, check and publish the warehouse.",
)
