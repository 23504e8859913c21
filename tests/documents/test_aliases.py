from __future__ import annotations

import asyncio
import io
import json
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import yarl

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, ClientFactory, error_of

URL = "/cozygen/api/aliases"
FULL = {
    "items": {"hero": "1girl, silver hair", "Light::rim": "rim lighting"},
    "categories": {"hero": "Character"},
    "categoryList": ["Character", "Empty"],
}


@pytest.fixture
def stored(folders: FixedFolders) -> Path:
    return folders.data / "aliases.json"


async def test_without_a_file_there_are_no_aliases(client: Client) -> None:
    reply = await client.get(URL)
    assert (reply.status, await reply.json()) == (200, {})


@pytest.mark.parametrize("document", [FULL, {"hero": "1girl", "items": "not a list but a name"}, {}])
async def test_what_is_posted_is_what_is_read(client: Client, document: Any) -> None:
    reply = await client.post(URL, json=document)
    assert (reply.status, (await reply.json())["status"]) == (200, "ok")
    assert await (await client.get(URL)).json() == document


async def test_the_predecessor_can_read_the_file(client: Client, stored: Path) -> None:
    await client.post(URL, json=FULL)
    on_disk = json.loads(stored.read_text("utf-8"))
    del on_disk["_cozygen"]
    assert on_disk == FULL


async def test_the_predecessors_file_is_read_with_its_unknown_fields(
    start: ClientFactory, stored: Path
) -> None:
    stored.write_text(json.dumps({**FULL, "theme": {"x": 1}}, indent=2), "utf-8")
    client = await start()
    assert await (await client.get(URL)).json() == {**FULL, "theme": {"x": 1}}
    etag = (await client.get(f"{URL}/hero")).headers["ETag"]
    await client.patch(f"{URL}/hero", json={"text": "1boy"}, headers={"If-Match": etag})
    assert json.loads(stored.read_text("utf-8"))["theme"] == {"x": 1}


@pytest.mark.parametrize(
    "body",
    ["null", "[]", "42", '"text"', '{"items": []}', '{"items": {"a": 1}}', '{"a": {"b": 1}}',
     '{"items": {}, "categories": []}', '{"items": {}, "categoryList": {}}',
     '{"items": {"a": "\\ud800"}}', "{", "", '{"items": {"a": ' + "[" * 300 + "]" * 300 + "}}"],
)  # fmt: skip
async def test_a_document_that_would_break_its_readers_is_refused_and_nothing_changes(
    client: Client, body: str
) -> None:
    await client.post(URL, json=FULL)
    reply = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
    assert reply.status == 400
    await error_of(reply)
    assert await (await client.get(URL)).json() == FULL


async def test_h_37_another_content_type_is_415(client: Client) -> None:
    reply = await client.post(URL, data='{"a": "b"}', headers={"Content-Type": "text/plain"})
    assert (reply.status, await error_of(reply)) == (415, "unsupported_media_type")


@pytest.mark.parametrize(("size", "status"), [(17, 413), (2, 200)])
async def test_l_15_a_body_over_16_mib_is_413_and_one_below_is_kept(
    client: Client, size: int, status: int
) -> None:
    body = io.BytesIO(b'{"a": "' + b"x" * (size * 1024 * 1024) + b'"}')
    reply = await client.post(URL, data=body, headers={"Content-Type": "application/json"})
    assert reply.status == status
    if status == 413:
        assert await error_of(reply) == "payload_too_large"
    stored = await (await client.get(URL)).json()
    assert len(stored.get("a", "")) == (size * 1024 * 1024 if status == 200 else 0)


async def test_if_none_match_is_answered_304_until_something_changes(client: Client) -> None:
    await client.post(URL, json=FULL)
    etag = (await client.get(URL)).headers["ETag"]
    reply = await client.get(URL, headers={"If-None-Match": etag})
    assert (reply.status, await reply.read(), reply.headers["ETag"]) == (304, b"", etag)
    await client.post(URL, json={})
    assert (await client.get(URL, headers={"If-None-Match": etag})).status == 200


async def test_a_whole_document_with_a_stale_if_match_is_412_with_the_present_one(client: Client) -> None:
    await client.post(URL, json=FULL)
    etag = (await client.get(URL)).headers["ETag"]
    assert (await client.post(URL, json={"a": "1"}, headers={"If-Match": etag})).status == 200
    reply = await client.post(URL, json={"b": "2"}, headers={"If-Match": etag})
    assert reply.status == 412
    body = await reply.json()
    assert body["error"] == "stale"
    assert body["details"]["current"] == {"a": "1"}
    assert reply.headers["ETag"] == body["details"]["etag"] == (await client.get(URL)).headers["ETag"]


