"""How the graph is laid out for those who look at it: groups in the order of the flow, and who looks after each."""

import dagster as dg

FLOW = ("start_here", "raw", "read", "parsed", "core", "search", "marts", "quality", "meta", "exports")
"""Layers in the order in which reports pass through them, after the page to start from."""

_OWNERS = {"start_here": "operators", "raw": "operators", "read": "maintainers", "parsed": "maintainers"}


def group(layer: str) -> str:
    """The group of a layer. Dagster sorts groups by name, so each begins with its place in the flow."""
    return f"{FLOW.index(layer)}_{layer}"


def owners(layer: str) -> list[str]:
    """Whom to ask: operators know the source, maintainers the rules, analysts what a table is for."""
    return [f"team:{_OWNERS.get(layer, 'analysts')}"]


def asset_key(full_name: str) -> dg.AssetKey:
    """`core.reports` as an asset key."""
    return dg.AssetKey(full_name.split("."))
