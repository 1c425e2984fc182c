"""Sending through apprise. An address may hold a password: no log, error or event names more than its service."""

import logging
from typing import TYPE_CHECKING

from pydantic import SecretStr

if TYPE_CHECKING:
    import apprise

SECONDS_BEFORE_RETRY = 1.0

UNUSABLE = "an address that can't be used; that of a webhook is written json://host/path or jsons://host/path"

_LOUD = ("apprise", "urllib3", "requests", "asyncio")
"""Loggers that tell of whole addresses, and of what was wrong with one."""


def addresses_of(notify_url: SecretStr) -> list[str]:
    """The addresses of JUDGEMENTS_NOTIFY_URL, in order."""
    return notify_url.get_secret_value().split()


def kind_of_service(address: str) -> str:
    """What an address leads to, as `Slack`: all that may be said of it."""
    service = _service(address)
    return str(service[0].service_name) if service else UNUSABLE


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

    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    asset = apprise.AppriseAsset(default_service_retry=2, default_service_wait=SECONDS_BEFORE_RETRY)
    try:
        service = apprise.Apprise(asset=asset)
        return service if service.add(address) else None
    except Exception:  # as above
        return None
