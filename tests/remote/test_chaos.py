"""The way to the host is cut, and the host restarted, at every step of a run.

Whatever happens: nothing is queued twice, nothing finished is missed, every run
ends in a state that is true, and our server recovers by itself.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cozygen.host.remote.address import folder_name, parse_address
from tests.conftest import Client
from tests.remote.conftest import StartRemote
from tests.remote.far import Far, Wire
from tests.remote.test_remote import connected, fetched
from tests.runs.test_runs import queue

STEPS = ["before", "queued", "started", "progress", "middle", "executed", "success", "fetching", "after"]
Blow = Callable[[Far, Wire], Awaitable[None]]


async def cut(far: Far, wire: Wire) -> None:
    """All connections drop; new ones work at once."""
    wire.cut()


async def outage(far: Far, wire: Wire) -> None:
    """The network is away for a while; ComfyUI goes on."""
    await wire.down()
    await asyncio.sleep(0.6)
    await wire.up()


async def restart(far: Far, wire: Wire) -> None:
    """ComfyUI is killed and started again: its queue and its history are gone."""
    await far.restart()


BLOWS: dict[str, Blow] = {"cut": cut, "outage": outage, "restart": restart}


class Watch:
    """Strikes once, when the far ComfyUI sends a message of the step's kind (or at once)."""

    def __init__(self, far: Far, wire: Wire, step: str, blow: Blow) -> None:
        self.struck = asyncio.Event()
        self._far, self._wire, self._step, self._blow = far, wire, step, blow
        self._seen = 0
        self._task: asyncio.Task[None] | None = None
        assert far.engine is not None
        send = far.engine.messages.send
        loop = asyncio.get_running_loop()

        def noted(kind: str, data: Any, to: str | None) -> None:
            loop.call_soon_threadsafe(self._heard, kind)
            send(kind, data, to)

        far.engine.messages.send = noted  # type: ignore[method-assign]  # observed

    def _heard(self, kind: str) -> None:
        self._seen += kind == "progress"
        wanted = {"started": "execution_start", "executed": "executed", "success": "execution_success"}
        if (
            kind == wanted.get(self._step)
            or (self._step == "progress" and self._seen == 1)
            or (self._step == "middle" and self._seen == 5)
        ):
            self.strike()

    def strike(self) -> None:
        """Do it now, unless it was done."""
        if not self.struck.is_set():
            self.struck.set()
            self._task = asyncio.get_running_loop().create_task(self._blow(self._far, self._wire))  # type: ignore[arg-type]  # a coroutine

    async def over(self) -> None:
        """Wait until it is done."""
        await asyncio.wait_for(self.struck.wait(), 10)
        assert self._task is not None
        await self._task


async def settled(client: Client, run_id: str) -> dict[str, Any]:
    for _ in range(600):
        run = dict(await (await client.get(f"/cozygen/api/runs/{run_id}")).json())
        if run["state"] in ("done", "failed", "cancelled"):
            return run
        await asyncio.sleep(0.02)
    raise AssertionError(f"still {run['state']}: {run}")


def pictures(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.rglob("*.png"))


@pytest.mark.parametrize("blow", BLOWS)
@pytest.mark.parametrize("step", STEPS)
async def test_whatever_breaks_at_any_step_of_a_run(
    client: Client, far: Far, wire: Wire, output: Path, step: str, blow: str
) -> None:
    await connected(client)
    watch = Watch(far, wire, step, BLOWS[blow])
    if step == "before":
        watch.strike()
        await watch.over()
    order = {"workflow": "sketch.json", "values": {"Steps": 12, "Seed": 9}, "idempotency_key": "tap"}
    run_id = await queued(client, order)
    if step == "queued":
        watch.strike()
    if step in ("fetching", "after"):
        await settled(client, run_id)
        if step == "after":
            await fetched(client, run_id)
        watch.strike()
    await watch.over()
    run = await settled(client, run_id)
    repeated = await queued(client, order)
    if run["state"] == "done":
        assert repeated == run_id, "the same order again is the same run"
        await fetched(client, run_id)
        assert len(pictures(output)) == 1, "what was finished is here, once"
    else:
        # Only a restart loses what had not ended; and it says so.
        assert (blow, run["state"]) == ("restart", "failed")
        assert "restarted" in run["error"]["message"]
    assert len(pictures(far.output)) <= 1, "made once at most"
    # And the loop works as before.
    second = await queued(client, {"workflow": "sketch.json", "values": {"Seed": 10}})
    assert (await settled(client, second))["state"] == "done"
    await connected(client)


