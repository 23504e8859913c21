"""Each thing that can be done to a preset does it, and can be taken back."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from tests.conftest import Client

URL = "/cozygen/api/workflow_presets"
SETS = "/cozygen/api/presets"
A = {"workflow": "a.json"}
Preset = dict[str, Any]
Act = Callable[[Client, list[Preset]], Awaitable[Any]]


async def presets(client: Client) -> list[Preset]:
    found: list[Preset] = (await (await client.get(URL, params=A)).json())["presets"]
    return found


async def seen(client: Client, preset: Preset) -> dict[str, str]:
    answer = await client.get(f"{URL}/{preset['id']}", params=A)
    return {"If-Match": answer.headers["ETag"]}


async def save(client: Client, _known: list[Preset]) -> Any:
    return await client.post(URL, json={**A, "preset": {"name": "New", "values": {"steps": 1}}})


async def update(client: Client, _known: list[Preset]) -> Any:
    return await client.post(URL, json={**A, "preset": {"name": "Night", "values": {"steps": 99}}})


async def rename(client: Client, known: list[Preset]) -> Any:
    address = f"{URL}/{known[0]['id']}"
    return await client.patch(
        address, params=A, json={"name": "Renamed"}, headers=await seen(client, known[0])
    )


async def duplicate(client: Client, known: list[Preset]) -> Any:
    return await client.post(f"{SETS}/duplicate", json={**A, "id": known[0]["id"]})


async def delete(client: Client, known: list[Preset]) -> Any:
    return await client.delete(f"{URL}/{known[0]['id']}", params=A, headers=await seen(client, known[0]))


async def reorder(client: Client, known: list[Preset]) -> Any:
    etag = (await client.get(URL, params=A)).headers["ETag"]
    ids = [preset["id"] for preset in reversed(known)]
    return await client.post(f"{SETS}/order", json={**A, "ids": ids}, headers={"If-Match": etag})


async def bring_in(client: Client, _known: list[Preset]) -> Any:
    data = {"presets": [{"name": "Night", "values": {"steps": 3}}, {"name": "Guest", "values": {}}]}
    return await client.post(f"{SETS}/import", json={**A, "data": data, "replace": True})


DOES: dict[str, tuple[Act, Callable[[list[Preset], list[Preset]], bool]]] = {
    "save": (save, lambda was, now: len(now) == len(was) + 1),
    "update": (update, lambda was, now: len(now) == len(was) and _steps(now)["Night"] == 99),
    "rename": (rename, lambda was, now: _ids(now, "Renamed") == [was[0]["id"]]),
    "duplicate": (
        duplicate,
        lambda was, now: _steps(now)[f"{was[0]['name']} 2"] == was[0]["values"]["steps"],
    ),
    "delete": (delete, lambda was, now: now == was[1:]),
    "reorder": (reorder, lambda was, now: [e["name"] for e in now] == [e["name"] for e in reversed(was)]),
    "import": (bring_in, lambda was, now: _steps(now)["Night"] == 3 and len(now) == len(was) + 1),
}


def _ids(listed: list[Preset], name: str) -> list[str]:
    return [preset["id"] for preset in listed if preset["name"] == name]


def _steps(listed: list[Preset]) -> dict[str, Any]:
    return {preset["name"]: preset["values"].get("steps") for preset in listed}


@pytest.mark.parametrize("act", DOES)
async def test_a_change_happens_and_is_taken_back(client: Client, act: str) -> None:
    for number, name in enumerate(("Day", "Night", "Rain")):
        await client.post(URL, json={**A, "preset": {"name": name, "values": {"steps": number}}})
    before = await presets(client)
    do, did = DOES[act]
    reply = await do(client, before)
    assert reply.status in (200, 201), await reply.text()
    assert did(before, await presets(client))
    undo = await client.post("/cozygen/api/undo", json={"undo": (await reply.json())["undo"]})
    assert undo.status == 200
    assert await presets(client) == before


async def test_an_export_holds_names_values_and_order(client: Client) -> None:
    for name in ("Day", "Night"):
        await client.post(URL, json={**A, "preset": {"name": name, "values": {"steps": 5}}})
    known = await presets(client)
    await reorder(client, known)
    body = await (await client.get(f"{SETS}/export", params=A)).json()
    exported = [preset["name"] for preset in body["workflows"]["a.json"]]
    assert exported == [preset["name"] for preset in reversed(known)]
