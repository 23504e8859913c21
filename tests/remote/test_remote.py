"""A ComfyUI elsewhere, without our plug-in: the whole loop through HTTP and WebSocket."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cozygen.host.folders import FixedFolders
from cozygen.host.remote.address import folder_name, parse_address
from cozygen.runs.lowering import told_of
from cozygen.settings import SettingsError
from tests.conftest import Client, error_of
from tests.remote.conftest import StartRemote
from tests.remote.far import Far, Wire
from tests.runs.test_runs import ended, graph, queue


async def connected(client: Client, wanted: bool = True) -> dict[str, Any]:
    """The list of runs once the host is (not) there."""
    for _ in range(200):
        body = dict(await (await client.get("/cozygen/api/runs")).json())
        if body["connected"] is wanted:
            return body
        await asyncio.sleep(0.02)
    raise AssertionError(f"connected stays {not wanted}")


async def fetched(client: Client, run_id: str, count: int = 1) -> dict[str, Any]:
    """The run once so many of its files are here and in the gallery, which hears of them one by one."""
    for _ in range(400):
        run = dict(await (await client.get(f"/cozygen/api/runs/{run_id}")).json())
        if len(run["outputs"]) >= count:
            return run
        await asyncio.sleep(0.02)
    raise AssertionError(f"fewer than {count} outputs: {run}")


async def test_a_form_becomes_a_picture_that_is_brought_here(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    await connected(client)
    answer = await queue(client, workflow="sketch.json", values={"Prompt": "a lighthouse", "Seed": 5})
    body = await answer.json()
    assert answer.status == 200, body
    run = await fetched(client, body["runs"][0]["run_id"])
    folder = folder_name(parse_address(wire.url))
    assert [(file["filename"], file["subfolder"]) for file in run["files"]] == [
        ("r_00001_.png", f"{folder}/runs")
    ]
    here = output / folder / "runs" / "r_00001_.png"
    assert here.read_bytes() == (far.output / "runs" / "r_00001_.png").read_bytes()
    assert sorted(path.name for path in here.parent.iterdir()) == ["r_00001_.png"], "no part is left"
    with Image.open(here) as image:
        made = json.loads(image.info["prompt"])
    assert {node["class_type"] for node in made.values()} == {"CozyGenSketch", "SaveImage"}
    assert (made["1"]["inputs"]["seed"], made["1"]["inputs"]["positive"]) == (5, "a lighthouse")


async def test_with_our_nodes_there_the_graph_stays_as_it_is(
    tmp_path: Path, start_remote: StartRemote, far: Far, output: Path
) -> None:
    await far.stop()
    plugged = Far(tmp_path / "far", with_our_nodes=True)
    plugged.port = far.port
    await plugged.start()
    client = await start_remote()
    body = await (await queue(client, workflow="sketch.json")).json()
    run = await fetched(client, body["runs"][0]["run_id"])
    with Image.open(output / run["files"][0]["subfolder"] / "r_00001_.png") as image:
        assert "CozyGenOutput" in image.info["prompt"]
    await plugged.stop()


async def test_a_shared_folder_is_not_fetched(start_remote: StartRemote, far: Far, output: Path) -> None:
    client = await start_remote(COZYGEN_COMFYUI_SHARED="yes")
    body = await (await queue(client, workflow="sketch.json")).json()
    run = await ended(client, body["runs"][0]["run_id"])
    await asyncio.sleep(0.3)
    assert run["files"][0]["subfolder"] == "runs"
    assert list(output.iterdir()) == []


async def test_the_same_name_of_another_picture_is_kept(
    client: Client, far: Far, wire: Wire, output: Path
) -> None:
    folder = output / folder_name(parse_address(wire.url)) / "runs"
    folder.mkdir(parents=True)
    (folder / "r_00001_.png").write_bytes(b"mine")
    body = await (await queue(client, workflow="sketch.json")).json()
    run = await fetched(client, body["runs"][0]["run_id"])
    assert (folder / "r_00001_.png").read_bytes() == b"mine"
    assert run["files"][0]["filename"].startswith("r_00001_-")


async def test_pictures_of_ours_are_sent_there(
    client: Client, folders: FixedFolders, far: Far, output: Path
) -> None:
    Image.new("RGB", (16, 8), (1, 2, 3)).save(folders.input / "mine.png")
    Image.new("RGB", (16, 8), (4, 5, 6)).save(output / "made.png")
    made = {
        "1": {"class_type": "CozyGenImageInput", "inputs": {"param_name": "Picture", "image_filename": ""}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "copy"}},
    }
    for value, colour in (("mine.png", (1, 2, 3)), ("output::made.png", (4, 5, 6))):
        answer = await queue(client, graph=made, values={"Picture": value})
        body = await answer.json()
        assert answer.status == 200, body
        run = await fetched(client, body["runs"][0]["run_id"])
        with Image.open(output / run["files"][0]["subfolder"] / run["files"][0]["filename"]) as image:
            assert image.convert("RGB").getpixel((0, 0)) == colour
    assert len(list((far.folders.input / "cozygen").iterdir())) == 2


async def test_what_the_far_one_refuses_is_tied_to_its_field(client: Client, folders: FixedFolders) -> None:
    made = graph()
    made["12"]["inputs"]["default_value"] = 100_000
    answer = await queue(client, graph=made)
    assert (answer.status, await error_of(answer)) == (422, "invalid_values")
    assert list((await answer.json())["details"]["fields"]) == ["Steps"]


async def test_a_form_does_not_complain_of_nodes_that_are_replaced(client: Client) -> None:
    await connected(client)
    form = await (await client.get("/cozygen/api/workflows/sketch.json/form")).json()
    assert form["problems"] == []


async def test_runs_of_an_earlier_server_can_be_put_into_another_order(start_remote: StartRemote) -> None:
    client = await start_remote()
    order = {"workflow": "sketch.json", "values": {"Steps": 100}, "count": 4}
    body = await (await queue(client, **order)).json()
    _first, one, two, three = [run["run_id"] for run in body["runs"]]
    await client.close()
    again = await start_remote()
    await connected(again)
    await asyncio.sleep(0.3)
    answer = await again.post("/cozygen/api/runs/reorder", json={"run_ids": [three, two, one]})
    assert [run["run_id"] for run in (await answer.json())["runs"]] == [three, two, one]
    pending = (await (await again.get("/queue")).json())["queue_pending"]
    prompts = {run["run_id"]: run["prompt_id"] for run in body["runs"]}
    assert [item[1] for item in sorted(pending)] == [prompts[name] for name in (three, two, one)]


@pytest.mark.parametrize("ours", ["CozyGenImageInput", "LoadImage"])
@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("absent.png", "names a picture that is not there: “absent.png”; choose another."),
        ("output::old::gone.png", "names a picture that is not there: “old/gone.png”; choose another."),
        ("../etc/passwd", "names a picture that is not there: “../etc/passwd”; choose another."),
        ("", "has no picture yet; choose one."),
        ("  ", "has no picture yet; choose one."),
    ],
)
async def test_a_picture_that_is_not_there_is_said_at_its_field(
    client: Client, ours: str, value: str, words: str
) -> None:
    name = "image" if ours == "LoadImage" else "image_filename"
    made = {
        "1": {"class_type": ours, "inputs": {name: value}, "_meta": {"title": "Photo"}},
        "2": {"class_type": "CozyGenOutput", "inputs": {"images": ["1", 0], "filename_prefix": "x"}},
    }
    if ours == "CozyGenImageInput":
        made["1"]["inputs"] = {"param_name": "Photo", name: value}
    answer = await queue(client, graph=made)
    body = await answer.json()
    assert (answer.status, body["error"]) == (422, "invalid_values"), body
    field = "Photo" if ours == "CozyGenImageInput" else "Photo · image"
    assert body["details"]["fields"] == {field: [f"“{field}” {words}"]}
    assert (await (await client.get("/cozygen/api/runs")).json())["total"] == 0


def test_a_video_that_cannot_be_made_names_our_node() -> None:
    """ComfyUI's node that stands for a part of ours is nothing that its owner has seen."""
    graph = {"9": {"class_type": "CozyGenVideoOutput", "inputs": {"frame_rate": 999}}}
    entry = {
        "type": "value_bigger_than_max",
        "extra_info": {"input_name": "fps", "input_config": ["FLOAT", {"max": 120}]},
    }
    other = {"type": "required_input_missing", "extra_info": {"input_name": "video"}}
    told = told_of(
        graph, {"node_errors": {"9-frames": {"errors": [entry, None]}, "9": {"errors": [other]}, "7": None}}
    )
    errors = told["node_errors"]["9"]["errors"]
    assert [error and error["extra_info"]["input_name"] for error in errors] == ["frame_rate", None, "video"]
    assert list(told["node_errors"]) == ["9", "7"]


