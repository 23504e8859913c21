"""The sketch engine says on the wire what a real ComfyUI 0.3.64 said (recorded answers)."""

from __future__ import annotations

import asyncio
import copy
import json
from pathlib import Path
from typing import Any

import pytest
from aiohttp import FormData

from cozygen.host.folders import FixedFolders
from tests.conftest import Client

GOOD_RUNS = [
    "ok", "ok_batch", "ok_preview_node", "ok_chain", "ok_one_output_bad", "extra_ids", "ok_without_client_id",
    "ok_with_feature_flags", "ok_extra_pnginfo", "ok_own_prompt_id", "odd_prompt_id",
]  # fmt: skip
BAD_RUNS = [
    "no_prompt", "empty", "missing_class", "unknown_class", "no_outputs", "missing_input", "bad_link_node",
    "bad_link_shape", "bad_link_slot", "type_mismatch", "too_small", "too_big", "not_a_number", "not_in_list",
    "cycle", "load_missing_file",
]  # fmt: skip
DESCRIBED = ["EmptyImage", "PreviewImage", "LoadImage", "ImageScale", "ImageInvert", "SaveImage"]
# What differs from run to run, or says how ComfyUI is built.
VARIES = {
    "timestamp",
    "traceback",
    "prompt_id",
    "sid",
    "exception_message",
    "current_inputs",
    "current_outputs",
}


@pytest.fixture(scope="module")
def recorded(shared_data: Path) -> dict[str, Any]:
    return dict(json.loads((shared_data / "comfyui_0.3.64.json").read_text()))


def steady(value: Any) -> Any:
    """A value without what varies; errors of one node in the order of their inputs."""
    if isinstance(value, dict):
        kept = {key: steady(item) for key, item in value.items() if key not in VARIES}
        if "errors" in kept:
            kept["errors"] = sorted(kept["errors"], key=lambda error: (error["type"], error["details"]))
        if "input_config" in kept:
            # Options that only help the graph editor.
            kept["input_config"] = kept["input_config"][0]
        return kept
    if isinstance(value, list):
        return [steady(item) for item in value]
    return value


async def run(
    client: Client, request: dict[str, Any], *, flags: bool = False
) -> tuple[Any, list[dict[str, Any]]]:
    """Queue a request while listening as its client; returns (reply, JSON messages)."""
    client_id = request.get("client_id", "listener")
    async with client.ws_connect(f"/ws?clientId={client_id}") as socket:
        first = await socket.receive_json(timeout=10)
        if flags:
            await socket.send_json({"type": "feature_flags", "data": {"supports_preview_metadata": True}})
        reply = await client.post("/prompt", json=request)
        messages = [first]
        if reply.status == 200:
            messages += await _until_done(socket, "client_id" in request)
        return reply, messages


async def _until_done(socket: Any, owned: bool) -> list[dict[str, Any]]:
    messages: list[dict[str, Any]] = []
    while True:
        message = await _next_json(socket)
        messages.append(message)
        idle = message["type"] == "status" and message["data"]["status"]["exec_info"]["queue_remaining"] == 0
        if (owned and message["type"] == "executing" and message["data"]["node"] is None) or (
            not owned and idle
        ):
            return messages


async def _next_json(socket: Any) -> dict[str, Any]:
    """The next message that is no preview."""
    while True:
        message = await socket.receive(timeout=30)
        if isinstance(message.data, str):
            return dict(json.loads(message.data))


def order_of(messages: list[dict[str, Any]]) -> list[Any]:
    """Type and subject of every message; repeated progress of one node counts once."""
    found: list[Any] = []
    for message in messages:
        data = message["data"]
        subject = data.get("node", data.get("node_id"))
        if message["type"] == "progress_state":
            subject = {node: entry["state"] for node, entry in data["nodes"].items()}
        if not found or found[-1] != (message["type"], subject):
            found.append((message["type"], subject))
    return found


@pytest.mark.parametrize("name", GOOD_RUNS)
async def test_a_good_run_sends_the_same_messages(
    client: Client, recorded: dict[str, Any], name: str
) -> None:
    wanted = recorded["runs"][name]
    reply, messages = await run(
        client, copy.deepcopy(wanted["request"]), flags=name == "ok_with_feature_flags"
    )
    assert reply.status == wanted["status"]
    body = await reply.json()
    assert set(body) == set(wanted["response"])
    assert steady(body["node_errors"]) == steady(wanted["response"]["node_errors"])
    assert order_of(messages) == order_of(wanted["ws"])
    entry = (await (await client.get(f"/history/{body['prompt_id']}")).json())[body["prompt_id"]]
    recorded_entry = next(iter(wanted["history"].values()))
    assert steady(entry["meta"]) == steady(recorded_entry["meta"])
    assert [kind for kind, _data in entry["status"]["messages"]] == [
        kind for kind, _data in recorded_entry["status"]["messages"]
    ]
    assert entry["prompt"][2:] == recorded_entry["prompt"][2:]
    assert {key: len(value["images"]) for key, value in entry["outputs"].items()} == {
        key: len(value["images"]) for key, value in recorded_entry["outputs"].items()
    }


