from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from cozygen.presets.store import PRESETS, PresetStore, presets_of
from cozygen.storage.json_document import JsonDocument
from tests.conftest import Client, ClientFactory, error_of

URL = "/cozygen/api/workflow_presets"


async def save(client: Client, name: str, values: Any = None, **more: Any) -> dict[str, Any]:
    preset = {"name": name, **({} if values is None else {"values": values}), **more}
    reply = await client.post(URL, json={"workflow": "a.json", "preset": preset})
    assert reply.status == 200, await reply.text()
    body: dict[str, Any] = await reply.json()
    return body


async def names(client: Client) -> list[str]:
    body = await (await client.get(URL, params={"workflow": "a.json"})).json()
    return [preset["name"] for preset in body["presets"]]


async def test_unknown_workflows_have_no_presets(client: Client) -> None:
    assert await (await client.get(URL)).json() == {"workflows": {}, "user": "default"}
    reply = await client.get(URL, params={"workflow": " a.json "})
    assert await reply.json() == {"workflow": "a.json", "presets": [], "user": "default"}


async def test_a_preset_is_made_found_by_id_then_by_name_and_deleted(client: Client) -> None:
    made = (await save(client, " Night ", {"seed": "1", "steps": 20}))["preset"]
    assert (made["name"], made["values"]) == ("Night", {"seed": "1", "steps": 20})
    assert isinstance(made["created"], int) and made["created"] == made["updated"]
    by_id = (await save(client, "Nights", {"steps": 30}, id=made["id"]))["preset"]
    assert (by_id["id"], by_id["name"], by_id["created"]) == (made["id"], "Nights", made["created"])
    by_name = await save(client, "NIGHTS", {"steps": 40}, id="somebody-elses")
    assert by_name["preset"]["id"] == made["id"]
    assert len(by_name["presets"]) == 1
    reply = await client.post(URL, json={"workflow": "a.json", "delete": made["id"]})
    assert {key: (await reply.json())[key] for key in ("status", "presets", "user")} == {
        "status": "ok", "presets": [], "user": "default",
    }  # fmt: skip


async def test_the_id_of_a_client_is_used_for_a_new_preset(client: Client) -> None:
    assert (await save(client, "a", {}, id="mine"))["preset"]["id"] == "mine"
    assert len((await save(client, "b", {}, id=""))["preset"]["id"]) == 36


async def test_an_update_without_values_keeps_them(client: Client) -> None:
    made = (await save(client, "a", {"steps": 20}))["preset"]
    assert (await save(client, "b", None, id=made["id"]))["preset"]["values"] == {"steps": 20}


async def test_two_presets_of_one_name_are_refused(client: Client) -> None:
    await save(client, "a", {})
    other = (await save(client, "b", {}))["preset"]
    reply = await client.post(URL, json={"workflow": "a.json", "preset": {"id": other["id"], "name": "A"}})
    assert (reply.status, await error_of(reply)) == (409, "exists")
    assert sorted(await names(client)) == ["a", "b"]


@pytest.mark.parametrize(("one", "other"), [("Straße", "STRASSE"), ("e\u0301", "\u00c9"), ("Ⅷ", "ⅷ")])
async def test_m_16_names_are_compared_without_case_and_composition(
    client: Client, one: str, other: str
) -> None:
    await save(client, one, {})
    await save(client, other, {"x": 1})
    assert len(await names(client)) == 1


async def test_deleting_an_unknown_id_is_fine_as_it_was(client: Client) -> None:
    await save(client, "a", {})
    reply = await client.post(URL, json={"workflow": "a.json", "delete": "no-such-id"})
    assert (reply.status, len((await reply.json())["presets"])) == (200, 1)


