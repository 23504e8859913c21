"""Presets as a whole: checked before they are applied, copied, ordered, taken elsewhere and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of
from tests.workflows.graphs import dynamic, node

URL = "/cozygen/api/workflow_presets"
SETS = "/cozygen/api/presets"
A = {"workflow": "a.json"}


@pytest.fixture
def workflow(folders: FixedFolders) -> Path:
    graph = {
        "1": dynamic("steps", "INT", 20, min_value=1, max_value=50),
        "2": dynamic("sampler", "DROPDOWN", "euler", choice_type="sampler"),
        "3": node("SaveImage", images=["4", 0]),
    }
    path = folders.workflows / "a.json"
    path.write_text(json.dumps(graph))
    return path


async def save(client: Client, name: str, workflow: str = "a.json", **values: Any) -> dict[str, Any]:
    body = {"workflow": workflow, "preset": {"name": name, "values": values}}
    reply = await client.post(URL, json=body)
    assert reply.status == 200
    preset: dict[str, Any] = (await reply.json())["preset"]
    return preset


async def presets(client: Client) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await (await client.get(URL, params=A)).json())["presets"]
    return found


async def names(client: Client) -> list[str]:
    return [preset["name"] for preset in await presets(client)]


async def undo(client: Client, reply: Any) -> None:
    token = (await reply.json())["undo"]
    assert (await client.post("/cozygen/api/undo", json={"undo": token})).status == 200


async def test_a_preset_is_checked_before_it_is_applied(client: Client, workflow: Path) -> None:
    preset = await save(client, "Old", steps=500, sampler="euler", gone=1)
    reply = await client.get(f"{SETS}/check", params={**A, "id": preset["id"]})
    body = await reply.json()
    assert body["values"] == {"sampler": "euler"}
    assert [(entry["code"], entry["field"]) for entry in body["problems"]] == [
        ("invalid_value", "steps"),
        ("unknown_field", "gone"),
    ]
    assert (await presets(client))[0]["values"] == {"steps": 500, "sampler": "euler", "gone": 1}


async def test_a_preset_of_a_workflow_that_is_away_says_so(client: Client) -> None:
    preset = await save(client, "Old", steps=5)
    body = await (await client.get(f"{SETS}/check", params={**A, "id": preset["id"]})).json()
    assert body["problems"][0]["code"] == "not found"


@pytest.mark.parametrize(
    "query", [{}, {"workflow": "a.json"}, {"workflow": "a.json", "id": "x"}, {"id": "x"}]
)
async def test_an_unknown_preset_cannot_be_checked(client: Client, query: dict[str, str]) -> None:
    reply = await client.get(f"{SETS}/check", params=query)
    assert (reply.status, await error_of(reply)) == (404, "not found")


async def test_a_copy_gets_the_next_free_name_and_values_of_its_own(client: Client) -> None:
    first = await save(client, "Night", steps=7)
    for wanted in ("Night 2", "Night 3"):
        reply = await client.post(f"{SETS}/duplicate", json={**A, "id": first["id"]})
        assert reply.status == 201
        made = (await reply.json())["preset"]
        assert (made["name"], made["values"]) == (wanted, {"steps": 7})
        assert made["id"] != first["id"]
    reply = await client.post(f"{SETS}/duplicate", json={**A, "id": made["id"]})
    assert (await reply.json())["preset"]["name"] == "Night 4"
    await undo(client, reply)
    assert sorted(await names(client)) == ["Night", "Night 2", "Night 3"]


async def test_a_copy_may_be_named_but_not_like_another(client: Client) -> None:
    first = await save(client, "Night")
    reply = await client.post(f"{SETS}/duplicate", json={**A, "id": first["id"], "name": "Day"})
    assert (await reply.json())["preset"]["name"] == "Day"
    reply = await client.post(f"{SETS}/duplicate", json={**A, "id": first["id"], "name": "DAY"})
    assert (reply.status, await error_of(reply)) == (409, "exists")
    reply = await client.post(f"{SETS}/duplicate", json={**A, "id": "none"})
    assert reply.status == 404


async def order(client: Client, ids: list[str], **headers: str) -> Any:
    return await client.post(f"{SETS}/order", json={**A, "ids": ids}, headers=headers)


async def test_presets_keep_the_order_of_their_owner(client: Client) -> None:
    ids = {name: (await save(client, name))["id"] for name in ("a", "b", "c")}
    etag = (await client.get(URL, params=A)).headers["ETag"]
    reply = await order(client, [ids["b"], "unknown", ids["c"]], **{"If-Match": etag})
    assert reply.status == 200
    assert await names(client) == ["b", "c", "a"]
    await save(client, "c", steps=1)
    assert await names(client) == ["b", "c", "a"]
    await save(client, "new")
    assert await names(client) == ["new", "b", "c", "a"]


async def test_an_order_is_taken_back(client: Client) -> None:
    ids = [(await save(client, name))["id"] for name in ("a", "b")]
    before = await presets(client)
    etag = (await client.get(URL, params=A)).headers["ETag"]
    await undo(client, await order(client, ids, **{"If-Match": etag}))
    assert await presets(client) == before


async def test_an_order_of_presets_that_were_not_seen_is_refused(client: Client) -> None:
    await save(client, "a")
    assert (await order(client, [])).status == 428
    etag = (await client.get(URL, params=A)).headers["ETag"]
    await save(client, "b")
    assert (await order(client, [], **{"If-Match": etag})).status == 412
    assert await names(client) == ["b", "a"] or await names(client) == ["a", "b"]


async def test_exported_presets_come_in_elsewhere(client: Client) -> None:
    await save(client, "Night", steps=7, prompt="犬")
    await save(client, "Other", "b.json", steps=1)
    one = await (await client.get(f"{SETS}/export", params=A)).json()
    assert one == {
        "cozygen_presets": 1,
        "workflows": {"a.json": [{"name": "Night", "values": {"steps": 7, "prompt": "犬"}}]},
    }
    reply = await client.get(f"{SETS}/export")
    assert "attachment" in reply.headers["Content-Disposition"]
    assert set((await reply.json())["workflows"]) == {"a.json", "b.json"}
    back = await client.post(f"{SETS}/import", json={"data": one, "workflow": "c.json"})
    assert {key: (await back.json())[key] for key in ("added", "replaced", "renamed")} == {
        "added": 1, "replaced": 0, "renamed": 0,
    }  # fmt: skip
    body = await (await client.get(URL, params={"workflow": "c.json"})).json()
    assert body["presets"][0]["values"] == {"steps": 7, "prompt": "犬"}
    await undo(client, back)
    assert (await (await client.get(URL, params={"workflow": "c.json"})).json())["presets"] == []


async def test_importing_twice_adds_nothing_twice(client: Client) -> None:
    await save(client, "Night", steps=7)
    data = await (await client.get(f"{SETS}/export")).json()
    reply = await client.post(f"{SETS}/import", json={"data": data})
    assert (await reply.json())["added"] == 0
    assert await names(client) == ["Night"]


async def test_a_clash_is_renamed_or_replaced_as_asked(client: Client) -> None:
    await save(client, "Night", steps=7)
    data = {"presets": [{"name": "NIGHT", "values": {"steps": 9}}]}
    reply = await client.post(f"{SETS}/import", json={"data": data, **A})
    assert (await reply.json())["renamed"] == 1
    assert sorted(await names(client)) == ["NIGHT 2", "Night"]
    reply = await client.post(f"{SETS}/import", json={"data": data, **A, "replace": True})
    assert (await reply.json())["replaced"] == 1
    assert {preset["name"]: preset["values"]["steps"] for preset in await presets(client)} == {
        "NIGHT": 9, "NIGHT 2": 9,
    }  # fmt: skip


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"workflows": []},
        {"workflows": {"a.json": {}}},
        {"workflows": {"a.json": [1]}},
        {"workflows": {"a.json": [{"values": {}}]}},
        {"workflows": {"a.json": [{"name": " "}]}},
        {"workflows": {"a.json": [{"name": "x", "values": []}]}},
        {"workflows": {"a.json": [{"name": "good"}, {"name": 5}]}},
        {"cozygen_presets": 2, "workflows": {}},
        {"cozygen_presets": "x", "workflows": {}},
        {"presets": [{"name": "x"}]},
    ],
)
async def test_a_file_without_presets_changes_nothing(client: Client, data: Any) -> None:
    await save(client, "Night", steps=7)
    reply = await client.post(f"{SETS}/import", json={"data": data})
    assert reply.status == 400
    await error_of(reply)
    assert await names(client) == ["Night"]
