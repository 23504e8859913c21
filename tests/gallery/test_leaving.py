"""Tiles that scroll out of sight: the browser drops their requests, the server drops their work."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path
from typing import Any

import pytest

import cozygen_core
from tests.conftest import Client
from tests.gallery.files import png, put


class Gate:
    """Decoding that waits until it is let through."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.begun: list[str] = []
        self.open = threading.Event()
        self._real = cozygen_core.thumbnail
        monkeypatch.setattr(cozygen_core, "thumbnail", self._held)

    def _held(self, path: Path, *args: Any, **options: Any) -> Any:
        self.begun.append(path.name)
        assert self.open.wait(30)
        return self._real(path, *args, **options)


async def until_still(gate: Gate) -> None:
    """Wait until decoding has begun and no further one begins."""
    before = 0
    while not gate.begun or len(gate.begun) != before:
        before = len(gate.begun)
        await asyncio.sleep(0.2)


async def test_what_scrolled_out_of_sight_is_not_decoded_and_what_is_seen_is(
    client: Client, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(60):
        put(output, f"{number}.png", png(width=40 + number, height=40))
    gate = Gate(monkeypatch)

    async def tile(number: int) -> int:
        async with client.get("/cozygen/thumb", params={"filename": f"{number}.png"}) as reply:
            await reply.read()
            return reply.status

    passing = [asyncio.create_task(tile(number)) for number in range(40)]
    await until_still(gate)
    at_work = set(gate.begun)
    assert 0 < len(at_work) < 40
    for task in passing:
        task.cancel()
    await asyncio.gather(*passing, return_exceptions=True)
    await asyncio.sleep(0.1)
    seen = [asyncio.create_task(tile(number)) for number in range(40, 60)]
    await asyncio.sleep(0.1)
    gate.open.set()
    assert await asyncio.gather(*seen) == [200] * 20
    await until_still(gate)
    assert set(gate.begun) == at_work | {f"{number}.png" for number in range(40, 60)}
    assert await tile(39) == 200  # it can be asked for again
