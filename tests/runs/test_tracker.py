"""The tracker against a host that comes and goes: nothing is lost, nothing is invented."""

from __future__ import annotations

import asyncio
import json
import struct
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import pytest

from cozygen.host.protocol import HostDownError, HostMessage, HostReply
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.runs.tracker import Tracker


class FlakyHost:
    """A host whose queue, history and connection a test sets."""

    kind = "remote"

    def __init__(self) -> None:
        self.up = True
        self.inbox: asyncio.Queue[HostMessage | None] = asyncio.Queue()
        self.running: list[str] = []
        self.pending: list[str] = []
        self.history: dict[str, Any] = {}

    async def call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> HostReply:
        if not self.up:
            raise HostDownError("away")
        if path == "/queue":
            items = {key: [[0, name, {}, {}, []] for name in names] for key, names in
                     (("queue_running", self.running), ("queue_pending", self.pending))}  # fmt: skip
            return HostReply(200, items)
        name = path.rsplit("/", 1)[-1]
        return HostReply(200, {name: self.history[name]} if name in self.history else {})

    @asynccontextmanager
    async def listen(self, client_id: str) -> AsyncIterator[AsyncIterator[HostMessage]]:
        if not self.up:
            raise HostDownError("away")
        yield self._messages()

    async def _messages(self) -> AsyncIterator[HostMessage]:
        while (message := await self.inbox.get()) is not None:
            yield message


@pytest.fixture
def told() -> list[tuple[str, Any]]:
    return []


@pytest.fixture
def host() -> FlakyHost:
    return FlakyHost()


@pytest.fixture
def log() -> RunLog:
    return RunLog(lambda run: None)


@pytest.fixture
def tracker(host: FlakyHost, log: RunLog, told: list[tuple[str, Any]]) -> Tracker:
    return Tracker(host, log, "me", lambda name, data: told.append((name, dict(data))), lambda: True)  # type: ignore[arg-type]  # only what the tracker uses


TITLES = {"1": "Sampler", "2": "Save"}


def run(prompt_id: str = "p", *, age_s: float = 0, **more: Any) -> Run:
    return Run(
        "r-" + prompt_id, prompt_id, 0, None, "t", {}, time.time() - age_s, node_titles=dict(TITLES), **more
    )


def say(tracker: Tracker, kind: str, **data: Any) -> None:
    tracker.handle(HostMessage(kind, {"prompt_id": "p", **data}))


def test_a_run_goes_from_queued_over_progress_to_done(tracker: Tracker, log: RunLog, told: list[Any]) -> None:
    log.add(one := run())
    say(tracker, "execution_start")
    assert (one.state, one.progress) == ("running", 0.0)
    say(tracker, "progress_state", nodes={"1": {"value": 1, "max": 4, "state": "running"}})
    assert one.progress == pytest.approx(0.125)
    say(tracker, "progress_state", nodes={"1": {"value": 0, "max": 4, "state": "running"}})
    assert one.progress == pytest.approx(0.125), "progress never goes back"
    say(tracker, "progress_state", nodes={"9": {"value": 1, "max": 1, "state": "finished"}})
    assert one.progress == pytest.approx(0.125), "a node that only holds a value is no progress"
    say(tracker, "executing", node="1")
    assert one.node == "Sampler"
    say(
        tracker,
        "executed",
        node="2",
        output={"images": [{"filename": "a.png", "subfolder": "", "type": "output"}]},
    )
    say(tracker, "execution_success")
    assert (one.state, one.progress, [file["filename"] for file in one.files]) == ("done", 1.0, ["a.png"])
    assert [name for name, _data in told] == ["progress"] * 3


def test_a_failure_names_its_field(tracker: Tracker, log: RunLog) -> None:
    log.add(one := run(node_fields={"7": "Model"}))
    raised = {"exception_message": "\n no such file \n more", "exception_type": "FileNotFoundError"}
    say(tracker, "execution_error", node_id="7", node_type="Loader", traceback=["a", "b"], **raised)
    assert one.state == "failed"
    assert one.error is not None
    assert one.error.as_json() == {
        "message": "no such file", "node_id": "7", "node_type": "Loader", "field": "Model", "details": "ab",
    }  # fmt: skip


