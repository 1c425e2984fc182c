"""`judgements notify`: tell people what is new, for those who build at a terminal or from cron."""

import datetime as dt

from pipelines.commands.terminal import Terminal, say
from pipelines.errors import UsageError
from pipelines.notifications.messages import compose, key_of
from pipelines.notifications.notify import notify, would_send
from pipelines.notifications.outbox import (
    NotificationsBusyError,
    NotificationsDamagedError,
    NotSentError,
    post,
    send_unwritten,
    unreadable,
)
from pipelines.notifications.service import addresses_of, kind_of_service, name_of, send
from pipelines.settings import Settings
from pipelines.words import plural, today

_TITLE, _BODY = "Children's services judgements", "This is a test: notifications arrive here."


def run_notify(settings: Settings) -> None:
    """Send what is new and what is waiting. Raises UsageError without an address, and NotSentError."""
    _addresses(settings)
    try:
        n_sent = notify(settings, settings.news_page, today(), checks=True)
    except NotificationsBusyError as busy:
        say(f"{busy}\n")
        return
    say(f"{plural(n_sent, 'notification')} sent.\n" if n_sent else "Nothing new.\n")


def print_preview(settings: Settings) -> None:
    """Print what would be sent, and to which kinds of service; nothing is sent or remembered.

    Raises NotificationsDamagedError for messages that can't be read, when the others are printed.
    """
    for place, address in enumerate(_addresses(settings), start=1):
        say(f"Address {place}: {kind_of_service(address)}\n")
    say(f"Switched on: {' '.join(settings.notify_of)}\n")
    messages = would_send(settings, settings.news_page, today(), checks=True)
    console = Terminal(soft_wrap=True)
    for message in messages:
        console.print(f"\n{message.title} [{message.kind}]\n{message.body}", markup=False)
    if not messages:
        console.print("Nothing new: nothing would be sent.")
    if wrong := unreadable(settings):
        raise NotificationsDamagedError(" ".join(wrong))


def send_test(settings: Settings) -> None:
    """Send one message to each address. Raises NotSentError, when each was tried."""
    failed = []
    for place, address in enumerate(_addresses(settings), start=1):
        name = name_of(place, address)
        if send(_TITLE, _BODY, address):
            say(f"Sent to {name}.\n")
        else:
            failed.append(name)
    if failed:
        raise NotSentError(
            f"{', '.join(failed)} of JUDGEMENTS_NOTIFY_URL did not take it: is the address right, and the service up?"
        )


def post_failed_build(settings: Settings, sentence: str) -> None:
    """Write down that a build failed: `judgements notify` sends it. Where it can't be written, it is sent at once.

    Raises NotSentError where an address did not take it then.
    """
    key = key_of((sentence, dt.datetime.now(dt.UTC).isoformat()))
    message = compose("failed_runs", key, "judgements build failed", [sentence], settings.news_page)
    try:
        post(settings, message)
    except OSError:
        send_unwritten(settings, message)


def _addresses(settings: Settings) -> list[str]:
    if settings.notify_url is None:
        raise UsageError(
            "Nobody is notified: set JUDGEMENTS_NOTIFY_URL to one or more addresses, such as slack://... or"
            " mailto://...; https://github.com/caronc/apprise lists the forms."
        )
    return addresses_of(settings.notify_url)
