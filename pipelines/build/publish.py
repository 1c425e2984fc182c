"""Publishing a whole warehouse with its exports, and keeping the one that it replaces: for builds and restores."""

from collections.abc import Callable
from pathlib import Path

from pipelines.archive.remembered import PublishedBuild
from pipelines.build.kept import keep_published, prune
from pipelines.build.state import about_to_publish, files_in_place
from pipelines.build.workspace import Workspace


def publish(
    workspace: Workspace,
    whole: Path,
    build: PublishedBuild,
    publish_exports: Callable[[], None],
    *,
    is_altered: bool,
    n_kept: int,
) -> None:
    """Put a whole warehouse and its exports in place, and record it; then remove what is kept beyond `n_kept`.

    The published one `is_altered` where it is not as it was published: it is set aside and not kept. The workspace's
    warnings say so. Killed at any point, the next build finds what is in place, and builds anew.
    """
    from pipelines.warehouse.build import replace_published

    settings, ledger = workspace.settings, workspace.ledger
    may_be_replaced = not is_altered and keep_published(settings, ledger, build.warehouse_fingerprint, n_kept)
    ledger.announce(about_to_publish(whole, settings))
    if aside := replace_published(whole, settings.warehouse, is_altered=not may_be_replaced):
        why = "not as it had been published: damaged, or altered by hand" if is_altered else "of another version"
        workspace.warnings.append(
            f"{settings.warehouse} was {why}. It is kept as {aside.name}, and another is in its place."
        )
    publish_exports()
    prune(settings, build.warehouse_fingerprint, n_kept)  # before the states of files are noted: a link is one
    ledger.record_build(build, files_in_place(settings))
