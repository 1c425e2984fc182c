"""One look for news, and sending what is waiting: what Dagster's sensor and `judgements notify` do."""

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING

import msgspec

from pipelines.build.state import published_failed_checks
from pipelines.notifications.due import WHERE, in_words, statistics_due
from pipelines.notifications.messages import Message, compose, key_of
from pipelines.notifications.outbox import deliver, is_wanted, only_sender, post, waiting
from pipelines.settings import Settings
from pipelines.words import day, plural

if TYPE_CHECKING:
    from pipelines.notifications.news import Known


def notify(settings: Settings, page: str | None, today: dt.date, *, checks: bool) -> int:
    """Look for news, write it down and send all that is waiting; returns how many messages went out.

    `page` is the address to which messages lead. With `checks`, also tell of checks of the published warehouse that did
    not pass and did before: Dagster has runs to tell of these. Raises NotSentError where an address did not take one:
    it waits for the next time; NotificationsBusyError; and, when what waits is sent, whatever kept the warehouse or the
    ledger from being read.
    """
    from pipelines.notifications.news import remember

    with only_sender(settings):
        try:
            messages, known = _found(settings, page, today, checks=checks)
            for message in messages:
                post(settings, message)
            if known:
                remember(settings, known)
        finally:  # where the warehouse can't be opened, people are still told of the runs that failed
            n_sent = deliver(settings)
        return n_sent


def would_send(settings: Settings, page: str | None, today: dt.date, *, checks: bool) -> list[Message]:
    """The messages that `notify` would send now; nothing is sent or remembered."""
    found, _ = _found(settings, page, today, checks=checks)
    return [*waiting(settings), *(message for message in found if is_wanted(settings, message))]


def _found(
    settings: Settings, page: str | None, today: dt.date, *, checks: bool
) -> "tuple[list[Message], Known | None]":
    """The messages to which the warehouse gives cause, and what is known then; None where nothing is to be kept."""
    from pipelines.notifications.news import look

    if not settings.warehouse.is_file():
        return [], None
    found = look(settings)
    messages, now = list(found.messages(page)), found.now
    if due := statistics_due(settings, today):
        messages.append(_reminder(due))
    if checks and (found.before != found.now or found.before is None):
        failing = {one.name: one.sentence for one in published_failed_checks(settings.warehouse)}
        messages += _failed_checks(now, failing, page)
        now = msgspec.structs.replace(now, failing=frozenset(failing))
    return messages, None if now == found.before else now


def _failed_checks(known: "Known", failing: dict[str, str], page: str | None) -> Iterator[Message]:
    """A message on the checks that fail now and did not before."""
    fresh = {name: sentence for name, sentence in failing.items() if name not in known.failing}
    if fresh:
        title = f"{plural(len(fresh), 'check')} did not pass"
        yield compose("failed_checks", key_of((known.fingerprint, *fresh)), title, [*fresh.values()], page)


def _reminder(as_at: dt.date) -> Message:
    """The same message however often it is made: it is sent once for each edition."""
    title = f"Ofsted's statistics as at {day(as_at)} are due"
    return compose("due_statistics", f"statistics-{as_at}", title, in_words(as_at), WHERE)
