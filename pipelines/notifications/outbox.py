"""The outbox: a file for each message under `data/notifications`, kept until every address has taken it.

A message is written down first and sent then: a receiver that is down gets it later, a process that is killed loses
none, and a message whose file is there is not written again. A file that can't be read is left where it is, and said to
be there until somebody removes it. Addresses are remembered by their place in
JUDGEMENTS_NOTIFY_URL, for they may hold passwords: what one did not take goes to the address that stands there then.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import msgspec
from filelock import FileLock, Timeout

from pipelines.errors import JudgementsError
from pipelines.files import atomic_write
from pipelines.notifications.messages import Message
from pipelines.notifications.service import addresses_of, name_of, send
from pipelines.settings import Settings

KEPT_FOR = dt.timedelta(days=400)
"""A message that was sent is remembered so long: a reminder that comes once a year must be."""


Shape = TypeVar("Shape")


class NotSentError(JudgementsError):
    """A message that an address did not take; the message says which address by its place and service."""


class NotificationsBusyError(JudgementsError):
    """Another process is sending."""


class NotificationsDamagedError(JudgementsError):
    """A file of the outbox can't be read; the message says which, and what to do."""


class _Kept(msgspec.Struct, frozen=True):
    """A message with the places of the addresses that have yet to take it; None: it was sent to none so far."""

    message: Message
    pending: tuple[int, ...] | None = None


@contextmanager
def only_sender(settings: Settings) -> Iterator[None]:
    """Be the one process that looks for news and sends. Raises NotificationsBusyError."""
    settings.notifications.mkdir(parents=True, exist_ok=True)
    lock = FileLock(settings.notifications / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise NotificationsBusyError("Another process is sending notifications: it sends these too.") from None
    try:
        yield
    finally:
        lock.release()


def is_wanted(settings: Settings, message: Message) -> bool:
    """Whether a message would be sent: there is an address, its kind is switched on, and it was not written before."""
    is_asked_for = settings.notify_url is not None and message.kind in settings.notify_of
    return is_asked_for and not _path(settings, message).exists()


def post(settings: Settings, message: Message) -> bool:
    """Write a message down, to be sent. Returns whether it is wanted."""
    wanted = is_wanted(settings, message)
    if wanted:
        _write(settings, _Kept(message))
    return wanted


def send_unwritten(settings: Settings, message: Message) -> None:
    """Send a message that can't be written down, as on a full disk, to each address once.

    Only for what is told of once and never looked at again, as a run that failed: news are found again by the next
    look. Raises NotSentError, when each address was tried: those named in it never get it.
    """
    addresses = addresses_of(settings.notify_url) if settings.notify_url else []
    named = list(enumerate(addresses, start=1))
    if failed := [name_of(*one) for one in named if not send(message.title, message.body, one[1])]:
        raise NotSentError(
            f"{', '.join(failed)} of JUDGEMENTS_NOTIFY_URL did not take the notification '{message.title}', and it"
            f" could not be written to {settings.notifications} to be sent later. Tell them yourself; make room there."
        )


def waiting(settings: Settings) -> list[Message]:
    """The messages that some address has yet to take, oldest first."""
    return [kept.message for kept in _waiting(_everything(settings)[0])]


def unreadable(settings: Settings) -> list[str]:
    """A sentence for each message whose file can't be read."""
    return _everything(settings)[1]


def deliver(settings: Settings) -> int:
    """Send what is waiting; returns how many messages were taken by all addresses.

    An address that does not take one is left alone until the next time. Raises NotSentError then, and where a message
    can't be read, when all else is sent.
    """
    addresses = addresses_of(settings.notify_url) if settings.notify_url else []
    failed: set[int] = set()
    n_sent = 0
    everything, wrong = _everything(settings)
    for kept in _waiting(everything) if addresses else ():
        pending = range(1, len(addresses) + 1) if kept.pending is None else kept.pending
        left = [place for place in pending if place <= len(addresses)]
        if not failed.issuperset(left):
            _write(settings, kept)  # a disk that is full fails here: once sent and not noted, it is sent by every tick
        for place in tuple(left):
            if place not in failed and send(kept.message.title, kept.message.body, addresses[place - 1]):
                left.remove(place)
                _write(settings, _Kept(kept.message, tuple(left)))
            else:
                failed.add(place)
        if not left:
            _write(settings, _Kept(kept.message, ()))
            n_sent += 1
    for kept in everything:
        if kept.pending == () and dt.datetime.now(dt.UTC) - kept.message.at > KEPT_FOR:
            _path(settings, kept.message).unlink()
    if failed:
        who = ", ".join(name_of(place, addresses[place - 1]) for place in sorted(failed))
        n = len(waiting(settings))
        wrong = [
            f"{who} of JUDGEMENTS_NOTIFY_URL did not take a notification: {n:,} {'waits' if n == 1 else 'wait'}, and"
            " will be sent. Is the address right, and the service up? Try it: judgements notify --test",
            *wrong,
        ]
    if wrong:
        raise NotSentError(" ".join(wrong))
    return n_sent


def read_kept(path: Path, shape: type[Shape]) -> Shape:
    """What a file of this folder holds. Raises NotificationsDamagedError."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, OSError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        raise NotificationsDamagedError(
            f"{path} can't be read ({why}). Remove it: what it holds is not sent, and news count from then on."
        ) from error


def _everything(settings: Settings) -> tuple[list[_Kept], list[str]]:
    """Every message, and a sentence for each whose file can't be read."""
    kept, wrong = [], []
    for path in sorted(settings.notifications.glob("*.message.json")):
        try:
            kept.append(read_kept(path, _Kept))
        except NotificationsDamagedError as error:
            wrong.append(str(error))
    return kept, wrong


def _waiting(kept: Iterable[_Kept]) -> list[_Kept]:
    """Those that were not sent to all, oldest first."""
    return sorted((one for one in kept if one.pending != ()), key=lambda one: (one.message.at, one.message.key))


def _path(settings: Settings, message: Message) -> Path:
    return settings.notifications / f"{message.key}.message.json"


def _write(settings: Settings, kept: _Kept) -> None:
    with atomic_write(_path(settings, kept.message), sync=True) as file:
        file.write(msgspec.json.encode(kept))
