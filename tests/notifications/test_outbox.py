"""Nothing is sent twice, and nothing is lost while a receiver is down or a process is killed."""

import datetime as dt
import errno
import traceback
from collections.abc import Iterator

import msgspec
import pytest
from pydantic import SecretStr

from pipelines.notifications import outbox
from pipelines.notifications.messages import Message, compose
from pipelines.notifications.outbox import (
    NotificationsBusyError,
    NotSentError,
    deliver,
    only_sender,
    post,
    unreadable,
    waiting,
)
from pipelines.settings import NotificationKind, Settings
from pipelines.warehouse.changes import Line
from tests.notifications.receiver import Receiver


@pytest.fixture
def first() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


@pytest.fixture
def second() -> Iterator[Receiver]:
    with Receiver() as one:
        yield one


@pytest.fixture
def told(settings: Settings, first: Receiver, second: Receiver) -> Settings:
    return settings.model_copy(update={"notify_url": SecretStr(f"{first.url}  {second.url}")})


def message(key: str, kind: NotificationKind = "failed_runs") -> Message:
    return compose(kind, key, f"title of {key}", ["a line"], "https://dagster.example.invalid/")


def test_what_one_address_did_not_take_waits_for_it_alone(told: Settings, first: Receiver, second: Receiver) -> None:
    second.status = 500
    for key in ("a", "b"):
        post(told, message(key))
    with pytest.raises(
        NotSentError, match=r"^address 2 \(JSON\) of JUDGEMENTS_NOTIFY_URL .*: 2 wait, and will be sent"
    ):
        deliver(told)
    assert len(second.received) == 3, "an address that does not take one is left alone until the next time"
    with pytest.raises(NotSentError):
        deliver(told)
    second.status = 200
    second.received.clear()
    assert (deliver(told), deliver(told)) == (2, 0)
    assert first.titles == second.titles == ["title of a", "title of b"]


def test_a_message_is_one_by_its_key_also_when_it_was_sent(told: Settings, first: Receiver) -> None:
    assert post(told, message("a"))
    assert not post(told, message("a"))
    deliver(told)
    assert not post(told, message("a"))
    assert (deliver(told), first.titles) == (0, ["title of a"])


def test_a_sender_that_is_killed_after_the_first_address_goes_on_with_the_second(
    told: Settings, first: Receiver, second: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(told, message("a"))
    with monkeypatch.context() as patch:
        patch.setattr(outbox, "send", lambda *given: given[2] == first.url or (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            deliver(told)
    deliver(told)
    assert (first.titles, second.titles) == ([], ["title of a"])


def test_what_cannot_be_noted_as_sent_is_not_sent(
    told: Settings, first: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    post(told, message("a"))

    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(outbox, "atomic_write", full)
        for _ in range(2):
            with pytest.raises(OSError, match="No space"):
                deliver(told)
    assert first.titles == []
    assert deliver(told) == 1
    assert first.titles == ["title of a"]


def test_an_address_that_is_set_right_gets_what_waited_for_it(told: Settings, first: Receiver) -> None:
    wrong = told.model_copy(update={"notify_url": SecretStr("json://127.0.0.1:9/secret")})
    post(wrong, message("a"))
    with pytest.raises(NotSentError) as raised:
        deliver(wrong)
    kept = "".join(path.read_text("utf-8") for path in told.notifications.iterdir())
    assert "secret" not in "".join(traceback.format_exception(raised.value)) + kept
    assert deliver(told) == 1
    assert first.titles == ["title of a"]


def test_only_the_kinds_that_are_switched_on_are_written_down(told: Settings) -> None:
    some = told.model_copy(update={"notify_of": ("failed_checks",)})
    assert [post(some, message(kind, kind)) for kind in ("failed_runs", "failed_checks")] == [False, True]
    assert [one.kind for one in waiting(some)] == ["failed_checks"]
    assert not post(some.model_copy(update={"notify_url": None}), message("c", "failed_checks"))


def test_a_message_that_was_sent_is_forgotten_after_more_than_a_year(told: Settings) -> None:
    for key, days in (("new", 366), ("old", 401), ("waits", 401)):
        at = dt.datetime.now(dt.UTC) - dt.timedelta(days=days)
        post(told, msgspec.structs.replace(message(key), at=at))
        if key != "waits":
            deliver(told)
    deliver(told)
    assert {path.name for path in told.notifications.glob("*.message.json")} == {
        "new.message.json",
        "waits.message.json",
    }


def test_a_second_sender_leaves_it_to_the_first(told: Settings) -> None:
    with only_sender(told), pytest.raises(NotificationsBusyError), only_sender(told):
        pass


def test_a_message_that_cannot_be_read_keeps_none_of_the_others_and_is_told_each_time(
    told: Settings, first: Receiver
) -> None:
    for key in ("a", "b"):
        post(told, message(key))
    (told.notifications / "a.message.json").write_text("{")
    (told.notifications / "c.message.json").mkdir()
    assert [one.key for one in waiting(told)] == ["b"]
    for _ in range(2):
        with pytest.raises(NotSentError, match=r"a\.message\.json can't be read .* Remove it: .*\(Is a directory\)"):
            deliver(told)
    assert first.titles == ["title of b"]
    assert len(unreadable(told)) == 2


def test_a_long_message_is_cut_and_keeps_its_links() -> None:
    lines: list[str | Line] = [
        Line("Kent", "word " * 200, "https://reports.example.invalid/1"),
        *map(str, range(2, 31)),
    ]
    body = compose("new_reports", "a", "many", lines, "https://dagster.example.invalid/").body.splitlines()
    assert body[0].endswith("… https://reports.example.invalid/1")
    assert (len(body), len(body[0]) < 340, body[-2:]) == (
        12,
        True,
        ["- and 20 more", "https://dagster.example.invalid/"],
    )
