"""`judgements verify`: whether everything that is kept is as it was written, and what to do about what is not."""

import msgspec
import typer

from pipelines.build.verify import Damage, verify
from pipelines.commands.build import watched
from pipelines.commands.terminal import Terminal, say
from pipelines.settings import Settings

PARTS = {
    "ledger": "Ledger",
    "archive": "Archive of reports",
    "statistics": "Ofsted's statistics",
    "caches": "Cached lines and facts",
    "rows": "Kept rows",
    "published": "Warehouse and exports",
    "earlier": "Earlier warehouses",
}


def run_verify(settings: Settings, *, as_json: bool) -> None:
    """Print each damage with what to do about it; exits with 1 where there is any."""
    with watched(PARTS) as watch:
        found = {part: tuple(damages) for part, damages in verify(settings, watch)}
    if as_json:
        say(msgspec.json.format(msgspec.json.encode(found)).decode() + "\n")
    else:
        console = Terminal(soft_wrap=True)
        for part, damages in found.items():
            _print(console, PARTS[part], damages)
    if any(found.values()):
        raise typer.Exit(1)


def _print(console: Terminal, part: str, damages: tuple[Damage, ...]) -> None:
    console.print(f"{part}: {f'{len(damages):,} damaged' if damages else 'as written'}", markup=False)
    for damage in damages:
        console.print(f"  {damage.path}: {damage.what.rstrip('.')}. {damage.what_to_do}", markup=False)