def test_what_comes_after_the_end_changes_nothing(tracker: Tracker, log: RunLog) -> None:
    log.add(one := run())
    say(tracker, "execution_interrupted")
    say(tracker, "execution_success")
    assert one.state == "cancelled"


@pytest.mark.parametrize(
    "message",
    [
        HostMessage("unheard_of", {"prompt_id": "p"}),
        HostMessage("progress_state", {"prompt_id": "p", "nodes": None}),
        HostMessage("progress_state", {"prompt_id": "p", "nodes": {"1": None}}),
        HostMessage("executed", {"prompt_id": "p", "output": None}),
        HostMessage("executed", {"prompt_id": "p", "output": {"images": [None, {"type": "x"}]}}),
        HostMessage("executing", None),
        HostMessage("status", {}),
        HostMessage("binary:4", b"\x00"),
        HostMessage("binary:4", struct.pack(">I", 99) + b"{}"),
        HostMessage("binary:9", b"what"),
    ],
)
def test_a_dialect_that_is_not_understood_is_skipped(
    tracker: Tracker, log: RunLog, message: HostMessage
) -> None:
    log.add(one := run())
    tracker.handle(message)
    assert not one.ended


def test_a_preview_reaches_who_looks(tracker: Tracker, log: RunLog, told: list[Any]) -> None:
    log.add(run())
    head = json.dumps({"prompt_id": "p", "node_id": "1", "image_type": "image/jpeg"}).encode()
    tracker.handle(HostMessage("binary:4", struct.pack(">I", len(head)) + head + b"\xff\xd8"))
    tracker.handle(HostMessage("binary:4", struct.pack(">I", len(head)) + head + b"x" * 300_000))
    assert told == [("preview", {"run_id": "r-p", "node_id": "1", "image": "data:image/jpeg;base64,/9g="})]


async def test_after_a_break_the_history_tells_the_end(
    tracker: Tracker, host: FlakyHost, log: RunLog
) -> None:
    for name in ("good", "bad", "stopped", "waits", "runs"):
        log.add(run(name))
    host.pending, host.running = ["waits"], ["runs"]
    file = {"filename": "a.png", "subfolder": "", "type": "output"}
    host.history = {
        "good": {"outputs": {"2": {"images": [file]}}, "status": {"status_str": "success", "messages": []}},
        "bad": {
            "status": {"status_str": "error", "messages": [["execution_error", {"exception_message": "no"}]]}
        },
        "stopped": {"status": {"status_str": "error", "messages": [["execution_interrupted", {}]]}},
    }
    await tracker.catch_up()
    assert {one.prompt_id: one.state for one in log.newest_first()} == {
        "good": "done", "bad": "failed", "stopped": "cancelled", "waits": "queued", "runs": "running",
    }  # fmt: skip
    assert log.get("r-good").files == [file]


async def test_a_run_that_the_host_forgot_is_given_up_only_after_a_while(
    tracker: Tracker, host: FlakyHost, log: RunLog
) -> None:
    log.add(run("young"))
    log.add(run("old", age_s=60))
    await tracker.catch_up()
    assert (log.get("r-young").state, log.get("r-old").state) == ("queued", "failed")


