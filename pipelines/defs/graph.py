"""How the graph is laid out for those who look at it: groups in the order of the flow, and who looks after each.

Belongs here: what every asset of a layer shares.
Stays out: assets.
"""

import dagster as dg

FLOW = ("raw", "read", "parsed", "core", "search", "marts", "quality", "meta", "exports")
"""Layers in the order in which reports pass through them."""

OWNERS = {
    "raw": "team:operators",
    "read": "team:maintainers",
    "parsed": "team:maintainers",
    **dict.fromkeys(FLOW[3:], "team:analysts"),
}
"""Whom to ask: operators run it and know the source, maintainers know the rules, analysts know what a table is for."""


def group(layer: str) -> str:
    """The group of a layer. Dagster sorts groups by name, so each begins with its place in the flow."""
    return f"{FLOW.index(layer) + 1}_{layer}"


def owners(layer: str) -> list[str]:
    """Who looks after a layer."""
    return [OWNERS[layer]]


def asset_key(full_name: str) -> dg.AssetKey:
    """`core.reports` as an asset key."""
    return dg.AssetKey(full_name.split("."))
