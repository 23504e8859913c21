"""A form as its user arranged it: order, labels, hidden and pinned fields, pinned workflows."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of
from tests.workflows.graphs import dynamic, node, text_to_image

SETTINGS = "/cozygen/api/form_settings/deep/cozy.json"
FORM = "/cozygen/api/workflows/deep/cozy.json/form"
PINS = "/cozygen/api/workflow_pins"


@pytest.fixture
def workflow(folders: FixedFolders) -> Path:
    """A workflow whose fields are prompt, steps and size, in this order."""
    graph = {
        "1": dynamic("prompt", "STRING", "a cat", priority=1),
        "2": dynamic("steps", "INT", 20, priority=2),
        "3": dynamic("size", "INT", 512, priority=3),
        "4": node("SaveImage", filename_prefix="x", images=["5", 0]),
        "5": node("EmptyImage", width=["3", 0], height=64, batch_size=1, color=0),
    }
    path = folders.workflows / "deep" / "cozy.json"
    path.parent.mkdir()
    path.write_text(json.dumps(graph))
    return path


async def fields(client: Client) -> list[dict[str, Any]]:
    body = await (await client.get(FORM)).json()
    found: list[dict[str, Any]] = body["fields"]
    return found


async def put(client: Client, **settings: Any) -> dict[str, Any]:
    reply = await client.put(SETTINGS, json=settings)
    assert reply.status == 200, await reply.text()
    body: dict[str, Any] = await reply.json()
    return body


async def test_without_settings_a_form_is_as_its_author_made_it(client: Client, workflow: Path) -> None:
    assert [field["name"] for field in await fields(client)] == ["prompt", "steps", "size"]
    assert not any(field["hidden"] or field["pinned"] for field in await fields(client))
    body = await (await client.get(SETTINGS)).json()
    assert body == {"workflow": "deep/cozy.json", "order": [], "hidden": [], "pinned": [], "labels": {}}


async def test_own_order_label_and_hiding_shape_the_form(client: Client, workflow: Path) -> None:
    await put(
        client, order=["size", "gone", "prompt"], hidden=["steps"], labels={"size": "Width", "prompt": " "}
    )
    found = await fields(client)
    assert [field["name"] for field in found] == ["size", "prompt", "steps"]
    assert [field["label"] for field in found] == ["Width", "prompt", "steps"]
    assert [field["hidden"] for field in found] == [False, False, True]


async def test_a_pinned_field_comes_first_and_leaves_the_folded_group(
    client: Client, folders: FixedFolders
) -> None:
    (folders.workflows / "deep").mkdir()
    (folders.workflows / "deep" / "cozy.json").write_text(json.dumps(text_to_image()))
    body = await (await client.get(FORM)).json()
    folded = body["groups"][0]["fields"]
    await put(client, pinned=[folded[-1]])
    body = await (await client.get(FORM)).json()
    assert body["fields"][0]["name"] == folded[-1]
    assert [name for group in body["groups"] for name in group["fields"]] == folded[:-1]


async def test_a_hidden_field_keeps_its_default_when_queued(client: Client, workflow: Path) -> None:
    await put(client, hidden=["steps", "prompt"])
    reply = await client.post(
        "/cozygen/api/queue", json={"workflow": "deep/cozy.json", "values": {"size": 64}}
    )
    assert reply.status == 200, await reply.text()
    run = (await reply.json())["runs"][0]
    assert run["values"] == {"prompt": "a cat", "steps": 20, "size": 64}


async def test_settings_are_only_replaced_by_who_has_seen_them(client: Client, workflow: Path) -> None:
    await put(client, hidden=["steps"])
    reply = await client.put(SETTINGS, json={})
    assert (reply.status, await error_of(reply)) == (428, "precondition_required")
    reply = await client.put(SETTINGS, json={}, headers={"If-Match": '"old"'})
    assert reply.status == 412
    assert (await reply.json())["details"]["current"] == {"hidden": ["steps"]}
    etag = (await client.get(SETTINGS)).headers["ETag"]
    reply = await client.put(SETTINGS, json={}, headers={"If-Match": etag})
    assert reply.status == 200
    assert not (await (await client.get(SETTINGS)).json())["hidden"]


async def test_settings_can_be_taken_back(client: Client, workflow: Path) -> None:
    token = (await put(client, hidden=["steps"]))["undo"]
    assert (await client.post("/cozygen/api/undo", json={"undo": token})).status == 200
    assert not any(field["hidden"] for field in await fields(client))


@pytest.mark.parametrize(
    "body",
    [
        {"order": "prompt"},
        {"order": [1]},
        {"order": [""]},
        {"labels": {"a": 1}},
        {"labels": {"a": "x" * 201}},
        {"hidden": ["x"] * 2001},
        {"unknown": []},
        [],
    ],
)
async def test_settings_of_the_wrong_shape_are_refused(client: Client, workflow: Path, body: Any) -> None:
    assert (await client.put(SETTINGS, json=body)).status == 400
    assert not (await (await client.get(SETTINGS)).json())["order"]


async def test_half_a_character_is_refused_with_words(client: Client, workflow: Path) -> None:
    text = '{"labels": {"prompt": "\\ud800"}}'
    reply = await client.put(SETTINGS, data=text, headers={"Content-Type": "application/json"})
    assert reply.status == 400
    await error_of(reply)


async def test_a_hand_edited_document_of_the_wrong_shape_does_no_harm(
    client: Client, workflow: Path, folders: FixedFolders
) -> None:
    edited = {
        "users": {
            "default": {"items": {"deep/cozy.json": {"order": 5, "labels": [], "hidden": [1, "steps"]}}}
        }
    }
    (folders.data / "form_settings.json").write_text(json.dumps(edited))
    found = await fields(client)
    assert [field["name"] for field in found] == ["prompt", "steps", "size"]
    assert [field["hidden"] for field in found] == [False, True, False]


async def test_pinned_workflows_are_marked_in_the_list_and_kept_in_order(
    client: Client, workflow: Path
) -> None:
    (workflow.parent / "b.json").write_text("{}")
    assert await (await client.get(PINS)).json() == {"workflows": []}
    reply = await client.put(PINS, json={"workflows": ["deep/b.json", "away.json", "deep/b.json"]})
    assert (await reply.json())["workflows"] == ["deep/b.json", "away.json"]
    items = (await (await client.get("/cozygen/workflows")).json())["items"]
    assert {item["name"]: item["pinned"] for item in items} == {"deep/b.json": True, "deep/cozy.json": False}
    assert (await client.put(PINS, json={"workflows": []})).status == 428


@pytest.mark.parametrize("body", [{}, {"workflows": "a"}, {"workflows": [""]}, {"workflows": ["a"] * 201}])
async def test_pins_of_the_wrong_shape_are_refused(client: Client, body: Any) -> None:
    assert (await client.put(PINS, json=body)).status == 400


async def test_everything_follows_a_renamed_workflow(client: Client, workflow: Path) -> None:
    await put(client, hidden=["steps"])
    await client.put(PINS, json={"workflows": ["deep/cozy.json"]})
    await client.put("/cozygen/api/form_values/deep/cozy.json", json={"values": {"size": 64}})
    await client.post(
        "/cozygen/api/workflow_types", json={"workflow": "deep/cozy.json", "mode": "text-to-image"}
    )
    preset = {"name": "Night", "values": {"size": 64}}
    await client.post("/cozygen/api/workflow_presets", json={"workflow": "deep/cozy.json", "preset": preset})
    etag = (await client.get("/cozygen/workflows/deep/cozy.json")).headers["ETag"]
    reply = await client.post(
        "/cozygen/api/workflows/deep/cozy.json/rename", json={"to": "new.json"}, headers={"If-Match": etag}
    )
    assert reply.status == 200
    body = await (await client.get("/cozygen/api/workflows/new.json/form")).json()
    assert body["type"] == "text-to-image"
    assert [field["name"] for field in body["fields"] if field["hidden"]] == ["steps"]
    assert (await (await client.get(PINS)).json())["workflows"] == ["new.json"]
    values = await (await client.get("/cozygen/api/form_values/new.json")).json()
    assert values["values"] == {"size": 64}
    presets = await client.get("/cozygen/api/workflow_presets", params={"workflow": "new.json"})
    assert [entry["name"] for entry in (await presets.json())["presets"]] == ["Night"]


# --- the type of a workflow --------------------------------------------------


def made_by(saver: str, *, picture: str | None = None) -> dict[str, Any]:
    graph = {"1": node("KSampler", seed=1), "2": node(saver, images=["1", 0])}
    return (
        {**graph, "3": node(picture, image="a.png"), "4": node("VAEEncode", pixels=["3", 0])}
        if picture
        else graph
    )


@pytest.mark.parametrize(
    ("graph", "expected"),
    [
        (made_by("SaveImage"), "text-to-image"),
        (made_by("CozyGenOutput"), "text-to-image"),
        (made_by("PreviewImage", picture="LoadImage"), "image-to-image"),
        (made_by("CozyGenVideoOutput"), "text-to-video"),
        (made_by("SaveVideo", picture="CozyGenImageInput"), "image-to-video"),
        (made_by("VHS_VideoCombine", picture="LoadImageOutput"), "image-to-video"),
        (made_by("Reroute"), None),
    ],
)
async def test_a_type_nobody_stated_is_read_from_the_graph(
    client: Client, folders: FixedFolders, graph: dict[str, Any], expected: str | None
) -> None:
    (folders.workflows / "a.json").write_text(json.dumps(graph))
    assert (await (await client.get("/cozygen/api/workflows/a.json/form")).json())["type"] == expected


async def test_a_stated_type_beats_the_graph(client: Client, folders: FixedFolders) -> None:
    (folders.workflows / "a.json").write_text(json.dumps(made_by("SaveImage")))
    await client.post("/cozygen/api/workflow_types", json={"workflow": "a.json", "mode": "image-to-video"})
    assert (await (await client.get("/cozygen/api/workflows/a.json/form")).json())["type"] == "image-to-video"
    assert (await (await client.get("/cozygen/workflows")).json())["items"][0]["type"] == "image-to-video"
