"""The main loop over HTTP, on the sketch engine: fill, queue, watch, see, cancel."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from PIL import Image

from cozygen.host.folders import FixedFolders
from cozygen.runs.endpoints import RUNS
from tests.conftest import Client, error_of


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


def graph(steps: int = 4) -> dict[str, Any]:
    def number(name: str, value: int) -> dict[str, Any]:
        inputs = {"param_name": name, "priority": 2, "default_value": value, "min_value": 0,
                  "max_value": 2**32 - 1, "step": 1, "add_randomize_toggle": True}  # fmt: skip
        return {"class_type": "CozyGenIntInput", "inputs": inputs}

    text = {"param_name": "Prompt", "priority": 1, "default_value": "hills", "display_multiline": True}
    sketch = {"positive": ["11", 0], "negative": "", "seed": ["10", 0], "steps": ["12", 0],
              "width": 64, "height": 64, "batch_size": 1}  # fmt: skip
    return {
        "1": {"class_type": "CozyGenSketch", "inputs": sketch},
        "2": {"class_type": "CozyGenOutput", "inputs": {"images": ["1", 0], "filename_prefix": "runs/r"}},
        "10": number("Seed", 3),
        "11": {"class_type": "CozyGenStringInput", "inputs": text},
        "12": number("Steps", steps),
    }


@pytest.fixture
def workflow(folders: FixedFolders) -> str:
    (folders.workflows / "sketch.json").write_text(json.dumps(graph()))
    return "sketch.json"


async def queue(client: Client, **body: Any) -> Any:
    return await client.post("/cozygen/api/queue", json=body)


async def ended(client: Client, run_id: str) -> dict[str, Any]:
    """The run once nothing more happens to it."""
    for _ in range(400):
        run = dict(await (await client.get(f"/cozygen/api/runs/{run_id}")).json())
        if run["state"] in ("done", "failed", "cancelled"):
            return run
        await asyncio.sleep(0.05)
    raise AssertionError(f"still {run['state']}")


async def begun(client: Client, run_id: str) -> None:
    """Wait until the host works on it."""
    for _ in range(400):
        if (await (await client.get(f"/cozygen/api/runs/{run_id}")).json())["state"] == "running":
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it does not begin")


async def first_listed(client: Client) -> dict[str, Any]:
    """The first run that there is."""
    for _ in range(400):
        known = (await (await client.get("/cozygen/api/runs")).json())["runs"]
        if known:
            return dict(known[0])
        await asyncio.sleep(0.02)
    raise AssertionError("there is none")


async def test_a_filled_form_becomes_a_picture(client: Client, workflow: str, output: Path) -> None:
    answer = await queue(client, workflow=workflow, values={"Prompt": "aurora over a lake", "Seed": 42})
    body = await answer.json()
    assert (answer.status, body["warnings"]) == (200, [])
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["state"] == "done", run
    assert run["progress"] == 1.0
    assert run["values"] == {"Prompt": "aurora over a lake", "Seed": 42, "Steps": 4}
    named = [{key: file[key] for key in ("filename", "subfolder", "type")} for file in run["files"]]
    assert named == [{"filename": "r_00001_.png", "subfolder": "runs", "type": "output"}]
    with Image.open(output / "runs" / "r_00001_.png") as image:
        sent = json.loads(image.info["prompt"])
        assert sent["10"]["inputs"]["default_value"] == 42
        assert json.loads(image.info["cozygen_workflow"]) == workflow


async def seeds_of(client: Client, **body: Any) -> list[int]:
    reply = await (await queue(client, workflow="sketch.json", **body)).json()
    return [run["values"]["Seed"] for run in reply["runs"]]


async def test_the_last_seed_is_used_again(client: Client, workflow: str) -> None:
    (drawn,) = await seeds_of(client, seeds={"Seed": "random"})
    assert await seeds_of(client, seeds={"Seed": "last"}, values={"Seed": 7}, count=2) == [drawn, drawn]
    listed = await (await client.get("/cozygen/api/runs?workflow=sketch.json&limit=1")).json()
    assert (listed["total"], listed["runs"][0]["values"]["Seed"]) == (3, drawn)
    assert (await (await client.get("/cozygen/api/runs?workflow=other.json")).json())["runs"] == []


async def test_without_a_run_before_the_last_seed_is_the_one_in_the_form(
    client: Client, workflow: str
) -> None:
    assert await seeds_of(client, seeds={"Seed": "last"}, values={"Seed": 7}) == [7]


async def test_a_last_seed_that_no_longer_fits_is_not_used(
    client: Client, workflow: str, folders: FixedFolders
) -> None:
    assert await seeds_of(client, values={"Seed": 4_000_000_000}) == [4_000_000_000]
    small = graph()
    small["10"]["inputs"]["max_value"] = 1000
    (folders.workflows / workflow).write_text(json.dumps(small))
    assert await seeds_of(client, seeds={"Seed": "last"}, values={"Seed": 7}) == [7]


async def test_a_counted_seed_goes_on_with_the_next_order(client: Client, workflow: str) -> None:
    counting = {"seeds": {"Seed": "increment"}, "values": {"Seed": 10}}
    assert await seeds_of(client, **counting, count=2) == [10, 11]
    assert await seeds_of(client, **counting) == [12]
    assert await seeds_of(client, **counting) == [13]
    assert await seeds_of(client, seeds={"Seed": "increment"}, values={"Seed": 50}) == [50]
    assert await seeds_of(client, values={"Seed": 50}) == [50]
    assert await seeds_of(client, seeds={"Seed": "increment"}, values={"Seed": 50}) == [50]


async def test_an_unknown_mode_of_a_seed_is_refused(client: Client, workflow: str) -> None:
    answer = await queue(client, workflow=workflow, seeds={"Seed": "sometimes"})
    assert (answer.status, await error_of(answer)) == (400, "invalid_request")


async def test_several_runs_draw_a_seed_each(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow, seeds={"Seed": "random"}, count=3)).json()
    assert len({run["values"]["Seed"] for run in body["runs"]}) == 3
    numbers = [run["number"] for run in body["runs"]]
    assert numbers == sorted(numbers)


async def test_aliases_are_expanded_in_prompts_and_remembered_as_written(
    client: Client, workflow: str, output: Path
) -> None:
    await client.post(
        "/cozygen/api/aliases",
        json={"items": {"hero": "a knight, silver armor"}, "categories": {}, "categoryList": []},
    )
    answer = await queue(client, workflow=workflow, values={"Prompt": "$hero$, $nobody$"})
    body = await answer.json()
    assert [(entry["code"], entry["field"]) for entry in body["warnings"]] == [("unknown_alias", "Prompt")]
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["values"]["Prompt"] == "$hero$, $nobody$", "the form keeps what was written"
    with Image.open(output / "runs" / "r_00001_.png") as image:
        assert (
            json.loads(image.info["prompt"])["11"]["inputs"]["default_value"]
            == "a knight, silver armor, $nobody$"
        )
        assert json.loads(image.info["cozygen_prompt_raw"]) == {"11:default_value": "$hero$, $nobody$"}


@pytest.mark.parametrize(
    ("values", "field"), [({"Seed": "many"}, "Seed"), ({"Seed": -1}, "Seed"), ({"Prompt": 7}, "Prompt")]
)
async def test_a_bad_value_is_named_by_its_field_and_nothing_is_queued(
    client: Client, workflow: str, values: dict[str, Any], field: str
) -> None:
    answer = await queue(client, workflow=workflow, values=values)
    assert (answer.status, await error_of(answer)) == (422, "invalid_values")
    assert list((await answer.json())["details"]["fields"]) == [field]
    assert (await (await client.get("/cozygen/api/runs")).json())["total"] == 0


async def test_what_the_host_refuses_is_tied_to_the_field_that_feeds_it(
    client: Client, folders: FixedFolders
) -> None:
    made = graph()
    made["1"]["inputs"]["width"] = 7
    made["1"]["_meta"] = {"title": "The picture"}
    del made["10"], made["11"], made["12"]
    made["1"]["inputs"].update(positive="x", seed=1, steps=1)
    made["3"] = {"class_type": "ImageScale", "inputs": {"image": ["1", 0], "upscale_method": "magic",
                 "width": 8, "height": 8, "crop": "disabled"}}  # fmt: skip
    made["2"]["inputs"]["images"] = ["3", 0]
    answer = await queue(client, graph=made)
    body = await answer.json()
    assert (answer.status, body["error"]) == (422, "invalid_values")
    assert list(body["details"]["fields"]) == ["ImageScale · upscale_method"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"workflow": "a.json", "graph": {}}, 400),
        ({"workflow": "absent.json"}, 404),
        ({"workflow": "../secret.json"}, 403),
        ({"graph": {}}, 422),
        ({"graph": {"nodes": []}}, 422),
        ({"workflow": "sketch.json", "count": 0}, 400),
        ({"workflow": "sketch.json", "count": 101}, 400),
        ({"workflow": "sketch.json", "count": "2"}, 400),
        ({"workflow": "sketch.json", "seeds": {"Seed": "sometimes"}}, 400),
        ({"workflow": "sketch.json", "unknown": 1}, 400),
        ({"workflow": "sketch.json", "values": []}, 400),
    ],
)
async def test_an_order_that_makes_no_sense_is_refused(
    client: Client, workflow: str, body: dict[str, Any], status: int
) -> None:
    answer = await queue(client, **body)
    assert answer.status == status
    await error_of(answer)


async def test_an_unknown_value_is_a_warning(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow, values={"Colour": "red"})).json()
    assert [(entry["code"], entry["field"]) for entry in body["warnings"]] == [("unknown_field", "Colour")]


async def test_the_same_order_twice_runs_once(client: Client, workflow: str) -> None:
    order = {"workflow": workflow, "idempotency_key": "tap-1"}
    answers = await asyncio.gather(*(queue(client, **order) for _ in range(5)))
    ids = {(await answer.json())["runs"][0]["run_id"] for answer in answers}
    assert len(ids) == 1
    assert (await (await client.get("/cozygen/api/runs")).json())["total"] == 1


async def test_a_refused_order_may_be_tried_again_under_its_key(client: Client, workflow: str) -> None:
    bad = await queue(client, workflow=workflow, idempotency_key="k", values={"Seed": -1})
    good = await queue(client, workflow=workflow, idempotency_key="k")
    assert (bad.status, good.status) == (422, 200)


async def test_a_running_and_a_waiting_run_can_be_cancelled(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow, values={"Steps": 100}, count=3)).json()
    first, second, third = (run["run_id"] for run in body["runs"])
    waiting = await (await client.post(f"/cozygen/api/runs/{second}/cancel")).json()
    assert waiting["state"] == "cancelled"
    await client.post(f"/cozygen/api/runs/{first}/cancel")
    assert (await ended(client, first))["state"] == "cancelled"
    cleared = await (await client.post("/cozygen/api/runs/clear", json={"queued": True})).json()
    assert cleared["cancelled"] in (0, 1), "the third may have started meanwhile"
    await client.post(f"/cozygen/api/runs/{third}/cancel")
    assert (await ended(client, third))["state"] == "cancelled"


async def test_all_that_waits_is_cancelled_with_a_few_questions(client: Client, workflow: str) -> None:
    """A ComfyUI elsewhere may take its time for each."""
    assert client.app is not None
    body = await (await queue(client, workflow=workflow, values={"Steps": 200}, count=12)).json()
    first, *rest = [run["run_id"] for run in body["runs"]]
    await begun(client, first)
    host = client.app[RUNS].host
    with patch.object(host, "call", wraps=host.call) as call:
        cleared = await (await client.post("/cozygen/api/runs/clear", json={"queued": True})).json()
        assert call.call_count <= 3
    assert cleared == {"cancelled": 11, "forgotten": 0}
    states = {
        run["run_id"]: run["state"] for run in (await (await client.get("/cozygen/api/runs")).json())["runs"]
    }
    assert states == {first: "running", **dict.fromkeys(rest, "cancelled")}
    assert (await (await client.get("/queue")).json())["queue_pending"] == []


@pytest.mark.parametrize("way", ["cancel", "clear"])
async def test_one_that_is_cancelled_on_its_way_to_the_host_does_not_run(
    client: Client, workflow: str, output: Path, way: str
) -> None:
    """A slow host is handed the graph after its owner changed their mind."""
    assert client.app is not None
    host = client.app[RUNS].host
    call, may_go = host.call, asyncio.Event()

    async def slow(method: str, path: str, **words: Any) -> Any:
        if path == "/prompt":
            await may_go.wait()
        return await call(method, path, **words)

    with patch.object(host, "call", slow):
        asked = asyncio.create_task(queue(client, workflow=workflow, values={"Steps": 100}))
        run_id = (await first_listed(client))["run_id"]
        if way == "cancel":
            await client.post(f"/cozygen/api/runs/{run_id}/cancel")
        else:
            await client.post("/cozygen/api/runs/clear", json={"queued": True})
        may_go.set()
        assert (await asked).status == 200
    for _ in range(200):
        queued = await (await client.get("/queue")).json()
        if not queued["queue_running"] and not queued["queue_pending"]:
            break
        await asyncio.sleep(0.02)
    assert (await ended(client, run_id))["state"] == "cancelled"
    assert list(output.rglob("*.png")) == []


async def test_ended_runs_can_be_forgotten_and_open_ones_not(client: Client, workflow: str) -> None:
    body = await (await queue(client, workflow=workflow)).json()
    run_id = body["runs"][0]["run_id"]
    await ended(client, run_id)
    assert await (await client.post("/cozygen/api/runs/clear", json={"ended": True})).json() == {
        "cancelled": 0, "forgotten": 1,
    }  # fmt: skip
    assert (await client.get(f"/cozygen/api/runs/{run_id}")).status == 404


@pytest.mark.parametrize("body", [{}, {"queued": False}, {"ended": "yes"}, {"run_ids": ["x"]}])
async def test_clearing_needs_to_be_told_what(client: Client, body: dict[str, Any]) -> None:
    assert (await client.post("/cozygen/api/runs/clear", json=body)).status == 400


@pytest.mark.parametrize("query", ["state=odd", "limit=0", "limit=1001", "offset=-1", "limit=x"])
async def test_a_list_that_makes_no_sense_is_refused(client: Client, query: str) -> None:
    assert (await client.get("/cozygen/api/runs?" + query)).status == 400


async def test_a_run_that_fails_says_which_field_and_why(client: Client, folders: FixedFolders) -> None:
    made = graph()
    made["2"]["inputs"]["filename_prefix"] = ["13", 0]
    made["13"] = {
        "class_type": "CozyGenStringInput",
        "inputs": {
            "param_name": "Save as",
            "priority": 0,
            "default_value": "../../escape",
            "display_multiline": False,
        },
    }
    body = await (await queue(client, graph=made)).json()
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["state"] == "failed"
    assert run["error"]["node_id"] == "2"
    assert "outside" in run["error"]["message"]


async def test_aliases_of_a_queued_run_are_counted(client: Client, workflow: str) -> None:
    await client.post("/cozygen/api/aliases", json={"view": "$inner$, sky", "inner": "hills", "unused": "x"})
    for values in ({"Prompt": "$view$, $view$, $nope$"}, {"Prompt": "hills"}):
        assert (await queue(client, workflow=workflow, values=values)).status == 200
    refused = await queue(client, workflow=workflow, values={"Prompt": "$unused$", "Steps": "many"})
    assert refused.status == 422
    for _ in range(200):  # in the background
        body = await (await client.get("/cozygen/api/alias_search", params={"limit": "10"})).json()
        used = {item["name"]: item["used"] for item in body["items"]}
        if used["view"]:
            break
        await asyncio.sleep(0.02)
    assert used == {"view": 1, "inner": 1, "unused": 0}


async def test_a_run_stands_where_the_use_of_aliases_cannot_be_counted(
    client: Client, workflow: str, folders: FixedFolders
) -> None:
    (folders.data / "alias_usage.json").mkdir()
    await client.post("/cozygen/api/aliases", json={"view": "hills"})
    answer = await queue(client, workflow=workflow, values={"Prompt": "$view$"})
    assert (answer.status, len((await answer.json())["runs"])) == (200, 1)
