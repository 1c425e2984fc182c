"""Alarms reach a webhook in Slack's shape, are tried again where that helps, and never tell the webhook's address."""

import json
import logging

import pytest
from pydantic import SecretStr

from pipelines.defs.webhook import Alarm, AlarmNotSentError, message, send
from pipelines.settings import Settings
from tests.defs.desk import Receiver

ALARM = Alarm("build_warehouse failed", ("core/grades no_nulls: <none> & more",), "http://127.0.0.1:3000/runs/1")


@pytest.fixture(autouse=True)
def _wait_for_the_receiver(monkeypatch: pytest.MonkeyPatch) -> None:
    """However busy the machine: a message that is given up too soon would be sent again, and counted twice."""
    monkeypatch.setattr("pipelines.defs.webhook.SECONDS", 600)


def test_a_message_has_a_notice_and_blocks_and_nothing_in_it_is_taken_for_markup() -> None:
    made = json.loads(json.dumps(message(ALARM)))
    assert made["text"].splitlines() == [
        "build_warehouse failed",
        "• core/grades no_nulls: &lt;none&gt; &amp; more",
        "http://127.0.0.1:3000/runs/1",
    ]
    assert [block["text"]["type"] for block in made["blocks"]] == ["mrkdwn"] * 3
    assert made["blocks"][-1]["text"]["text"] == "<http://127.0.0.1:3000/runs/1|See it in Dagster>"


def test_a_long_alarm_is_cut_and_says_so() -> None:
    made = message(Alarm("many", ("x" * 1000, *map(str, range(2, 31))), "http://here"))
    lines = str(made["text"]).splitlines()
    assert (len(lines), len(lines[1]) < 310, lines[-2]) == (13, True, "• and 20 more")


def test_an_alarm_is_sent_again_while_the_receiver_is_out_of_order() -> None:
    with Receiver() as receiver:
        receiver.statuses = [503, 429]
        send(ALARM, SecretStr(receiver.url), seconds_before_retry=0)
        assert receiver.received == [message(ALARM)] * 3


@pytest.mark.parametrize(("status", "n_tries"), [(404, 1), (500, 3)])
def test_no_error_and_no_log_tells_the_address(status: int, n_tries: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(status) as receiver:
        with pytest.raises(AlarmNotSentError, match=f"127.0.0.1 did not take .* it answered {status}") as raised:
            send(ALARM, SecretStr(receiver.url), seconds_before_retry=0)
        assert len(receiver.received) == n_tries
    assert "secret" not in caplog.text
    assert raised.value.__suppress_context__
    assert raised.value.__cause__ is None


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:9/secret", "not an address/secret", "ftp://x/secret", "http://[/secret"]
)
def test_an_address_that_cannot_be_used_is_an_error_without_it(address: str) -> None:
    with pytest.raises(AlarmNotSentError) as raised:
        send(ALARM, SecretStr(address), seconds_before_retry=0)
    assert "secret" not in str(raised.value)


def test_settings_do_not_show_the_address(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("JUDGEMENTS_WEBHOOK_URL", "https://hooks.example.invalid/secret")
    assert "secret" not in repr(Settings())
    monkeypatch.setenv("JUDGEMENTS_WEBHOOK_URL", "")
    assert Settings().webhook_url is None
