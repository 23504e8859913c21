"""Runs outlive the server, and nothing is queued twice."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from cozygen.errors import UnprocessableError
from cozygen.health import Health
from cozygen.host.folders import FixedFolders
from cozygen.runs.endpoints import RUNS
from cozygen.runs.history import RunHistory
from cozygen.runs.run import Run, RunError
from cozygen.storage.library import Library
from tests.conftest import Client, ClientFactory, error_of
from tests.runs.test_runs import ended, graph, queue


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


@pytest.fixture
def workflow(folders: FixedFolders) -> str:
    (folders.workflows / "sketch.json").write_text(json.dumps(graph()))
    return "sketch.json"


@pytest.fixture
async def library(tmp_path: Path) -> AsyncIterator[Library]:
    made = Library(lambda: tmp_path / "lib", lambda code, message, **details: None)
    yield made
    await made.close()


def a_run(number: int, **more: Any) -> Run:
    return Run(
        f"r{number}", f"p{number}", number, "a.json", "A", {"Seed": 2**63 + number}, 1000.0 + number, **more
    )


async def test_runs_come_back_as_they_were(library: Library) -> None:
    history = RunHistory(library, lambda code, message, **details: None)
    failed = RunError("no", "7", "Loader", "Model", "trace")
    runs = [
        a_run(1, state="done", finished=5.0, files=[{"filename": "a", "subfolder": "", "type": "output"}]),
        a_run(2, state="failed", error=failed, user="ann"),
        a_run(3, key="tap", node_fields={"1": "Seed"}, node_titles={"1": "Sampler"}, client_id="me"),
    ]
    for run in runs:
        history.note(run, {"1": {"class_type": "X", "inputs": {"seed": 2**64 - 1}}})
    await history.kept()
    assert await RunHistory(library, lambda code, message, **details: None).load() == runs
    assert await history.graph_of("r3") == {"1": {"class_type": "X", "inputs": {"seed": 2**64 - 1}}}
    assert (await history.made("a"))[0] == "a.json"
    assert await history.made("b") == (None, None)


async def test_a_run_keeps_its_graph_when_only_its_state_changes(library: Library) -> None:
    history = RunHistory(library, lambda code, message, **details: None)
    run = a_run(1)
    history.note(run, {"1": {}})
    history.note(run)
    await history.kept()
    run.state = "done"
    history.note(run)
    await history.kept()
    assert await history.graph_of("r1") == {"1": {}}
    assert [one.state for one in await history.load()] == ["done"]


async def test_rows_that_are_not_understood_are_left_out(library: Library) -> None:
    history = RunHistory(library, lambda code, message, **details: None)
    history.note(a_run(1), {})
    history.note(a_run(2), {})
    await history.kept()
    await library.write(
        lambda connection: connection.execute("UPDATE run SET form = '{\"values\":' WHERE id = 'r1'")
    )
    assert [run.run_id for run in await history.load()] == ["r2"]


async def test_a_library_that_cannot_be_written_stops_no_run(tmp_path: Path) -> None:
    health = Health()
    (tmp_path / "lib").write_text("a file where the folder should be")
    library = Library(lambda: tmp_path / "lib", health.notice)
    history = RunHistory(library, health.notice)
    assert await history.load() == []
    history.note(a_run(1), {})
    history.note(a_run(2), {})
    await history.kept()
    codes = [notice["code"] for notice in health.report()["notices"]]
    assert codes.count("runs_not_kept") == 1
    await library.close()


async def test_history_survives_a_restart(start: ClientFactory, workflow: str) -> None:
    client = await start()
    body = await (await queue(client, workflow=workflow, values={"Prompt": "sea", "Seed": 7})).json()
    done = await ended(client, body["runs"][0]["run_id"])
    await client.close()
    again = await start()
    listed = (await (await again.get("/cozygen/api/runs")).json())["runs"]
    assert [run["run_id"] for run in listed] == [done["run_id"]]
    kept = ("state", "workflow", "title", "values", "created", "finished", "progress")
    assert {key: listed[0][key] for key in kept} == {key: done[key] for key in kept}
    assert listed[0]["files"][0]["filename"] == "r_00001_.png"


async def test_what_was_waiting_when_everything_stopped_is_said_to_be_lost(
    start: ClientFactory, workflow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = await start()
    await queue(client, workflow=workflow, values={"Steps": 200}, count=2)
    await client.close()
    monkeypatch.setattr("cozygen.runs.tracker.LOST_AFTER_S", 0.0)
    again = await start()
    for run in (await (await again.get("/cozygen/api/runs")).json())["runs"]:
        lost = await ended(again, run["run_id"])
        assert (lost["state"], "restarted" in lost["error"]["message"]) == ("failed", True)


async def test_the_same_order_after_a_restart_runs_once(start: ClientFactory, workflow: str) -> None:
    client = await start()
    order = {"workflow": workflow, "idempotency_key": "tap-1"}
    first = await (await queue(client, **order)).json()
    await ended(client, first["runs"][0]["run_id"])
    await client.close()
    again = await start()
    second = await (await queue(again, **order)).json()
    assert second["runs"][0]["run_id"] == first["runs"][0]["run_id"]
    assert (await (await again.get("/cozygen/api/runs")).json())["total"] == 1


async def test_forgotten_runs_stay_forgotten(start: ClientFactory, workflow: str) -> None:
    client = await start()
    body = await (await queue(client, workflow=workflow)).json()
    await ended(client, body["runs"][0]["run_id"])
    await client.post("/cozygen/api/runs/clear", json={"ended": True})
    await client.close()
    again = await start()
    assert (await (await again.get("/cozygen/api/runs")).json())["total"] == 0


async def test_outputs_are_items_of_the_gallery(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow)).json()
    run_id = body["runs"][0]["run_id"]
    await ended(client, run_id)
    for _ in range(200):
        run = await (await client.get(f"/cozygen/api/runs/{run_id}")).json()
        if run["outputs"]:
            break
        await asyncio.sleep(0.05)
    item = await (await client.get(f"/cozygen/api/gallery/item/{run['outputs'][0]}")).json()
    assert (item["filename"], item["subfolder"]) == ("r_00001_.png", "runs")


async def waiting(client: Client, workflow: str, count: int = 4) -> list[str]:
    """One long run, and others that wait behind it."""
    body = await (await queue(client, workflow=workflow, values={"Steps": 200}, count=count)).json()
    ids = [run["run_id"] for run in body["runs"]]
    for _ in range(200):
        if (await (await client.get(f"/cozygen/api/runs/{ids[0]}")).json())["state"] == "running":
            break
        await asyncio.sleep(0.01)
    return ids


async def test_waiting_runs_can_be_put_into_another_order(client: Client, workflow: str) -> None:
    _running, one, two, three = await waiting(client, workflow)
    answer = await client.post("/cozygen/api/runs/reorder", json={"run_ids": [three, one, two]})
    body = await answer.json()
    assert (answer.status, [run["run_id"] for run in body["runs"]]) == (200, [three, one, two])
    queued = (await (await client.get("/queue")).json())["queue_pending"]
    prompts = {run["prompt_id"]: run["run_id"] for run in body["runs"]}
    assert [prompts[item[1]] for item in sorted(queued, key=lambda item: item[0])] == [three, one, two]
    states = {
        run["run_id"]: run["state"] for run in (await (await client.get("/cozygen/api/runs")).json())["runs"]
    }
    assert states == {_running: "running", one: "queued", two: "queued", three: "queued"}


async def test_one_that_is_refused_when_it_moves_takes_no_other_with_it(
    client: Client, workflow: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """To move them they are taken out of the host's queue: none may stay outside for another's sake."""
    _running, one, two, three = await waiting(client, workflow)
    assert client.app is not None
    sending = client.app[RUNS]._sending
    put_back = sending.send_again

    async def picky(run: Run, *args: Any) -> None:
        if run.run_id == three:
            raise UnprocessableError("Its picture is gone.", code="invalid_values")
        await put_back(run, *args)

    monkeypatch.setattr(sending, "send_again", picky)
    answer = await client.post("/cozygen/api/runs/reorder", json={"run_ids": [three, two, one]})
    assert (answer.status, await error_of(answer)) == (422, "invalid_values")
    known = (await (await client.get("/cozygen/api/runs")).json())["runs"]
    states = {run["run_id"]: (run["state"], run["error"]) for run in known}
    assert states[three] == ("failed", {"message": "Its picture is gone."})
    assert (states[one], states[two]) == (("queued", None), ("queued", None))
    queued = (await (await client.get("/queue")).json())["queue_pending"]
    prompts = {run["prompt_id"]: run["run_id"] for run in known}
    assert [prompts[item[1]] for item in sorted(queued, key=lambda item: item[0])] == [two, one]


async def test_one_that_runs_cannot_be_moved(client: Client, workflow: str) -> None:
    running, one, *_rest = await waiting(client, workflow)
    answer = await client.post("/cozygen/api/runs/reorder", json={"run_ids": [running, one]})
    assert (answer.status, await error_of(answer)) == (409, "not_queued")
    assert (await answer.json())["details"]["runs"] == [running]


@pytest.mark.parametrize(
    ("body", "status"), [({}, 400), ({"run_ids": []}, 400), ({"run_ids": ["absent"]}, 404)]
)
async def test_an_order_of_nothing_is_refused(client: Client, body: dict[str, Any], status: int) -> None:
    assert (await client.post("/cozygen/api/runs/reorder", json=body)).status == status


async def test_a_thousand_runs_are_listed_at_once(start: ClientFactory, folders: FixedFolders) -> None:
    library = Library(lambda: folders.data, lambda code, message, **details: None)
    history = RunHistory(library, lambda code, message, **details: None)
    for number in range(1200):
        history.note(a_run(number, state="done", finished=time.time()), {"1": {}})
    await history.kept()
    await library.close()
    client = await start()
    body = await (await client.get("/cozygen/api/runs?limit=1000")).json()
    assert (body["total"], len(body["runs"]), body["runs"][0]["run_id"]) == (1000, 1000, "r1199")
    assert body["runs"][0]["values"] == {"Seed": str(2**63 + 1199)}
