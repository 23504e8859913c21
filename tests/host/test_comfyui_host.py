"""ComfyUI around us as a host: its handlers answer, its messages arrive, its lists are read."""

from __future__ import annotations

import asyncio
import uuid
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.comfyui_folders import ComfyFolders
from cozygen.host.comfyui_host import QUEUED_MESSAGES, ComfyHost
from cozygen.host.protocol import HostDownError, HostMessage
from cozygen.host.route_pattern import pattern
from cozygen.settings import Settings
from tests.host.stand_in.comfyui import ComfyUI


@pytest.fixture
def host(comfyui: ComfyUI) -> ComfyHost:
    return ComfyHost(comfyui.server, ComfyFolders(Settings()))


async def test_a_prompt_is_queued_by_comfyuis_own_handler(comfyui: ComfyUI, host: ComfyHost) -> None:
    prompt_id = str(uuid.uuid4())
    reply = await host.call("POST", "/prompt", json={"prompt": {"1": {}}, "prompt_id": prompt_id})
    assert (reply.status, reply.body["prompt_id"]) == (200, prompt_id)
    assert [body["prompt_id"] for body in comfyui.server.queued] == [prompt_id]


async def test_a_refusal_is_a_reply(host: ComfyHost) -> None:
    reply = await host.call("POST", "/prompt", json={})
    assert reply.status == 400
    assert reply.body["error"]["type"] == "no_prompt"


async def test_a_path_with_a_variable_finds_its_handler(comfyui: ComfyUI, host: ComfyHost) -> None:
    class Node:
        CATEGORY = "x"
        RETURN_TYPES = ("INT",)

        @classmethod
        def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
            return {"required": {}}

    comfyui.nodes.NODE_CLASS_MAPPINGS["My Node/2"] = Node
    assert (await host.call("GET", "/object_info/My%20Node%2F2")).body["My Node/2"]["output"] == ["INT"]


async def test_an_empty_answer_has_no_body(host: ComfyHost) -> None:
    assert (await host.call("POST", "/interrupt", json={"prompt_id": "x"})).body is None


async def test_an_endpoint_that_this_comfyui_lacks_is_said(host: ComfyHost) -> None:
    with pytest.raises(HostDownError, match="/api/jobs"):
        await host.call("GET", "/api/jobs")


async def test_messages_for_a_client_arrive_in_order_and_only_inside_the_block(
    comfyui: ComfyUI, host: ComfyHost
) -> None:
    async with host.listen("me") as messages:
        await comfyui.server.send("executing", {"node": "1"}, "me")
        await comfyui.server.send("executing", {"node": "2"}, "somebody else")
        await comfyui.server.send("status", {"status": {}})
        got = [await asyncio.wait_for(anext(messages), 1) for _ in range(2)]
    assert got == [HostMessage("executing", {"node": "1"}), HostMessage("status", {"status": {}})]
    assert "me" not in comfyui.server.sockets
    assert "me" not in comfyui.server.sockets_metadata


async def test_previews_are_announced_and_arrive_as_bytes(comfyui: ComfyUI, host: ComfyHost) -> None:
    async with host.listen("me") as messages:
        assert comfyui.server.sockets_metadata["me"]["feature_flags"] == {"supports_preview_metadata": True}
        await comfyui.server.sockets["me"].send_bytes(bytearray(b"\0\0\0\x04rest"))
        assert await asyncio.wait_for(anext(messages), 1) == HostMessage("binary:4", b"rest")


async def test_a_reader_that_sleeps_costs_bounded_memory(comfyui: ComfyUI, host: ComfyHost) -> None:
    async with host.listen("me") as messages:
        for number in range(QUEUED_MESSAGES + 10):
            await comfyui.server.send("progress", number, "me")
        first = await anext(messages)
    assert first.data == 10, "the oldest were dropped"


async def test_a_newer_socket_with_the_same_id_is_left_alone(comfyui: ComfyUI, host: ComfyHost) -> None:
    newer = object()
    async with host.listen("me"):
        comfyui.server.sockets["me"] = newer
    assert comfyui.server.sockets["me"] is newer


def test_models_of_every_registered_folder_are_listed(comfyui: ComfyUI, host: ComfyHost) -> None:
    for name in ("loras/style/ink.safetensors", "loras/readme.txt", "clip/t5.safetensors"):
        path = comfyui.base / "models" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"")
    assert host.choices("loras") == [str(Path("style/ink.safetensors"))]
    assert host.choices("clip") == host.choices("text_encoders") == ["t5.safetensors"]
    assert host.choices("sampler")[0] == "euler"
    assert host.choices("scheduler") == ["normal", "karras"]


def test_a_new_model_shows_after_refresh(comfyui: ComfyUI, host: ComfyHost) -> None:
    assert host.choices("loras") == []
    folder = comfyui.base / "models" / "loras"
    folder.mkdir()
    (folder / "new.safetensors").write_bytes(b"")
    assert host.choices("loras", refresh=True) == ["new.safetensors"]


@pytest.mark.parametrize("kind", ["custom_nodes", "configs", "nothing", "", "../loras"])
def test_what_is_no_list_of_models_is_not_listed(comfyui: ComfyUI, host: ComfyHost, kind: str) -> None:
    (comfyui.base / "custom_nodes" / ".env").write_text("SECRET=1")
    assert kind not in host.choice_types()
    with pytest.raises(KeyError):
        host.choices(kind)


def test_the_folders_are_asked_at_use_time(comfyui: ComfyUI, host: ComfyHost, tmp_path: Path) -> None:
    comfyui.folder_paths.__dict__["get_output_directory"] = lambda: str(tmp_path / "elsewhere")
    assert host.folders.outputs() == [tmp_path / "elsewhere"]
    assert host.folders.input == comfyui.input
    assert host.folders.models == comfyui.base / "models"
    assert host.folders.data == comfyui.base / "user" / "__cozygen"
    assert host.folders.workflows == host.folders.data / "workflows"


def test_facts_hold_no_path_of_the_machine(comfyui: ComfyUI, host: ComfyHost) -> None:
    facts = host.facts()
    assert facts["comfyui_version"] in ("0.3.64", "0.38.1")
    assert str(comfyui.base) not in str(facts)


@pytest.mark.parametrize(
    ("path", "url", "groups"),
    [
        ("/queue", "/queue", {}),
        ("/history/{prompt_id}", "/history/abc", {"prompt_id": "abc"}),
        ("/a/{rest:.+}", "/a/b/c", {"rest": "b/c"}),
        ("/a/{n:[0-9]{2}}/z", "/a/12/z", {"n": "12"}),
    ],
)
def test_a_route_pattern_reads_as_aiohttp_does(path: str, url: str, groups: dict[str, str]) -> None:
    match = pattern(path).fullmatch(url)
    assert match is not None
    assert match.groupdict() == groups


@pytest.mark.parametrize(
    ("path", "url"),
    [("/queue", "/queue/"), ("/a/{n}", "/a/b/c"), ("/a/{n:[0-9]+}", "/a/x"), ("/a.b", "/axb")],
)
def test_a_route_pattern_matches_nothing_else(path: str, url: str) -> None:
    assert pattern(path).fullmatch(url) is None