@pytest.mark.parametrize("answer", [None, [], "no", {}, {"node_errors": []}, {"node_errors": {"1": {}}}])
def test_an_answer_of_no_known_shape_is_left_alone(answer: Any) -> None:
    assert told_of({"1": {"class_type": "X", "inputs": {}}}, answer) == answer


async def test_a_run_there_can_be_cancelled(client: Client) -> None:
    body = await (await queue(client, workflow="sketch.json", values={"Steps": 100}, count=2)).json()
    first, second = (run["run_id"] for run in body["runs"])
    assert (await (await client.post(f"/cozygen/api/runs/{second}/cancel")).json())["state"] == "cancelled"
    await client.post(f"/cozygen/api/runs/{first}/cancel")
    assert (await ended(client, first))["state"] == "cancelled"


async def test_lists_come_from_there(client: Client, far: Far) -> None:
    (far.folders.models / "loras").mkdir(exist_ok=True)
    (far.folders.models / "loras" / "there.safetensors").write_bytes(b"")
    await connected(client)
    answer = await client.get("/cozygen/get_choices", params={"type": "loras", "refresh": "1"})
    assert (await answer.json()) == {"choices": ["there.safetensors"]}
    assert (await client.get("/cozygen/get_choices", params={"type": "nothing"})).status == 400


