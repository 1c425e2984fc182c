"""Lines become one report's structure and facts. Pure: no file is opened here, no clock is read."""

from functools import cache
from pathlib import Path

from pipelines.files import fingerprint

RULES = (Path(__file__).parent, Path(__file__).parents[1] / "report_kinds")


@cache
def rules_version() -> str:
    """A version of all parsing rules: it names their cache, so a changed rule parses every report again."""
    return fingerprint(RULES)[:12]
