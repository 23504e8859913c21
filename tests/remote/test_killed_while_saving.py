"""ComfyUI is killed at every moment of saving: what it had finished is here, and the run says so."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from cozygen.host.sketch.engine import SketchHost
from cozygen.runs.endpoints import RUNS
from tests.conftest import Client, ClientFactory
from tests.remote.conftest import StartRemote
from tests.remote.dying import MOMENTS, Death
from tests.remote.far import Far, Wire
from tests.remote.test_chaos import pictures, queued, settled
from tests.remote.test_remote import connected, fetched
from tests.runs.test_runs import graph

KEPT = {"save 1": 0, "half 1": 0, "saved 1": 1, "half 2": 1, "saved 2": 2, "told": 2}
Start = Callable[[], Awaitable[Client]]


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


def pair(save: str) -> dict[str, Any]:
    """A graph of two pictures, and how they are saved."""
    made = graph()
    made["1"]["inputs"]["batch_size"] = 2
    made["2"]["class_type"] = save
    return made


async def _heard(client: Client, run_id: str, moment: str) -> None:
    """What the host told before it died has come to us."""
    for _ in range(100):
        run = await (await client.get(f"/cozygen/api/runs/{run_id}")).json()
        if moment != "told" or run["files"]:
            return
        await asyncio.sleep(0.05)
    raise AssertionError("nothing was heard")


async def _check(client: Client, run_id: str, moment: str, *, proven: bool) -> None:
    run = await settled(client, run_id)
    if KEPT[moment]:
        run = await fetched(client, run_id, KEPT[moment])
    assert len(run["outputs"]) == KEPT[moment], run
    if proven:
        assert (run["state"], run["error"]) == ("done", None)
        return
    assert run["state"] == "failed"
    assert "restarted" in run["error"]["message"]
    assert ("is here" in run["error"]["message"]) is (KEPT[moment] > 0)


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("ours", [False, True], ids=["SaveImage", "our nodes"])
async def test_a_host_elsewhere_is_killed_while_it_saves(
    start_remote: StartRemote,
    far: Far,
    output: Path,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    ours: bool,
) -> None:
    if ours:
        await far.stop()
        far.with_our_nodes = True
        await far.start()
    client = await start_remote()
    await connected(client)
    # One of before, so that the names do not begin with these.
    earlier = await queued(client, {"graph": pair("CozyGenOutput"), "values": {"Seed": 1}})
    await fetched(client, earlier, 2)
    death = Death(moment, monkeypatch)
    assert far.engine is not None
    death.haunts(far.engine)
    run_id = await queued(client, {"graph": pair("CozyGenOutput"), "values": {"Seed": 2}})
    await death.reached()
    await _heard(client, run_id, moment)
    await far.stop()
    death.bury()
    await far.start()
    await _check(client, run_id, moment, proven=moment == "told" or (ours and moment == "saved 2"))
    assert len(pictures(output)) == 2 + KEPT[moment]
    later = await queued(client, {"graph": pair("CozyGenOutput"), "values": {"Seed": 3}})
    await fetched(client, later, 2)
    assert len(pictures(output)) == 4 + KEPT[moment]


@pytest.mark.parametrize("moment", MOMENTS)
@pytest.mark.parametrize("save", ["SaveImage", "CozyGenOutput"])
async def test_host_and_server_are_killed_together_while_it_saves(
    start: ClientFactory,
    folders: FixedFolders,
    monkeypatch: pytest.MonkeyPatch,
    moment: str,
    save: str,
) -> None:
    (folders.workflows / "sketch.json").write_text(json.dumps(pair(save)))
    client = await start()
    death = Death(moment, monkeypatch)
    engine = client.app[RUNS].host
    assert isinstance(engine, SketchHost)
    death.haunts(engine)
    run_id = await queued(client, {"workflow": "sketch.json"})
    await death.reached()
    await _heard(client, run_id, moment)
    monkeypatch.setattr("cozygen.runs.tracker.LOST_AFTER_S", 0.0)
    await client.close()
    death.bury()
    again = await start()
    proven = moment == "told" or (save == "CozyGenOutput" and moment == "saved 2")
    await _check(again, run_id, moment, proven=proven)


async def test_an_order_that_was_taken_saved_and_forgotten_is_not_made_again(
    client: Client, far: Far, wire: Wire, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await connected(client)
    monkeypatch.setattr("cozygen.runs.sending.LOOK_FOR_S", 0.3)
    order = {"graph": pair("CozyGenOutput"), "idempotency_key": "tap"}
    wire.swallow(b"POST /prompt")
    death = Death("saved 2", monkeypatch)
    asked = await _lost_answer(client, wire, order)
    assert asked == 502
    await death.reached()
    await far.stop()
    death.bury()
    await far.start()
    await wire.up()
    run_id = await queued(client, order)
    await fetched(client, run_id, 2)
    assert len(pictures(output)) == len(pictures(far.output)) == 2


async def _lost_answer(client: Client, wire: Wire, order: dict[str, Any]) -> int:
    asked = asyncio.create_task(client.post("/cozygen/api/queue", json=order))
    await asyncio.wait_for(wire.swallowed.wait(), 10)
    await wire.down()
    return (await asked).status
