"""A host that answers late, drop by drop or not at all: the states say so, everything recovers by itself."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest

from cozygen.runs.tracker import SLOW
from tests.conftest import Client
from tests.remote.far import Far, Wire
from tests.remote.test_chaos import pictures, queued, settled
from tests.remote.test_remote import connected, fetched
from tests.runs.test_runs import queue

ORDER = {"workflow": "sketch.json", "values": {"Steps": 12, "Seed": 9}, "idempotency_key": "tap"}
ANSWER_S = 1.0


@pytest.fixture(autouse=True)
def _short(monkeypatch: pytest.MonkeyPatch) -> None:
    """A minute is a second here."""
    for name, value in (
        ("cozygen.host.remote.client.ANSWER_S", ANSWER_S),
        ("cozygen.host.remote.client.WHOLE_ANSWER_S", 2 * ANSWER_S),
        ("cozygen.host.remote.client.SLOW_S", 0.2),
        ("cozygen.host.remote.client.SLOW_FOR_S", 0.5),
        ("cozygen.host.remote.socket.OPEN_S", 1.0),
        ("cozygen.runs.sending.LOOK_FOR_S", 1.0),
        ("cozygen.runs.tracker.DEAF_S", 1.5),
    ):
        monkeypatch.setattr(name, value)


async def said(client: Client, message: str | None = None, *, up: bool = True) -> dict[str, Any]:
    """The list of runs once it says that of the host."""
    for _ in range(300):
        body = dict(await (await client.get("/cozygen/api/runs")).json())
        if body["connected"] is up and message in (None, body["message"]):
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(f"never said: {message}; last {body['connected']} {body['message']}")


async def test_late_answers_are_waited_for_and_said(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    wire.delay_s = 0.5
    asked = asyncio.create_task(queue(client, **ORDER))
    await said(client, SLOW)
    health = await (await client.get("/cozygen/api/health")).json()
    assert (health["parts"]["host"]["state"], health["parts"]["host"]["message"]) == ("warning", SLOW)
    answer = await asked
    assert answer.status == 200, await answer.text()
    run_id = (await answer.json())["runs"][0]["run_id"]
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(pictures(output)) == len(pictures(far.output)) == len(far.prompts()) == 1
    wire.delay_s = 0.0
    await said(client, "")


async def test_an_answer_that_trickles_in_is_given_up_and_the_order_is_not_doubled(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    wire.piece, wire.delay_s = 1, 0.05
    start = time.monotonic()
    answer = await queue(client, **ORDER)
    assert answer.status == 502
    assert "does not answer" in (await answer.json())["message"]
    assert time.monotonic() - start < 10 * ANSWER_S, "nobody waits for ever"
    wire.piece, wire.delay_s = 65536, 0.0
    run_id = await queued(client, ORDER)
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(pictures(output)) == len(far.prompts()) == 1
    await said(client, "")


async def test_a_host_that_hangs_when_it_is_asked_is_told_and_taken_up_again(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    wire.flows.clear()
    start = time.monotonic()
    answer = await queue(client, **ORDER)
    assert (answer.status, time.monotonic() - start < 10 * ANSWER_S) == (502, True)
    body = await said(client, up=False)
    assert body["message"] in ("ComfyUI does not answer.", "ComfyUI cannot be reached.")
    wire.flows.set()
    await said(client, "")
    run_id = await queued(client, ORDER)
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(pictures(output)) == len(far.prompts()) == 1


@pytest.mark.parametrize("away_s", [0.5, 4.0])
async def test_a_host_that_hangs_in_the_middle_of_a_run_loses_nothing(
    client: Client, far: Far, wire: Wire, output: Path, away_s: float
) -> None:
    await connected(client)
    run_id = await queued(client, {"workflow": "sketch.json", "values": {"Steps": 60}})
    for _ in range(200):
        if (await (await client.get(f"/cozygen/api/runs/{run_id}")).json())["state"] == "running":
            break
        await asyncio.sleep(0.02)
    wire.flows.clear()
    await asyncio.sleep(away_s)
    wire.flows.set()
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(pictures(output)) == len(far.prompts()) == 1
    await said(client, "")


@pytest.mark.parametrize("status", [502, 503, 504])
async def test_a_gateway_that_answers_for_it_says_nothing_about_runs(
    client: Client, far: Far, wire: Wire, output: Path, status: int
) -> None:
    await connected(client)
    run_id = await queued(client, ORDER)
    far.instead = status
    wire.cut()
    await said(client, up=False)
    answer = await queue(client, workflow="sketch.json", values={"Seed": 77})
    assert answer.status == 502
    far.instead = None
    await said(client, "")
    assert (await settled(client, run_id))["state"] == "done", "it was not given up"
    await fetched(client, run_id)
    assert len(pictures(output)) == len(pictures(far.output)) == 1


async def test_a_page_that_is_no_comfyui_is_not_believed(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    run_id = await queued(client, ORDER)
    far.instead = 200
    wire.cut()
    await said(client, up=False)
    await asyncio.sleep(1.5)  # longer than an unknown run is kept
    far.instead = None
    await said(client, "")
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(pictures(output)) == 1