@pytest.mark.parametrize("name", BAD_RUNS)
async def test_a_bad_graph_is_refused_in_the_same_words(
    client: Client, recorded: dict[str, Any], name: str
) -> None:
    wanted = recorded["runs"][name]
    reply, _messages = await run(client, copy.deepcopy(wanted["request"]))
    assert reply.status == wanted["status"]
    assert steady(await reply.json()) == steady(wanted["response"])


async def test_a_run_that_fails_says_where(client: Client, recorded: dict[str, Any]) -> None:
    request = {
        "prompt": {
            "1": {
                "class_type": "EmptyImage",
                "inputs": {"width": 16, "height": 16, "batch_size": 1, "color": 255},
            },
            "3": {
                "class_type": "SaveImage",
                "inputs": {"images": ["1", 0], "filename_prefix": "../../escape"},
            },
        },
        "client_id": "me",
    }
    wanted = recorded["runs"]["fails_running"]["ws"]
    _reply, messages = await run(client, request)
    assert order_of(messages)[-3:] == order_of(wanted)[-3:]
    error = next(message["data"] for message in messages if message["type"] == "execution_error")
    assert set(error) == set(
        next(message["data"] for message in wanted if message["type"] == "execution_error")
    )
    assert (error["node_id"], error["node_type"], error["executed"]) == ("3", "SaveImage", ["1"])


@pytest.mark.parametrize("class_type", DESCRIBED)
async def test_classes_are_described_alike(client: Client, recorded: dict[str, Any], class_type: str) -> None:
    wanted = recorded["http"][f"object_info_{class_type}"]["body"][class_type]
    found = (await (await client.get(f"/object_info/{class_type}")).json())[class_type]
    assert set(found) == set(wanted)
    same = (
        "input_order",
        "output",
        "output_is_list",
        "output_name",
        "name",
        "display_name",
        "category",
        "output_node",
    )
    assert {key: found[key] for key in same} == {key: wanted[key] for key in same}
    for group, members in wanted["input"].items():
        assert {name: entry[0] for name, entry in members.items()} == {
            name: entry[0] for name, entry in found["input"][group].items()
        }


@pytest.mark.parametrize(
    "name",
    [
        "features",
        "queue_empty",
        "prompt_info",
        "object_info_unknown",
        "history_empty",
        "models_unknown",
        "view_missing",
        "view_dotdot",
        "view_no_name",
        "embeddings",
    ],
)
async def test_single_calls_answer_alike(client: Client, recorded: dict[str, Any], name: str) -> None:
    wanted = recorded["http"][name]
    method, path = wanted["request"].split(" ")
    for prefix in ("", "/api"):
        answer = await client.request(method, prefix + path)
        assert answer.status == wanted["status"]
        if answer.status == 200:
            assert await answer.json() == wanted["body"]


async def test_three_queued_one_deleted_the_first_interrupted(client: Client) -> None:
    def request(seed: int) -> dict[str, Any]:
        sketch = {
            "positive": "hills",
            "negative": "",
            "seed": seed,
            "steps": 60,
            "width": 64,
            "height": 64,
            "batch_size": 1,
        }
        return {
            "prompt": {
                "1": {"class_type": "CozyGenSketch", "inputs": sketch},
                "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "x"}},
            },
            "client_id": "me",
        }

    async with client.ws_connect("/ws?clientId=me") as socket:
        ids = [
            (await (await client.post("/prompt", json=request(seed))).json())["prompt_id"]
            for seed in range(3)
        ]
        await client.post("/queue", json={"delete": [ids[1]]})
        pending = (await (await client.get("/queue")).json())["queue_pending"]
        assert [item[1] for item in pending] == [ids[2]]
        while (await _kind(socket)) != "progress":
            pass
        assert (await client.post("/interrupt", json={"prompt_id": ids[2]})).status == 200, (
            "not the running one"
        )
        await client.post("/interrupt", json={"prompt_id": ids[0]})
        kinds: list[str] = []
        while not kinds or kinds[-1] != "execution_success":
            kinds.append(await _kind(socket))
    assert "execution_interrupted" in kinds
    history = await (await client.get("/history")).json()
    assert list(history) == [ids[0], ids[2]]
    assert history[ids[0]]["status"]["status_str"] == "error"
    assert history[ids[2]]["status"]["status_str"] == "success"


async def _kind(socket: Any) -> str:
    message = await asyncio.wait_for(socket.receive(), 30)
    return "binary" if isinstance(message.data, bytes) else str(json.loads(message.data)["type"])


async def test_uploads_are_named_as_comfyui_names_them(
    client: Client, folders: FixedFolders, recorded: dict[str, Any]
) -> None:
    def form(data: bytes, name: str = "a.png", **more: str) -> FormData:
        made = FormData()
        made.add_field("image", data, filename=name)
        for key, value in more.items():
            made.add_field(key, value)
        return made

    for call, data in (
        ("upload_first", b"1"),
        ("upload_same_again", b"1"),
        ("upload_same_name_other_bytes", b"2"),
    ):
        answer = await client.post("/upload/image", data=form(data))
        assert await answer.json() == recorded["http"][call]["body"]
    for bad in (form(b"1", subfolder="../.."), form(b"1", type="nowhere")):
        assert (await client.post("/upload/image", data=bad)).status == 400
    assert (await client.post("/upload/image", json={})).status == 400
    await client.post("/upload/image", data=form(b"1", name="../x.png"))
    assert not (folders.input.parent / "x.png").exists()
