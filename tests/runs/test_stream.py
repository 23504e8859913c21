"""What a browser hears of runs: previews only for who looks, and nothing missed by a phone that slept."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse

from cozygen.host.folders import FixedFolders
from cozygen.http.events import Broker
from cozygen.http.sse import EVENTS
from tests.conftest import Client
from tests.runs.test_runs import ended, graph, queue


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


@pytest.fixture
def workflow(folders: FixedFolders) -> str:
    (folders.workflows / "sketch.json").write_text(json.dumps(graph()))
    return "sketch.json"


async def frame(stream: ClientResponse) -> dict[str, Any]:
    """The next event with its id, name and data."""
    found: dict[str, Any] = {}
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), 10)).decode().rstrip("\n")
        if line.startswith(("id:", "event:", "data:")):
            name, _, value = line.partition(": ")
            found[name] = json.loads(value) if name == "data" else value
        elif not line and "data" in found:
            return found


async def until(stream: ClientResponse, run_id: str, state: str) -> list[dict[str, Any]]:
    """All events up to the one that says so."""
    found = []
    while True:
        found.append(await frame(stream))
        data = found[-1]["data"]
        if found[-1]["event"] == "run" and (data["run_id"], data["state"]) == (run_id, state):
            return found


async def test_previews_reach_only_who_looks(client: Client, workflow: str) -> None:
    async with (
        client.get("/cozygen/api/events?topics=runs&previews=1") as looking,
        client.get("/cozygen/api/events?topics=runs") as other,
    ):
        body = await (await queue(client, workflow=workflow, values={"Steps": 40})).json()
        run_id = body["runs"][0]["run_id"]
        seen = [event["event"] for event in await until(looking, run_id, "done")]
        heard = [event["event"] for event in await until(other, run_id, "done")]
    assert "preview" in seen
    assert "preview" not in heard
    assert "progress" in heard


async def test_without_anybody_looking_no_preview_is_made(client: Client, workflow: str) -> None:
    assert client.app is not None
    broker = client.app[EVENTS]
    async with client.get("/cozygen/api/events?topics=runs&previews=1") as looking:
        await asyncio.wait_for(looking.content.readline(), 5)
        assert broker.interest["previews"] == 1
    for _ in range(100):
        if broker.interest["previews"] == 0:
            break
        await asyncio.sleep(0.05)
        broker.publish("runs", "queue", {"remaining": 0})
    assert broker.interest["previews"] == 0


async def test_a_phone_that_slept_hears_exactly_what_it_missed(client: Client, workflow: str) -> None:
    async with client.get("/cozygen/api/events?topics=runs") as stream:
        body = await (await queue(client, workflow=workflow)).json()
        first = body["runs"][0]["run_id"]
        last = (await until(stream, first, "done"))[-1]["id"]
    body = await (await queue(client, workflow=workflow, values={"Seed": 8})).json()
    second = body["runs"][0]["run_id"]
    await ended(client, second)
    async with client.get("/cozygen/api/events?topics=runs", headers={"Last-Event-ID": last}) as again:
        missed = await until(again, second, "done")
    states = [
        event["data"]["state"]
        for event in missed
        if event["event"] == "run" and event["data"]["run_id"] == second
    ]
    assert states[0] in ("queued", "running"), "told once the host has it"
    assert states[-1] == "done"
    assert not [event for event in missed if event["event"] in ("progress", "preview", "reset")]
    numbers = [int(event["id"].partition("-")[2]) for event in missed]
    assert numbers == sorted(set(numbers)), "in order, each once"
    assert numbers[0] > int(last.partition("-")[2])


async def test_a_refused_order_is_never_told_as_a_run(client: Client, workflow: str) -> None:
    """A ghost in everybody's list of runs would wait for ever."""
    bad = graph()
    bad["1"]["inputs"]["width"] = "wide"
    async with client.get("/cozygen/api/events?topics=runs") as stream:
        assert (await queue(client, graph=bad)).status == 422
        body = await (await queue(client, workflow=workflow)).json()
        run_id = body["runs"][0]["run_id"]
        told = await until(stream, run_id, "done")
    assert {event["data"]["run_id"] for event in told if event["event"] == "run"} == {run_id}


async def test_what_is_forgotten_on_one_device_goes_from_the_others(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow)).json()
    run_id = body["runs"][0]["run_id"]
    await ended(client, run_id)
    async with client.get("/cozygen/api/events?topics=runs") as stream:
        await client.post("/cozygen/api/runs/clear", json={"ended": True})
        while (event := await frame(stream))["event"] != "gone":
            pass
    assert event["data"] == {"run_ids": [run_id]}


async def test_one_that_slept_too_long_is_told_to_ask_again(client: Client, workflow: str) -> None:
    headers = {"Last-Event-ID": "another-server-7"}
    async with client.get("/cozygen/api/events?topics=runs", headers=headers) as stream:
        assert (await frame(stream))["event"] == "reset"


def test_a_slow_reader_gets_only_the_newest_of_what_passes() -> None:
    broker = Broker()
    listener = broker.listen(["runs"])
    for number in range(500):
        broker.publish(
            "runs", "preview", {"run_id": "a", "image": "x" * 1000, "n": number}, keep=False, latest=True
        )
        broker.publish("runs", "progress", {"run_id": "a", "n": number}, keep=False, latest=True)
        broker.publish("runs", "progress", {"run_id": "b", "n": number}, keep=False, latest=True)
    waiting = [(event.name, event.data["run_id"], event.data["n"]) for event in listener._waiting]
    assert waiting == [("preview", "a", 499), ("progress", "a", 499), ("progress", "b", 499)]
    broker.publish("runs", "run", {"run_id": "a"})
    assert [event.name for event in listener._waiting][-1] == "run"