async def test_one_alias_is_created_changed_renamed_and_deleted(client: Client) -> None:
    await client.post(URL, json=FULL)
    made = await client.put(
        f"{URL}/sky", json={"text": "blue sky", "category": "Scene"}, headers={"If-None-Match": "*"}
    )
    assert made.status == 201
    body = await made.json()
    assert {key: body[key] for key in ("name", "text", "category")} == {
        "name": "sky", "text": "blue sky", "category": "Scene",
    }  # fmt: skip
    changed = await client.patch(
        f"{URL}/sky", json={"text": "red sky"}, headers={"If-Match": made.headers["ETag"]}
    )
    assert (changed.status, (await changed.json())["category"]) == (200, "Scene")
    renamed = await client.patch(
        f"{URL}/sky", json={"name": "dusk"}, headers={"If-Match": changed.headers["ETag"]}
    )
    assert (await renamed.json())["name"] == "dusk"
    document = await (await client.get(URL)).json()
    assert document["items"] == {**FULL["items"], "dusk": "red sky"}  # type: ignore[dict-item]
    assert document["categories"]["dusk"] == "Scene"
    assert document["categoryList"] == ["Character", "Empty", "Scene"]
    gone = await client.delete(f"{URL}/dusk", headers={"If-Match": renamed.headers["ETag"]})
    assert gone.status == 200
    assert (await client.get(f"{URL}/dusk")).status == 404
    assert "dusk" not in (await (await client.get(URL)).json())["categories"]


async def test_single_edits_keep_an_older_bare_map_until_a_category_is_wanted(client: Client) -> None:
    await client.post(URL, json={"hero": "1girl"})
    await client.put(f"{URL}/sky", json={"text": "sky"})
    assert await (await client.get(URL)).json() == {"hero": "1girl", "sky": "sky"}
    await client.put(f"{URL}/sea", json={"text": "sea", "category": "Scene"})
    assert await (await client.get(URL)).json() == {
        "items": {"hero": "1girl", "sky": "sky", "sea": "sea"},
        "categories": {"sea": "Scene"},
        "categoryList": ["Scene"],
    }


@pytest.mark.parametrize("name", ["Light::rim", "a/b", "ä ö", "100%", "?#+&", "__proto__", "日本", "a b"])
async def test_h_32_any_name_can_be_written_read_and_deleted(client: Client, name: str) -> None:
    path = f"{URL}/{quote(name, safe='')}"
    address = yarl.URL(path, encoded=True)
    made = await client.put(address, json={"text": "x"})
    assert made.status == 201
    assert (await (await client.get(address)).json())["name"] == name
    assert (await (await client.get(URL)).json())["items"] == {name: "x"}
    assert (await client.delete(address, headers={"If-Match": made.headers["ETag"]})).status == 200


@pytest.mark.parametrize("method", ["patch", "delete", "put"])
async def test_c_07_changing_one_alias_without_if_match_is_428(client: Client, method: str) -> None:
    await client.post(URL, json=FULL)
    reply = await getattr(client, method)(f"{URL}/hero", json={"text": "other"})
    assert (reply.status, await error_of(reply)) == (428, "precondition_required")
    assert await (await client.get(URL)).json() == FULL


@pytest.mark.parametrize("method", ["patch", "delete", "put"])
async def test_c_09_a_stale_etag_of_one_alias_is_412_with_the_present_one(
    client: Client, method: str
) -> None:
    await client.post(URL, json=FULL)
    etag = (await client.get(f"{URL}/hero")).headers["ETag"]
    await client.patch(f"{URL}/hero", json={"text": "new"}, headers={"If-Match": etag})
    reply = await getattr(client, method)(f"{URL}/hero", json={"text": "other"}, headers={"If-Match": etag})
    assert reply.status == 412
    assert (await reply.json())["details"]["current"]["text"] == "new"


async def test_somebody_elses_edit_of_another_alias_is_no_conflict(client: Client) -> None:
    await client.post(URL, json=FULL)
    mine = (await client.get(f"{URL}/hero")).headers["ETag"]
    await client.put(f"{URL}/other", json={"text": "x"})
    reply = await client.patch(f"{URL}/hero", json={"text": "mine"}, headers={"If-Match": mine})
    assert reply.status == 200


