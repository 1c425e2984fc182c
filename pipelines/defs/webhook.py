"""Alarms: what is sent to a webhook when somebody should look.

Belongs here: the shape of a message, sending it, and keeping the webhook's address out of every log and error.
Stays out: when to raise one (`defs/alarms.py`).

The shape is Slack's: `text` is what a notice shows, `blocks` what stands in the channel. Mattermost and others read
`text`.
"""

import logging
from urllib.parse import urlsplit

import httpx2
import msgspec
from pydantic import SecretStr
from tenacity import Retrying, retry_if_exception_type, stop_after_attempt, wait_exponential

TRIES = 3
SECONDS = 10.0
MOST_LINES = 10
"""More than this in one message is left to the page that it leads to."""
LONGEST_LINE = 300

# The library logs the whole address of every request, and the address of a webhook is its password.
logging.getLogger("httpx2").setLevel(logging.WARNING)


class AlarmNotSentError(Exception):
    """The webhook did not take an alarm; the message names its host only."""


class Alarm(msgspec.Struct, frozen=True):
    """What happened, in a sentence; the particulars, a line each; and the page where all of it stands."""

    title: str
    lines: tuple[str, ...]
    page: str


def message(alarm: Alarm) -> dict[str, object]:
    """The alarm as JSON for a webhook."""
    shown = [_short(line) for line in alarm.lines[:MOST_LINES]]
    if len(alarm.lines) > MOST_LINES:
        shown.append(f"and {len(alarm.lines) - MOST_LINES:,} more")
    body = "\n".join(f"• {_escaped(line)}" for line in shown)
    title = _escaped(_short(alarm.title))
    sections = [f"*{title}*", *([body] if body else []), f"<{alarm.page}|See it in Dagster>"]
    return {
        "text": "\n".join((title, body, alarm.page) if body else (title, alarm.page)),
        "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": text}} for text in sections],
    }


def send(alarm: Alarm, webhook: SecretStr, seconds_before_retry: float = 1.0) -> None:
    """Send an alarm, trying again where that may help. Raises AlarmNotSentError."""
    address = webhook.get_secret_value()
    retrying = Retrying(
        retry=retry_if_exception_type(_PassingError),
        stop=stop_after_attempt(TRIES),
        wait=wait_exponential(seconds_before_retry),
        reraise=True,
    )
    try:
        retrying(_post, address, message(alarm))
    except AlarmNotSentError as error:
        raise AlarmNotSentError(f"The webhook at {_host(address)} did not take the alarm: {error}") from None


class _PassingError(AlarmNotSentError):
    """Another try may help."""


def _post(address: str, body: dict[str, object]) -> None:
    """One try. No error leaves here that holds the address: not in its words, and not as its cause."""
    # A proxy that this machine is told to use can't reach a receiver on the machine itself.
    direct = {"all://127.0.0.1": None, "all://localhost": None}
    problem: AlarmNotSentError | None = None
    try:
        with httpx2.Client(timeout=SECONDS, mounts=direct) as client:
            status = client.post(address, json=body).status_code
    except httpx2.TransportError as error:
        problem = _PassingError(type(error).__name__)
    except (httpx2.InvalidURL, ValueError) as error:
        problem = AlarmNotSentError(f"its address can't be used ({type(error).__name__})")
    else:
        if not httpx2.codes.is_success(status):
            passing = status == httpx2.codes.TOO_MANY_REQUESTS or httpx2.codes.is_server_error(status)
            problem = (_PassingError if passing else AlarmNotSentError)(f"it answered {status}")
    if problem is not None:
        raise problem


def _host(address: str) -> str:
    """All of the address that may be told."""
    try:
        return urlsplit(address).hostname or "no host"
    except ValueError:
        return "no host"


def _short(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_LINE else line[: LONGEST_LINE - 1] + "…"


def _escaped(text: str) -> str:
    """The three characters that mean something in Slack's text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
