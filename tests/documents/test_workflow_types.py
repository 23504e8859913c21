from __future__ import annotations

import json
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, ClientFactory, error_of

URL = "/cozygen/api/workflow_types"
CHOICES = ["image-to-image", "image-to-video", "text-to-image", "text-to-video"]


async def test_at_first_no_workflow_has_a_type(client: Client) -> None:
    assert await (await client.get(URL)).json() == {"workflows": {}, "choices": CHOICES}


async def test_a_type_is_set_trimmed_and_lower_cased_and_removed(
    client: Client, folders: FixedFolders
) -> None:
    reply = await client.post(URL, json={"workflow": " a.json ", "mode": " Text-To-Image ", "extra": 1})
    body = await reply.json()
    assert (body["status"], body["workflows"]) == ("ok", {"a.json": "text-to-image"})
    on_disk = json.loads((folders.data / "workflow_types.json").read_text())
    assert (on_disk["version"], on_disk["workflows"]) == (1, {"a.json": "text-to-image"})
    for nothing in ({"mode": ""}, {"mode": None}, {}):
        await client.post(URL, json={"workflow": "a.json", "mode": "text-to-video"})
        body = await (await client.post(URL, json={"workflow": "a.json", **nothing})).json()
        assert body["workflows"] == {}


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"mode": "text-to-image"}, "missing workflow"),
        ({"workflow": "  "}, "missing workflow"),
        ({"workflow": "a", "mode": "audio"}, "invalid workflow mode"),
        ({"workflow": 1}, "invalid_request"),
        ({"workflow": "a", "mode": ["x"]}, "invalid_request"),
        ([], "invalid_request"),
        (None, "missing workflow"),
        ("text", "invalid_request"),
    ],
)
async def test_what_makes_no_sense_is_400_and_writes_nothing(
    client: Client, folders: FixedFolders, body: Any, code: str
) -> None:
    reply = await client.post(URL, json=body)
    assert (reply.status, await error_of(reply)) == (400, code)
    assert not (folders.data / "workflow_types.json").exists()


@pytest.mark.parametrize(
    "text", ['{"workflows": [1]}', '{"workflows": {"a": 1, "b": "text-to-image"}}', "{}"]
)
async def test_a_hand_edited_file_of_odd_shape_is_no_500(
    start: ClientFactory, folders: FixedFolders, text: str
) -> None:
    (folders.data / "workflow_types.json").write_text(text)
    client = await start()
    known = {"b": "text-to-image"} if "text-to-image" in text else {}
    assert (await (await client.get(URL)).json())["workflows"] == known
    reply = await client.post(URL, json={"workflow": "c", "mode": "text-to-video"})
    assert (await reply.json())["workflows"] == {**known, "c": "text-to-video"}


async def test_one_type_is_changed_and_removed_only_by_who_has_seen_it(client: Client) -> None:
    await client.post(URL, json={"workflow": "deep/a.json", "mode": "text-to-image"})
    one = f"{URL}/deep/a.json"
    etag = (await client.get(one)).headers["ETag"]
    assert (await client.patch(one, json={"mode": "text-to-video"})).status == 428
    changed = await client.patch(one, json={"mode": "text-to-video"}, headers={"If-Match": etag})
    assert (changed.status, (await changed.json())["workflows"]) == (200, {"deep/a.json": "text-to-video"})
    assert (await client.delete(one, headers={"If-Match": etag})).status == 412
    assert (await client.delete(one, headers={"If-Match": changed.headers["ETag"]})).status == 200
    assert (await client.get(one)).status == 404
    assert (await client.delete(one, headers={"If-Match": "*"})).status == 404