async def test_health_names_the_host_and_its_state(client: Client, wire: Wire) -> None:
    await connected(client)
    part = (await (await client.get("/cozygen/api/health")).json())["parts"]["host"]
    assert (part["state"], part["figures"]["kind"]) == ("ok", "remote")
    assert part["figures"]["comfyui_version"].startswith("sketch")
    await wire.down()
    await connected(client, False)
    health = await (await client.get("/cozygen/api/health")).json()
    part = health["parts"]["host"]
    assert (part["state"], part["message"].startswith("ComfyUI ")) == ("warning", True)
    await wire.up()
    await connected(client)


async def test_while_it_is_away_queueing_says_so_and_keeps_nothing(
    client: Client, wire: Wire, far: Far
) -> None:
    await connected(client)
    await wire.down()
    answer = await queue(client, workflow="sketch.json", idempotency_key="tap")
    assert (answer.status, await error_of(answer)) == (502, "host_down")
    assert (await (await client.get("/cozygen/api/runs")).json())["total"] == 0
    await wire.up()
    await connected(client)
    again = await (await queue(client, workflow="sketch.json", idempotency_key="tap")).json()
    await ended(client, again["runs"][0]["run_id"])
    assert len(far.prompts()) == 1


@pytest.mark.parametrize(
    "path", ["/view?filename=x.png", "/queue", "/history", "/object_info/SaveImage", "/system_stats"]
)
async def test_its_own_addresses_are_passed_on(client: Client, far: Far, path: str) -> None:
    direct = await client.session.get(f"http://127.0.0.1:{far.port}{path}")
    for prefix in ("", "/api"):
        through = await client.get(prefix + path)
        assert (through.status, await through.read()) == (direct.status, await direct.read())


async def test_old_clients_queue_through_us_and_never_pass_our_session_on(
    start_remote: StartRemote, far: Far, output: Path
) -> None:
    seen: list[Any] = []
    assert far.engine is not None
    call = far.engine.call

    async def noted(*args: Any, **words: Any) -> Any:
        seen.append((args, words))
        return await call(*args, **words)

    far.engine.call = noted  # type: ignore[method-assign]  # observed
    client = await start_remote(COZYGEN_AUTH_USER="ann", COZYGEN_AUTH_PASS="a long enough secret")
    assert (await client.get("/queue")).status == 401
    signed = await client.post(
        "/cozygen/api/login", json={"username": "ann", "password": "a long enough secret"}
    )
    headers = {"Authorization": f"Bearer {(await signed.json())['token']}"}
    made = {
        "1": {"class_type": "EmptyImage", "inputs": {"width": 16, "height": 16, "batch_size": 1, "color": 0}},
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "old"}},
    }
    answer = await client.post("/prompt", json={"prompt": made}, headers=headers)
    assert (answer.status, set(await answer.json())) == (200, {"prompt_id", "number", "node_errors"})
    bad = await client.post("/prompt", json={"prompt": {}}, headers=headers)
    assert bad.status == 400


async def test_a_socket_of_an_old_client_outlives_a_restart(client: Client, far: Far, wire: Wire) -> None:
    async with client.ws_connect("/ws?clientId=old") as socket:
        await socket.send_json({"type": "feature_flags", "data": {"supports_preview_metadata": True}})
        first = await socket.receive_json(timeout=5)
        assert (first["type"], first["data"]["sid"]) == ("status", "old")
        await wire.down()
        await asyncio.sleep(0.2)
        await wire.up()
        again = await socket.receive_json(timeout=5)
        while again["type"] != "status" or "sid" not in again["data"]:
            again = await socket.receive_json(timeout=5)
        assert again["data"]["sid"] == "old"


@pytest.mark.parametrize("path", ["/queue", "/object_info", "/any/thing"])
async def test_its_addresses_are_502_while_it_is_away(client: Client, wire: Wire, path: str) -> None:
    await wire.down()
    assert (await client.get(path)).status == 502


@pytest.mark.parametrize("text", ["ftp://x", "http://", "http://x?y=1", "http://x#y", "://", "http://[x"])
def test_an_address_that_is_none_is_refused_at_start(text: str) -> None:
    with pytest.raises(SettingsError, match="--comfyui takes an address"):
        parse_address(text)


@pytest.mark.parametrize(
    ("text", "folder"),
    [
        ("desk:8188", "desk-8188"),
        ("http://10.0.0.2", "10.0.0.2"),
        ("https://a.example/comfy/", "a.example"),
        ("http://[::1]:8188", "1-8188"),
    ],
)
def test_pictures_are_filed_under_the_host(text: str, folder: str) -> None:
    assert folder_name(parse_address(text)) == folder
