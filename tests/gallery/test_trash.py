"""Deleting goes into the trash and comes back; nothing else is touched."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load
from tests.conftest import Client, ClientFactory, error_of
from tests.gallery.files import graph_png, png, put


async def post(client: Client, path: str, body: Any) -> Any:
    return await client.post("/cozygen/api/" + path, json=body)


async def names(client: Client) -> set[str]:
    reply = await client.get("/cozygen/api/gallery?recursive=1&show_hidden=1")
    return {item["filename"] for item in (await reply.json())["items"]}


async def test_a_deleted_file_goes_at_once_and_comes_back_by_undo(output: Path, start: ClientFactory) -> None:
    put(output, "sub/a.png", graph_png())
    put(output, "b.png")
    client = await start()
    reply = await post(client, "gallery/delete", {"filename": "a.png", "subfolder": "sub"})
    body = await reply.json()
    undo = body.pop("undo")
    assert body == {"ok": True, "filename": "a.png", "subfolder": "sub"}
    assert await names(client) == {"b.png"}
    assert not (output / "sub" / "a.png").exists()
    entry = (await (await client.get("/cozygen/api/trash")).json())["items"][0]
    assert (entry["filename"], entry["subfolder"], entry["size"]) == ("a.png", "sub", len(graph_png()))
    put(output, "sub/a.png", png(width=7))
    assert (await post(client, "undo", {"undo": undo})).status == 200
    assert (output / "sub" / "a (2).png").read_bytes() == graph_png()
    assert (output / "sub" / "a.png").read_bytes() == png(width=7)
    assert (await (await client.get("/cozygen/api/trash")).json())["items"] == []


async def test_p_45_delete_all_moves_media_only(output: Path, start: ClientFactory) -> None:
    for name in ("a.png", "sub/b.webm", "sub/deep/c.flac", "loras/preview.png"):
        put(output, name)
    for name in ("loras/style.safetensors", "notes.txt", ".hidden.png", "sub/data.json"):
        put(output, name, b"kept")
    client = await start()
    for body in ({}, {"confirm": "yes"}, {"confirm": "delete-all "[:-2]}):
        reply = await post(client, "gallery/delete_all", body)
        assert (reply.status, await error_of(reply)) == (400, "confirm flag required")
    reply = await post(
        client, "gallery/delete_all", {"confirm": "Delete-All", "subfolder": "sub", "recursive": False}
    )
    assert (await reply.json())["deleted"] == 1
    reply = await post(client, "gallery/delete_all", {"confirm": "deleteall"})
    body = await reply.json()
    assert (body["ok"], body["deleted"]) == (True, 2)
    assert await names(client) == {"preview.png", ".hidden.png"}
    for name in ("loras/style.safetensors", "notes.txt", "sub/data.json"):
        assert (output / name).read_bytes() == b"kept"
    ids = [entry["id"] for entry in (await (await client.get("/cozygen/api/trash")).json())["items"]]
    reply = await post(client, "trash/restore", {"ids": ids[:1]})
    assert len((await reply.json())["restored"]) == 1
    assert (await (await post(client, "trash/empty", {})).json())["deleted"] == 2
    assert list((output / ".cozygen-trash").iterdir()) == []


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "missing filename"),
        ({"filename": " "}, 400, "missing filename"),
        ({"filename": "sub/x.png"}, 400, "invalid filename"),
        ({"filename": "."}, 400, "invalid filename"),
        ({"filename": "../x.png"}, 403, "forbidden"),
        ({"filename": "x.png", "subfolder": "../output_private"}, 403, "forbidden"),
        ({"filename": "canary.png", "subfolder": "out"}, 403, "forbidden"),
        ({"filename": "notes.txt"}, 404, "not found"),
        ({"filename": "sub"}, 404, "not found"),
        ({"filename": "none.png"}, 404, "not found"),
        ({"filename": "a\0.png"}, 400, "invalid path"),
        ({"filename": 5}, 400, "invalid_request"),
        ({"filename": ["a.png"]}, 400, "invalid_request"),
        ({"filename": None}, 400, "invalid_request"),
        ({"filename": "a.png", "subfolder": {}}, 400, "invalid_request"),
        ([], 400, "invalid_request"),
        ("a.png", 400, "invalid_request"),
    ],
)
@pytest.mark.parametrize("place", ["alone"])
async def test_p_40_p_43_what_cannot_be_deleted(
    output: Path, start: ClientFactory, tmp_path: Path, body: Any, status: int, code: str
) -> None:
    canary = put(tmp_path / "output_private", "canary.png")
    put(output, "notes.txt", b"text")
    put(output, "sub/x.png")
    (output / "out").symlink_to(canary.parent)
    client = await start()
    reply = await post(client, "gallery/delete", body)
    assert (reply.status, await error_of(reply)) == (status, code)
    assert canary.exists()
    assert (output / "notes.txt").exists()


async def test_items_by_id(output: Path, start: ClientFactory) -> None:
    put(output, "a.png")
    client = await start()
    item = (await (await client.get("/cozygen/api/gallery")).json())["items"][0]
    reply = await post(client, "gallery/trash", {"ids": [item["id"], "0" * 16]})
    assert (await reply.json())["deleted"] == 1
    assert await names(client) == set()
    reply = await post(client, "trash/restore", {"ids": ["none"]})
    assert (reply.status, await error_of(reply)) == (404, "not found")


async def test_m_02_a_name_that_is_not_utf8_goes_and_comes_back_by_id(
    output: Path, start: ClientFactory
) -> None:
    odd = output / os.fsdecode(b"a\xff.png")
    odd.write_bytes(graph_png())
    client = await start()
    item = (await (await client.get("/cozygen/api/gallery")).json())["items"][0]
    reply = await post(client, "gallery/trash", {"ids": [item["id"]]})
    undo = (await reply.json())["undo"]
    assert not odd.exists()
    assert (await post(client, "undo", {"undo": undo})).status == 200
    assert odd.read_bytes() == graph_png()


async def test_every_output_folder_has_its_own_trash(
    folders: FixedFolders, tmp_path: Path, aiohttp_client: AiohttpClient
) -> None:
    first, second = folders.output_roots[0], tmp_path / "more"
    put(first, "a.png")
    put(second, "sub/b.png", graph_png())
    put(second, "sub/c.png")
    both = replace(folders, output_roots=(first, second))
    client = await aiohttp_client(create_app(load({}, {}), both))
    assert await names(client) == {"a.png", "b.png", "c.png"}
    reply = await post(client, "gallery/delete", {"filename": "b.png", "subfolder": "more/sub"})
    assert reply.status == 200
    assert await names(client) == {"a.png", "c.png"}
    assert len(list((second / ".cozygen-trash").iterdir())) == 1
    assert not (first / ".cozygen-trash").exists()
    assert (await post(client, "undo", {"undo": (await reply.json())["undo"]})).status == 200
    assert (second / "sub" / "b.png").read_bytes() == graph_png()
    reply = await post(client, "gallery/delete_all", {"confirm": "delete-all", "subfolder": "more"})
    assert (await reply.json())["deleted"] == 2
    assert await names(client) == {"a.png"}


async def test_what_is_not_there_is_said_by_id(output: Path, start: ClientFactory) -> None:
    put(output, "a.png")
    client = await start()
    item = (await (await client.get("/cozygen/api/gallery")).json())["items"][0]
    (output / "a.png").unlink()
    reply = await post(client, "gallery/trash", {"ids": [item["id"], "f" * 16]})
    body = await reply.json()
    assert (body["deleted"], len(body["errors"])) == (0, 2)
