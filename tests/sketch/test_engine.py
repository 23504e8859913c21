"""The sketch engine for people: deterministic pictures, real metadata, progress, cancel."""

from __future__ import annotations

import asyncio
import json
import struct
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cozygen.host.sketch.sketch_node import captioned, picture_of
from cozygen.thumbs.endpoints import THUMBS
from tests.conftest import Client
from tests.sketch.test_recorded import run

SKETCH: dict[str, Any] = {
    "positive": "aurora over a lake", "negative": "", "seed": 5, "steps": 4,
    "width": 96, "height": 64, "batch_size": 2,
}  # fmt: skip


def graph(**inputs: Any) -> dict[str, Any]:
    return {
        "1": {"class_type": "CozyGenSketch", "inputs": {**SKETCH, **inputs}},
        "2": {"class_type": "CozyGenOutput", "inputs": {"images": ["1", 0], "filename_prefix": "sketches/s"}},
    }


def test_the_same_words_and_seed_draw_the_same_picture() -> None:
    first, again = (picture_of("a red rose", "", 7, 64, 64) for _ in range(2))
    assert np.array_equal(first, again)
    assert not np.array_equal(first, picture_of("a red rose", "", 8, 64, 64))
    assert not np.array_equal(first, picture_of("a blue rose", "", 7, 64, 64))


@pytest.mark.parametrize("prompt", ["", "日本語の山", "\ud800", "x" * 10_000, "\n\n", "(((("])
def test_any_prompt_can_be_drawn_and_captioned(prompt: str) -> None:
    assert captioned(picture_of(prompt, "", 2**64 - 1, 64, 64), prompt).shape == (64, 64, 3)


async def test_a_run_writes_pictures_with_their_graph(client: Client, output: Path) -> None:
    request = {
        "prompt": graph(),
        "client_id": "me",
        "extra_data": {"extra_pnginfo": {"workflow": {"id": "w"}}},
    }
    reply, _messages = await run(client, request)
    assert reply.status == 200
    files = sorted((output / "sketches").iterdir())
    assert [file.name for file in files] == ["s_00001_.png", "s_00002_.png"]
    with Image.open(files[0]) as image:
        assert image.size == (96, 64)
        assert json.loads(image.info["prompt"])["1"]["inputs"]["seed"] == 5
        assert json.loads(image.info["workflow"]) == {"id": "w"}


async def test_progress_counts_up_and_previews_can_be_seen(client: Client) -> None:
    async with client.ws_connect("/ws?clientId=me") as socket:
        await client.post("/prompt", json={"prompt": graph(), "client_id": "me"})
        values, previews = [], []
        while True:
            message = await socket.receive(timeout=30)
            if isinstance(message.data, bytes):
                previews.append(message.data)
                continue
            body = json.loads(message.data)
            if body["type"] == "progress":
                values.append((body["data"]["value"], body["data"]["max"]))
            if body["type"] == "execution_success":
                break
    assert values == [(step, 8) for step in range(1, 9)]
    assert previews
    kind, form = struct.unpack(">II", previews[0][:8])
    assert (kind, form) == (1, 1), "who did not ask for metadata gets plain previews"
    assert previews[0][8:10] == b"\xff\xd8"


async def test_another_client_hears_nothing_of_a_run_that_is_not_its_own(client: Client) -> None:
    async with client.ws_connect("/ws?clientId=other") as other:
        await run(client, {"prompt": graph(), "client_id": "me"})
        await client.post("/queue", json={"clear": True})
        kinds = set()
        while not other.closed:
            try:
                message = await other.receive(timeout=0.5)
            except TimeoutError:
                break
            kinds.add("binary" if isinstance(message.data, bytes) else json.loads(message.data)["type"])
    assert kinds == {"status"}


async def test_the_same_graph_again_is_answered_from_the_cache(client: Client, output: Path) -> None:
    await run(client, {"prompt": graph(), "client_id": "me"})
    _reply, messages = await run(client, {"prompt": graph(), "client_id": "me"})
    cached = next(message["data"]["nodes"] for message in messages if message["type"] == "execution_cached")
    assert cached == ["1", "2"]
    assert any(message["type"] == "executed" for message in messages)
    assert len(list((output / "sketches").iterdir())) == 2, "no file is written twice"


async def test_our_own_input_nodes_run_here_too(client: Client, output: Path) -> None:
    prompt = graph(seed=["10", 0], positive=["11", 0])
    prompt["10"] = {
        "class_type": "CozyGenIntInput",
        "inputs": {
            "param_name": "Seed",
            "priority": 1,
            "default_value": 3,
            "min_value": 0,
            "max_value": 99,
            "step": 1,
            "add_randomize_toggle": True,
        },
    }
    prompt["11"] = {
        "class_type": "CozyGenStringInput",
        "inputs": {
            "param_name": "Prompt",
            "priority": 0,
            "default_value": "dunes",
            "display_multiline": True,
        },
    }
    reply, _messages = await run(client, {"prompt": prompt, "client_id": "me"})
    assert reply.status == 200, await reply.text()
    assert len(list((output / "sketches").iterdir())) == 2


@pytest.mark.parametrize("body", [b"{", b"[]", b"null", b'{"prompt": []}', b'{"prompt": {"1": 7}}', b""])
async def test_a_body_that_is_no_graph_is_refused(client: Client, body: bytes) -> None:
    answer = await client.post("/prompt", data=body, headers={"Content-Type": "application/json"})
    assert answer.status == 400


async def test_the_thumbnail_is_there_when_the_run_says_so(client: Client, output: Path) -> None:
    await run(client, {"prompt": graph(), "client_id": "me"})
    client.app[THUMBS].thumbs.maker.make = None  # type: ignore[method-assign,assignment]
    for _ in range(200):
        listing = await client.get("/cozygen/api/gallery", params={"recursive": "1"})
        items = [item for item in (await listing.json())["items"] if item["type"] != "directory"]
        if len(items) == 2:
            break
        await asyncio.sleep(0.02)
    assert [len(item["blur"]) > 4 for item in items] == [True, True]
    for item in items:
        assert (await client.get("/cozygen/" + item["thumb"])).status == 200
