"""A node's file shows at once: its thumbnail is there, and so is the prompt as it was typed."""

from __future__ import annotations

import asyncio
from typing import Any

import numpy as np
import pytest
from PIL import Image

from cozygen.host.comfyui import attach
from tests.host.conftest import Serve
from tests.host.node_stand_in import gradient
from tests.host.stand_in.comfyui import ComfyUI


@pytest.fixture
async def output(comfyui: ComfyUI, serve: Serve) -> tuple[Any, Any]:
    """(a CozyGenOutput node of a running ComfyUI, a client)."""
    attached = attach("pip install cozygen")
    client = await serve(comfyui)
    return attached.nodes["CozyGenOutput"](), client


async def test_a_saved_picture_has_its_thumbnail_before_anyone_asks(
    comfyui: ComfyUI, output: tuple[Any, Any]
) -> None:
    node, client = output
    images = np.full((1, 64, 96, 3), 0.5, dtype=np.float32)
    await asyncio.to_thread(node.save_images, images, "a/b")
    thumbs = list((comfyui.base / "user" / "__cozygen" / "thumbs").rglob("*-384.thumb"))
    assert len(thumbs) == 1
    with Image.open(thumbs[0]) as picture:
        assert picture.size == (96, 64)
    answer = await client.get("/cozygen/thumb", params={"filename": "b_00001_.png", "subfolder": "a"})
    assert answer.status == 200


async def test_the_typed_prompt_is_found_by_the_file(comfyui: ComfyUI, output: tuple[Any, Any]) -> None:
    node, client = output
    comfyui.server.last_prompt_id = "2f1c7d0e-0000-4000-8000-000000000001"
    body = {"prompt_id": comfyui.server.last_prompt_id, "raw": {"prompt": "$cat$"}}
    assert (await client.post("/cozygen/api/prompt_raw", json=body)).status == 200
    await asyncio.to_thread(node.save_images, gradient(1, 8, 8), "a/b")
    store = next(value for key, value in client.app.items() if "prompt_raw" in str(key))
    state = (comfyui.output / "a" / "b_00001_.png").stat()
    await asyncio.sleep(0.1)
    found = await store.find("a", "b_00001_.png", mtime_ns=state.st_mtime_ns, size=state.st_size)
    assert found == {"prompt": "$cat$"}


async def test_the_client_of_the_run_is_told_and_nobody_else(
    comfyui: ComfyUI, output: tuple[Any, Any]
) -> None:
    node, _ = output
    await asyncio.to_thread(node.save_images, gradient(1, 8, 8), "a/b & c")
    assert comfyui.server.sent == [], "queued without a client"
    comfyui.server.client_id = "phone"
    await asyncio.to_thread(node.save_images, gradient(1, 8, 8), "a/b & c")
    ((event, data, sid),) = comfyui.server.sent
    assert (event, sid) == ("cozygen_batch_ready", "phone")
    assert data["images"][0]["url"] == "/view?filename=b+%26+c_00002_.png&subfolder=a&type=output"


async def test_a_thumbnail_that_cannot_be_kept_fails_no_run(
    comfyui: ComfyUI,
    output: tuple[Any, Any],
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("cozygen.thumbs.disk_cache.DiskCache.write", full)
    node, _ = output
    answer = await asyncio.to_thread(node.save_images, gradient(1, 8, 8), "a/b")
    assert answer["ui"]["images"][0]["filename"] == "b_00001_.png"
    assert "no thumbnail" in caplog.text
