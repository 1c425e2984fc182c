"""Sending through apprise. An address may hold a password: no log, error or event names more than its service."""

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    import apprise

SECONDS_BEFORE_RETRY = 1.0

UNUSABLE = "an address that can't be used; that of a webhook is written json://host/path or jsons://host/path"

_LOUD = ("apprise", "urllib3", "requests", "asyncio")
"""Loggers that tell of whole addresses, and of what was wrong with one."""

_ONE_AT_A_TIME = threading.RLock()
"""Two threads that silence the same loggers would take each other's silence for the level to go back to."""


@contextmanager
def _silence() -> Iterator[None]:
    """No word of the loud loggers for the length of a block; then they have their levels again."""
    with _ONE_AT_A_TIME:
        levels = {logger: logger.level for logger in map(logging.getLogger, _LOUD)}
        for logger in levels:
            logger.setLevel(logging.CRITICAL + 1)
        try:
            yield
        finally:
            for logger, level in levels.items():
                logger.setLevel(level)


def addresses_of(notify_url: SecretStr) -> list[str]:
    """The addresses of JUDGEMENTS_NOTIFY_URL, in order."""
    return notify_url.get_secret_value().split()


def name_of(place: int, address: str) -> str:
    """An address by its place in JUDGEMENTS_NOTIFY_URL and its service."""
    return f"address {place} ({kind_of_service(address)})"


@_silence()
def kind_of_service(address: str) -> str:
    """What an address leads to, as `Slack`: all that may be said of it."""
    service = _service(address)
    return str(service[0].service_name) if service else UNUSABLE


@_silence()
def send(title: str, body: str, address: str) -> bool:
    """Send to one address, trying again for a moment. Returns whether it was taken."""
    import apprise

    service = _service(address)
    try:
        return bool(service and service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT))
    except Exception:  # whatever a service's plugin raises may tell the address
        return False


def _service(address: str) -> "apprise.Apprise | None":
    """The service of an address; None where apprise can't use it."""
    import apprise

    asset = apprise.AppriseAsset(default_service_retry=2, default_service_wait=SECONDS_BEFORE_RETRY)
    try:
        service = apprise.Apprise(asset=asset)
        return service if service.add(address) else None
    except Exception:  # as above
        return None
