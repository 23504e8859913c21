"""Other tabs and devices hear of every change of a document."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from aiohttp import ClientResponse

from cozygen.host.folders import FixedFolders
from cozygen.storage import document_store
from tests.conftest import Client, ClientFactory

EVENTS = "/cozygen/api/events?topics=documents"
ALIASES = "/cozygen/api/aliases"


async def next_event(stream: ClientResponse) -> tuple[str, Any]:
    """The next named event's name and data."""
    name = ""
    while True:
        line = (await asyncio.wait_for(stream.content.readline(), 10)).decode().strip()
        if line.startswith("event:"):
            name = line[6:].strip()
        elif line.startswith("data:"):
            return name, json.loads(line[5:])


async def test_a_change_is_announced_with_its_new_etag(client: Client) -> None:
    async with client.get(EVENTS) as stream:
        reply = await client.post(ALIASES, json={"a": "1"})
        name, data = await next_event(stream)
        assert name == "document"
        assert data == {"document": "aliases", "rev": 1, "etag": reply.headers["ETag"]}


async def test_a_change_that_was_refused_or_changed_nothing_is_not_announced(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    async with client.get(EVENTS) as stream:
        await client.post(ALIASES, json={"a": "1"})
        await client.post(ALIASES, json={"items": []})
        await client.post("/cozygen/api/workflow_types", json={"workflow": "w", "mode": "text-to-image"})
        assert (await next_event(stream))[1]["document"] == "workflow_types"


async def test_a_hand_edit_is_announced_without_anybody_asking(
    start: ClientFactory, folders: FixedFolders, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(document_store, "_LOOK_EVERY_S", 0.05)
    client = await start()
    async with client.get(EVENTS) as stream:
        (folders.data / "aliases.json").write_text('{"a": "by hand"}')
        assert (await next_event(stream))[1]["document"] == "aliases"
    assert await (await client.get(ALIASES)).json() == {"a": "by hand"}