async def test_c_10_of_two_creates_of_one_name_one_wins(client: Client) -> None:
    replies = await asyncio.gather(
        *(client.put(f"{URL}/n", json={"text": str(i)}, headers={"If-None-Match": "*"}) for i in range(8))
    )
    assert sorted(reply.status for reply in replies) == [201] + [412] * 7


async def test_m_15_names_that_differ_in_case_or_composition_are_one_alias(client: Client) -> None:
    assert (await client.put(f"{URL}/Caf\u00e9", json={"text": "1"})).status == 201
    for other in ("cafe\u0301", "CAF\u00c9"):
        assert (await client.get(f"{URL}/{other}")).status == 200
        clash = await client.put(f"{URL}/{other}", json={"text": "2"}, headers={"If-None-Match": "*"})
        assert clash.status == 412
    assert await (await client.get(URL)).json() == {
        "items": {"Caf\u00e9": "1"}, "categories": {}, "categoryList": [],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("body", "status"),
    [({"text": 1}, 400), ({}, 400), ({"text": "x", "surprise": 1}, 400), ([], 400), ({"text": None}, 400)],
)
async def test_a_malformed_alias_is_400(client: Client, body: Any, status: int) -> None:
    reply = await client.put(f"{URL}/a", json=body)
    assert reply.status == status
    await error_of(reply)


@pytest.mark.parametrize("name", ["%20", "a$b", "a%0Ab"])
async def test_a_name_that_no_prompt_could_use_is_400(client: Client, name: str) -> None:
    reply = await client.put(yarl.URL(f"{URL}/{name}", encoded=True), json={"text": "x"})
    assert reply.status == 400


async def test_renaming_onto_another_alias_is_409(client: Client) -> None:
    await client.post(URL, json={"a": "1", "b": "2"})
    etag = (await client.get(f"{URL}/a")).headers["ETag"]
    reply = await client.patch(f"{URL}/a", json={"name": "B"}, headers={"If-Match": etag})
    assert (reply.status, await error_of(reply)) == (409, "exists")


async def test_a_broken_file_is_told_in_health_and_the_backup_is_served(
    start: ClientFactory, stored: Path
) -> None:
    client = await start()
    await client.post(URL, json={"a": "1"})
    await client.post(URL, json={"a": "2"})
    stored.write_bytes(b"\0" * 512)
    client = await start()
    assert await (await client.get(URL)).json() == {"a": "1"}
    health = await (await client.get("/cozygen/api/health")).json()
    [notice] = [entry for entry in health["notices"] if entry["code"] == "document_recovered"]
    assert "aliases.json" in notice["message"] and "aliases.json.corrupt." in notice["message"]
    assert str(stored.parent) not in json.dumps(health)


async def test_k_17_a_file_of_a_newer_version_is_read_and_saving_is_409(
    start: ClientFactory, stored: Path
) -> None:
    text = json.dumps({**FULL, "_cozygen": {"schema": "aliases", "version": 99, "rev": 3}})
    stored.write_text(text)
    client = await start()
    assert await (await client.get(URL)).json() == FULL
    reply = await client.post(URL, json={})
    assert (reply.status, await error_of(reply)) == (409, "read_only_document")
    assert stored.read_text() == text
    health = await (await client.get("/cozygen/api/health")).json()
    assert health["parts"]["documents"]["state"] == "warning"


async def test_k_16_entries_without_a_text_are_set_aside_and_the_rest_is_served(
    start: ClientFactory, stored: Path
) -> None:
    stored.write_text('{"items": {"a": "1", "b": ["x"]}, "categories": [1], "categoryList": []}')
    client = await start()
    assert await (await client.get(URL)).json() == {"items": {"a": "1"}, "categoryList": []}
    assert (await client.put(f"{URL}/c", json={"text": "3", "category": "X"})).status == 201
    aside = json.loads(stored.read_text())["_cozygen"]["set_aside"]
    assert [entry["path"] for entry in aside] == [["categories"], ["items", "b"]]


async def test_a_hand_edit_while_the_server_runs_is_served(client: Client, stored: Path) -> None:
    await client.post(URL, json={"a": "1"})
    stored.write_text('{"a": "by hand"}')
    assert await (await client.get(URL)).json() == {"a": "by hand"}
