"""How the graph is laid out for those who look at it: groups in the order of the flow."""

import dagster as dg

FLOW = ("start_here", "raw", "read", "parsed", "core", "official", "search", "marts", "quality", "meta", "exports")
"""Layers in the order in which reports pass through them, after the page to start from."""


def group(layer: str) -> str:
    """The group of a layer. Dagster sorts groups by name, so each begins with its place in the flow."""
    return f"{FLOW.index(layer):02}_{layer}"


def asset_key(full_name: str) -> dg.AssetKey:
    """`core.reports` as an asset key."""
    return dg.AssetKey(full_name.split("."))