async def test_big_seeds_survive_in_both_forms(client: Client) -> None:
    values = {"seed": 2**64 - 1, "other": str(2**64 - 1)}
    await save(client, "a", values)
    body = await (await client.get(URL, params={"workflow": "a.json"})).json()
    assert body["presets"][0]["values"] == values


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"preset": {"name": "x"}}, "missing workflow"),
        ({"workflow": "a.json"}, "missing preset name"),
        ({"workflow": "a.json", "preset": "x"}, "invalid preset"),
        ({"workflow": "a.json", "preset": [1]}, "invalid preset"),
        ({"workflow": "a.json", "preset": {"name": 7}}, "missing preset name"),
        ({"workflow": "a.json", "preset": {"name": " "}}, "missing preset name"),
        ({"workflow": "a.json", "preset": {"name": "x", "values": [1]}}, "invalid preset"),
        ({"workflow": "a.json", "preset": {"name": "x", "id": {"a": 1}}}, "invalid preset"),
        ({"workflow": 1, "preset": {"name": "x"}}, "invalid_request"),
        ([], "invalid_request"),
    ],
)
async def test_what_makes_no_sense_is_400_and_writes_nothing(
    client: Client, folders: FixedFolders, body: Any, code: str
) -> None:
    reply = await client.post(URL, json=body)
    assert (reply.status, await error_of(reply)) == (400, code)
    assert not (folders.data / "workflow_presets.json").exists()


async def test_m_03_half_a_character_is_400(client: Client) -> None:
    body = '{"workflow": "a.json", "preset": {"name": "x", "values": {"p": "\\ud800"}}}'
    reply = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
    assert (reply.status, await error_of(reply)) == (400, "invalid_text")


async def test_m_05_m_06_bottomless_values_are_400(client: Client) -> None:
    for depth in (300, 1025, 100_000):
        body = (
            '{"workflow": "a", "preset": {"name": "x", "values": {"p": ' + "[" * depth + "]" * depth + "}}}"
        )
        reply = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
        assert reply.status == 400, depth
        await error_of(reply)


async def test_a_hand_edited_entry_of_odd_shape_is_set_aside_and_no_500(
    start: ClientFactory, folders: FixedFolders
) -> None:
    good = {"id": 7, "name": "good", "values": {}, "updated": "soon"}
    users = {"default": {"workflows": {"a.json": [good, "odd", {"id": "x"}], "b.json": 3}}, "x": 1}
    path = folders.data / "workflow_presets.json"
    path.write_text(json.dumps({"version": 2, "users": users}))
    client = await start()
    assert await names(client) == ["good"]
    await save(client, "new", {})
    aside = json.loads(path.read_text())["_cozygen"]["set_aside"]
    assert [entry["value"] for entry in aside] == ["odd", {"id": "x"}, 3, 1]


@pytest.mark.parametrize("version", [{"version": 1}, {}, {"version": 2}])
async def test_k_18_a_file_without_users_belongs_to_default_and_its_source_is_kept(
    start: ClientFactory, folders: FixedFolders, version: dict[str, int]
) -> None:
    preset = {"id": "1", "name": "old", "values": {"a": 1}, "updated": 5, "created": 4}
    path = folders.data / "workflow_presets.json"
    old = json.dumps({**version, "workflows": {"a.json": [preset]}, "kept": True})
    path.write_text(old)
    client = await start()
    body = await (await client.get(URL)).json()
    assert body == {"workflows": {"a.json": [preset]}, "user": "default"}
    assert path.read_text() == old
    await save(client, "new", {})
    stored = json.loads(path.read_text())
    assert stored["version"] == 2 and stored["kept"] is True and "workflows" not in stored
    assert [entry["name"] for entry in stored["users"]["default"]["workflows"]["a.json"]] == ["new", "old"]
    assert [kept.read_text() for kept in folders.data.glob("workflow_presets.json.v*")] == [old]


async def test_other_keys_of_a_user_are_kept(start: ClientFactory, folders: FixedFolders) -> None:
    path = folders.data / "workflow_presets.json"
    path.write_text(json.dumps({"version": 2, "users": {"default": {"workflows": {}, "theme": "dark"}}}))
    await save(await start(), "a", {})
    assert json.loads(path.read_text())["users"]["default"]["theme"] == "dark"