async def queued(client: Client, order: dict[str, Any]) -> str:
    """Queue as a phone does: again under the same key until there is an answer."""
    for _ in range(100):
        answer = await queue(client, **order)
        body = await answer.json()
        if answer.status == 200:
            return str(body["runs"][0]["run_id"])
        assert answer.status == 502, body
        await asyncio.sleep(0.1)
    raise AssertionError(body)


@pytest.mark.parametrize("outage_s", [0.0, 0.5, 6.0])
async def test_an_answer_that_is_lost_does_not_queue_twice(
    client: Client, far: Far, wire: Wire, output: Path, outage_s: float
) -> None:
    await connected(client)
    wire.swallow(b"POST /prompt")
    order = {"workflow": "sketch.json", "values": {"Steps": 12}, "idempotency_key": "tap"}
    asked = asyncio.create_task(queue(client, **order))
    await asyncio.wait_for(wire.swallowed.wait(), 10)
    if outage_s:
        await wire.down()
        await asyncio.sleep(outage_s)
        await wire.up()
    answer = await asked
    assert answer.status in (200, 502)
    run_id = await queued(client, order)
    assert (await settled(client, run_id))["state"] == "done"
    await fetched(client, run_id)
    assert len(far.prompts()) == 1
    assert len(pictures(far.output)) == len(pictures(output)) == 1


async def test_an_order_whose_answer_was_lost_is_found_without_being_repeated(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    wire.swallow(b"POST /prompt")
    asked = asyncio.create_task(queue(client, workflow="sketch.json", values={"Steps": 12}))
    await asyncio.wait_for(wire.swallowed.wait(), 10)
    await wire.down()
    assert (await asked).status == 502
    await wire.up()
    await connected(client)
    (run,) = (await (await client.get("/cozygen/api/runs")).json())["runs"]
    assert (await settled(client, run["run_id"]))["state"] == "done"
    await fetched(client, run["run_id"])
    assert len(pictures(output)) == 1


async def test_our_own_restart_in_the_middle_of_a_run_misses_nothing(
    start_remote: StartRemote, far: Far, wire: Wire, output: Path
) -> None:
    client = await start_remote()
    await connected(client)
    watch = Watch(far, wire, "progress", cut)
    order = {"workflow": "sketch.json", "values": {"Steps": 40}, "idempotency_key": "tap"}
    run_id = await queued(client, order)
    await watch.over()
    await client.close()
    again = await start_remote()
    assert await queued(again, order) == run_id
    assert (await settled(again, run_id))["state"] == "done"
    await fetched(again, run_id)
    assert len(pictures(output)) == len(pictures(far.output)) == 1


async def test_what_ended_while_we_were_away_is_fetched_at_the_next_start(
    start_remote: StartRemote, far: Far, wire: Wire, output: Path
) -> None:
    client = await start_remote()
    await connected(client)
    run_id = await queued(client, {"workflow": "sketch.json", "values": {"Steps": 12}})
    await client.close()
    for _ in range(300):
        if pictures(far.output):
            break
        await asyncio.sleep(0.02)
    await wire.down()
    again = await start_remote()
    await asyncio.sleep(0.3)
    await wire.up()
    await fetched(again, run_id)
    assert pictures(output) == ["r_00001_.png"]


async def test_many_orders_through_a_bad_network_are_each_made_once(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)

    async def trouble() -> None:
        for number in range(12):
            await asyncio.sleep(0.15)
            if number % 3 == 2:
                await outage(far, wire)
            else:
                wire.cut()

    shaking = asyncio.create_task(trouble())
    ids = []
    for number in range(10):
        order = {"workflow": "sketch.json", "values": {"Seed": number}, "idempotency_key": f"tap-{number}"}
        ids.append(await queued(client, order))
    await shaking
    for run_id in ids:
        assert (await settled(client, run_id))["state"] == "done"
        await fetched(client, run_id)
    seeds = set()
    for path in output.rglob("*.png"):
        seeds.add(json.loads(_text(path, "prompt"))["1"]["inputs"]["seed"])
    assert seeds == set(range(10))
    assert len(pictures(output)) == len(pictures(far.output)) == 10
    assert (output / folder_name(parse_address(wire.url)) / "runs").is_dir()


def _text(path: Path, name: str) -> str:
    with Image.open(path) as image:
        return str(image.info[name])


async def test_the_stream_says_that_the_host_went_and_came(client: Client, wire: Wire) -> None:
    await connected(client)
    async with client.get("/cozygen/api/events?topics=runs") as stream:
        await wire.down()
        await asyncio.sleep(0.3)
        await wire.up()
        told: list[bool] = []
        while True not in told:
            line = await asyncio.wait_for(stream.content.readline(), 10)
            if line.startswith(b"data:") and b'"connected"' in line:
                told.append(json.loads(line[5:])["connected"])
    assert (told[0], told[-1]) == (False, True)
