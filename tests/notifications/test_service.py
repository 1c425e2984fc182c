"""Each address is sent to; whatever goes wrong, nothing tells more of an address than its service."""

import logging

import pytest

from pipelines.notifications.service import kind_of_service, send
from tests.notifications.receiver import Receiver

UNUSABLE = ("secret", "no-such://secret", "json://[/secret", "slack://secret", "mailto://secret", "json://")


def test_a_message_is_sent_as_it_is_and_again_while_the_receiver_is_out_of_order() -> None:
    with Receiver() as receiver:
        receiver.statuses = [503, 429]
        assert send("a <title>", "- a line & *another*", receiver.url)
        assert [(one["title"], one["message"]) for one in receiver.received] == [
            ("a <title>", "- a line & *another*")
        ] * 3


@pytest.mark.parametrize("status", [404, 500, 0], ids=["gone", "out of order", "silent"])
def test_an_answer_that_is_no_success_is_told_without_the_address(
    status: int, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    with Receiver(status) as receiver:
        assert not send("a title", "a body", receiver.patient(0.1))
        assert len(receiver.received) == 3
    assert "secret" not in caplog.text + "".join(capfd.readouterr())


@pytest.mark.parametrize("address", ["json://secret-user:secret@127.0.0.1:9/secret", *UNUSABLE])
def test_an_address_that_cannot_be_reached_or_used_is_told_without_it(
    address: str, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    assert not send("a title", "a body", address)
    assert "secret" not in kind_of_service(address) + caplog.text + "".join(capfd.readouterr())


def test_a_plugin_that_raises_with_its_address_is_told_without_it(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    import apprise

    def fail(*_: object, **__: object) -> bool:
        raise RuntimeError("could not use json://secret")

    monkeypatch.setattr(apprise.Apprise, "notify", fail)
    assert not send("a title", "a body", "json://127.0.0.1/secret")
    assert "secret" not in caplog.text


def test_other_code_logs_as_before_when_something_was_sent() -> None:
    logger = logging.getLogger("asyncio")
    logger.setLevel(logging.INFO)
    try:
        with Receiver() as receiver:
            assert send("a title", "a body", receiver.url)
        assert (logger.level, logging.getLogger("requests").level) == (logging.INFO, logging.NOTSET)
    finally:
        logger.setLevel(logging.NOTSET)


def test_the_service_of_an_address_is_all_that_is_said_of_it() -> None:
    assert kind_of_service("json://secret-user:secret-pass@127.0.0.1/secret") == "JSON"
    assert kind_of_service("http://127.0.0.1/secret").startswith(
        "an address that can't be used; that of a webhook is written json://host"
    )