async def test_one_preset_is_changed_and_deleted_only_by_who_has_seen_it(client: Client) -> None:
    made = (await save(client, "a", {"x": 1}))["preset"]
    one, params = f"{URL}/{made['id']}", {"workflow": "a.json"}
    etag = (await client.get(one, params=params)).headers["ETag"]
    reply = await client.patch(one, params=params, json={"name": "b"})
    assert (reply.status, await error_of(reply)) == (428, "precondition_required")
    changed = await client.patch(one, params=params, json={"name": "b"}, headers={"If-Match": etag})
    assert (await changed.json())["preset"]["values"] == {"x": 1}
    stale = await client.patch(one, params=params, json={"name": "c"}, headers={"If-Match": etag})
    assert (stale.status, (await stale.json())["details"]["current"]["name"]) == (412, "b")
    gone = await client.delete(one, params=params, headers={"If-Match": changed.headers["ETag"]})
    assert (gone.status, (await gone.json())["presets"]) == (200, [])
    assert (await client.get(one, params=params)).status == 404
    assert (await client.get(one)).status == 400


async def test_put_creates_under_a_chosen_id_and_replaces_what_was_seen(client: Client) -> None:
    one, params = f"{URL}/mine", {"workflow": "a.json"}
    made = await client.put(
        one, params=params, json={"name": "a", "values": {"x": 1}}, headers={"If-None-Match": "*"}
    )
    assert made.status == 201
    assert (await client.put(one, params=params, json={"name": "a"})).status == 428
    again = await client.put(one, params=params, json={"name": "a"}, headers={"If-None-Match": "*"})
    assert again.status == 412
    replaced = await client.put(
        one, params=params, json={"name": "b"}, headers={"If-Match": made.headers["ETag"]}
    )
    assert (replaced.status, (await replaced.json())["preset"]["values"]) == (200, {})
    clash = await client.put(f"{URL}/other", params=params, json={"name": "B"})
    assert (clash.status, await error_of(clash)) == (409, "exists")


async def test_c_10_of_two_creates_of_one_name_one_wins(client: Client) -> None:
    replies = await asyncio.gather(
        *(
            client.post(
                URL,
                json={"workflow": "a.json", "preset": {"name": "n", "values": {"i": i}}},
                headers={"If-None-Match": "*"},
            )
            for i in range(8)
        )
    )
    assert sorted(reply.status for reply in replies) == [200] + [412] * 7


async def test_c_11_of_a_delete_and_an_update_one_wins_and_nothing_rises_again(client: Client) -> None:
    made = (await save(client, "a", {}))["preset"]
    one, params = f"{URL}/{made['id']}", {"workflow": "a.json"}
    seen = {"If-Match": (await client.get(one, params=params)).headers["ETag"]}
    update, delete = await asyncio.gather(
        client.patch(one, params=params, json={"name": "b"}, headers=seen),
        client.delete(one, params=params, headers=seen),
    )
    assert (update.status, delete.status) in [(200, 412), (404, 200)]
    assert await names(client) == (["b"] if update.status == 200 else [])


async def test_c_06_ten_writers_with_if_match_and_retry_lose_nothing(client: Client) -> None:
    params = {"workflow": "a.json"}

    async def writer(number: int) -> None:
        for turn in range(4):
            name = f"{number}-{turn}"
            while True:
                etag = (await client.get(URL, params=params)).headers["ETag"]
                reply = await client.post(
                    URL,
                    json={"workflow": "a.json", "preset": {"name": name, "values": {}}},
                    headers={"If-Match": etag},
                )
                if reply.status == 200:
                    break
                assert reply.status == 412

    await asyncio.gather(*(writer(number) for number in range(10)))
    assert len(await names(client)) == 40


async def test_presets_follow_a_renamed_workflow(tmp_path: Path) -> None:
    document = JsonDocument(PRESETS, tmp_path, lambda *_args, **_words: None)
    store = PresetStore(document)
    await store.save("default", "old.json", {"name": "a", "values": {}})
    await store.rename_workflow("old.json", "new.json")
    value = (await store.read()).value
    assert [preset["name"] for preset in presets_of(value, "default", "new.json")] == ["a"]
    assert presets_of(value, "default", "old.json") == []