async def test_it_reconnects_by_itself_and_says_when_the_host_is_away(
    tracker: Tracker, host: FlakyHost, log: RunLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cozygen.runs.tracker.RETRY_S", 0.01)
    host.up = False
    log.add(one := run())
    await tracker.start()
    await asyncio.sleep(0.05)
    assert not tracker.connected
    host.up = True
    host.history = {"p": {"status": {"status_str": "success", "messages": []}}}
    for _ in range(200):
        if one.ended:
            break
        await asyncio.sleep(0.01)
    assert (tracker.connected, one.state) == (True, "done")
    await tracker.stop()


def test_only_ended_runs_are_dropped_when_there_are_too_many() -> None:
    log = RunLog(lambda run: None, keep=2)
    log.add(first := run("1"))
    log.add(second := run("2"))
    log.add(run("3"))
    assert len(log.newest_first()) == 3, "none has ended"
    second.state = "done"
    log.add(run("4"))
    assert [one.prompt_id for one in log.newest_first()] == ["4", "3", "1"]
    assert log.of_prompt("2") is None
    assert log.of_prompt("1") is first


def test_an_older_host_that_tells_progress_by_node_only_is_understood(tracker: Tracker, log: RunLog) -> None:
    log.add(one := run())
    say(tracker, "executing", node="1")
    say(tracker, "progress", node="1", value=1, max=2)
    assert (one.state, one.progress) == ("running", 0.25)
    say(tracker, "executing", node="2")
    say(tracker, "progress", node="2", value=1, max=2)
    assert one.progress == pytest.approx(0.75)


def test_what_the_host_kept_from_before_counts_as_no_work(tracker: Tracker, log: RunLog) -> None:
    log.add(one := run())
    say(tracker, "execution_cached", nodes=["1"])
    say(tracker, "progress_state", nodes={"2": {"value": 1, "max": 2, "state": "running"}})
    assert one.progress == 0.5


def test_previews_come_a_few_a_second_and_only_to_who_looks(
    host: FlakyHost, log: RunLog, told: list[Any]
) -> None:
    wanted = False
    tracker = Tracker(host, log, "me", lambda name, data: told.append(name), lambda: wanted)  # type: ignore[arg-type]  # as above
    log.add(run())
    head = json.dumps({"prompt_id": "p", "node_id": "1"}).encode()
    frame = HostMessage("binary:4", struct.pack(">I", len(head)) + head + b"\xff\xd8")
    tracker.handle(frame)
    assert told == []
    wanted = True
    for _ in range(50):
        tracker.handle(frame)
    assert told == ["preview"]


def test_an_older_hosts_preview_belongs_to_what_runs(tracker: Tracker, log: RunLog, told: list[Any]) -> None:
    log.add(run())
    say(tracker, "execution_start")
    tracker.handle(HostMessage("binary:1", struct.pack(">I", 2) + b"png"))
    assert told[-1][0] == "preview"
    assert told[-1][1]["image"].startswith("data:image/png;base64,")


async def test_files_that_were_told_during_a_break_are_fetched_at_the_end(
    tracker: Tracker, host: FlakyHost, log: RunLog
) -> None:
    log.add(one := run())
    one.missed = True
    host.history["p"] = {
        "outputs": {"2": {"images": [{"filename": "a.png", "subfolder": "", "type": "output"}]}},
        "status": {"status_str": "success"},
    }
    say(tracker, "execution_success")
    assert one.state == "queued", "not yet"
    for _ in range(100):
        if one.ended:
            break
        await asyncio.sleep(0.01)
    assert (str(one.state), [file["filename"] for file in one.files]) == ("done", ["a.png"])


async def test_a_run_of_an_earlier_server_is_asked_for_because_no_message_comes(
    tracker: Tracker, host: FlakyHost, log: RunLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LOOK_EVERY_S", "STRANGER_S"):
        monkeypatch.setattr("cozygen.runs.tracker." + name, 0.01)
    log.add(one := run(client_id="somebody before"))
    host.running = ["p"]
    await tracker.start()
    for _ in range(100):
        if str(one.state) == "running":
            break
        await asyncio.sleep(0.01)
    assert str(one.state) == "running"
    host.running, host.history = [], {"p": {"status": {"status_str": "success"}}}
    for _ in range(100):
        if one.ended:
            break
        await asyncio.sleep(0.01)
    assert str(one.state) == "done"
    await tracker.stop()


async def test_a_socket_that_says_nothing_for_long_is_opened_afresh(
    tracker: Tracker, host: FlakyHost, log: RunLog, monkeypatch: pytest.MonkeyPatch, told: list[Any]
) -> None:
    for name, value in (("LOOK_EVERY_S", 0.01), ("DEAF_S", 0.03), ("RETRY_S", 0.01)):
        monkeypatch.setattr("cozygen.runs.tracker." + name, value)
    log.add(run(client_id="me"))
    host.running = ["p"]
    await tracker.start()
    await asyncio.sleep(0.3)
    await tracker.stop()
    states = [data["connected"] for name, data in told if name == "host"]
    assert states[:3] == [True, False, True]


def test_an_event_costs_the_same_however_many_runs_there_are(tracker: Tracker, log: RunLog) -> None:
    """Counts what an event looks at, rather than how long it takes."""
    looked_at: list[str] = []
    for number in range(1000):
        log.add(run(f"q{number}"))
    log.add(run())
    find = log.of_prompt
    log.of_prompt = lambda prompt_id: looked_at.append(prompt_id) or find(prompt_id)  # type: ignore[method-assign,func-returns-value]  # counted
    log.open = lambda: pytest.fail("an event walks through the runs")  # type: ignore[method-assign]  # as above
    say(tracker, "progress_state", nodes={"1": {"value": 1, "max": 4, "state": "running"}})
    say(tracker, "executed", node="2", output=None)
    say(tracker, "execution_success")
    assert looked_at == ["p"] * 3


def test_a_newer_dialect_with_more_in_every_message_is_understood(
    tracker: Tracker, log: RunLog, told: list[Any]
) -> None:
    """As 0.33 to 0.38 send it: media properties, ids of assets, activities, real node ids."""
    log.add(one := run())
    ids = {"node_id": "1", "prompt_id": "p", "display_node_id": "1", "real_node_id": "1"}
    state = {"value": 1, "max": 2, "state": "running", "activity": {"text": "loading"}}
    node = {**ids, **state, "parent_node_id": None}
    say(tracker, "execution_start", timestamp=1)
    say(tracker, "execution_cached", nodes=[], timestamp=1)
    say(tracker, "progress_state", nodes={"1": node, "1.0.0.7": {**node, "parent_node_id": "1"}})
    assert one.progress == pytest.approx(0.25)
    file = {"filename": "a.png", "subfolder": "x", "type": "output", "metadata": {"width": 64, "height": 64},
            "id": "asset-1", "preview_id": None}  # fmt: skip
    say(tracker, "executed", node="2.0.0.1", display_node="2", output={"images": [file], "animated": [False]})
    say(tracker, "execution_success", timestamp=2)
    assert one.files == [{"filename": "a.png", "subfolder": "x", "type": "output"}]
    assert (one.state, one.made) == ("done", ["2.0.0.1", "2"])


@pytest.mark.parametrize(
    "entry",
    [
        {"prompt": [0, "p", {}, {}, ["2"]], "status": {"status_str": "success", "completed": True}},
        {"prompt": [0, "p", {}, {}, ["2"], {"sensitive": 1}], "status": None, "meta": {}},
        {
            "status": {
                "status_str": "success",
                "completed": True,
                "messages": [["execution_start", None], None],
            }
        },
    ],
)
async def test_histories_of_older_and_newer_hosts_end_a_run(
    tracker: Tracker, host: FlakyHost, log: RunLog, entry: dict[str, Any]
) -> None:
    log.add(one := run())
    file = {"filename": "a.png", "subfolder": "", "type": "output", "id": "asset", "metadata": {}}
    host.history = {"p": {**entry, "outputs": {"2": {"images": [file], "text": ["x"]}, "3": None}}}
    await tracker.catch_up()
    assert (one.state, [entry["filename"] for entry in one.files]) == ("done", ["a.png"])


async def test_an_old_host_that_never_says_that_it_succeeded_is_asked(
    tracker: Tracker, host: FlakyHost, log: RunLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before `execution_success` there was only `executing` without a node."""
    for name, value in (("LOOK_EVERY_S", 0.01), ("QUIET_S", 0.05)):
        monkeypatch.setattr("cozygen.runs.tracker." + name, value)
    log.add(one := run(client_id="me"))
    await tracker.start()
    host.inbox.put_nowait(HostMessage("execution_start", {"prompt_id": "p"}))
    host.inbox.put_nowait(HostMessage("executing", {"node": None, "prompt_id": "p"}))
    host.history = {"p": {"outputs": {}}}
    for _ in range(200):
        if one.ended:
            break
        await asyncio.sleep(0.01)
    assert str(one.state) == "done"
    await tracker.stop()


@pytest.mark.parametrize(("status", "body"), [(500, None), (404, None), (200, []), (200, None), (401, {})])
async def test_what_is_no_answer_ends_no_run(
    tracker: Tracker, host: FlakyHost, log: RunLog, monkeypatch: pytest.MonkeyPatch, status: int, body: Any
) -> None:
    log.add(one := run(age_s=600))

    async def call(*_args: Any, **_more: Any) -> HostReply:
        return HostReply(status, body)

    monkeypatch.setattr(host, "call", call)
    with pytest.raises(HostDownError):
        await tracker.catch_up()
    assert one.state == "queued"
