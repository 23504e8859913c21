"""A picture made again: the same, with a new seed, with edits; and remixed into a form."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, PngImagePlugin

from cozygen.host.folders import FixedFolders
from cozygen.runs.meaning import places_of
from tests.conftest import Client, error_of
from tests.runs.test_runs import ended, graph, queue


@pytest.fixture
def place() -> str:
    """The sketch engine belongs to the stand-alone server."""
    return "alone"


@pytest.fixture
def workflow(folders: FixedFolders) -> str:
    (folders.workflows / "sketch.json").write_text(json.dumps(graph()))
    return "sketch.json"


PLAIN = {
    "1": {
        "class_type": "CozyGenSketch",
        "inputs": {
            "positive": "a hill",
            "negative": "rain",
            "seed": 11,
            "steps": 3,
            "width": 64,
            "height": 64,
            "batch_size": 1,
        },
    },
    "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "plain"}},
}


async def item_of(client: Client, name: str, subfolder: str = "") -> str:
    """The id of a picture, once the gallery knows it."""
    for _ in range(200):
        query = {"subfolder": subfolder} if subfolder else {}
        answer = await client.get("/cozygen/api/gallery", params=query)
        items = (await answer.json()).get("items", [])
        for item in items:
            if item["filename"] == name:
                return str(item["id"])
        await asyncio.sleep(0.05)
    raise AssertionError(f"{name} does not appear")


async def made(client: Client, **order: Any) -> str:
    """A picture that was just run, as an item."""
    body = await (await queue(client, **order)).json()
    run = await ended(client, body["runs"][0]["run_id"])
    file = run["files"][0]
    return await item_of(client, file["filename"], file["subfolder"])


async def rerun(client: Client, **body: Any) -> Any:
    return await client.post("/cozygen/api/gallery/rerun", json=body)


async def sent(client: Client, output: Path, answer: Any) -> tuple[dict[str, Any], dict[str, Any]]:
    """The run of an answer once it is over, and the graph in its picture."""
    body = await answer.json()
    assert answer.status == 200, body
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["state"] == "done", run
    file = run["files"][0]
    with Image.open(output / file["subfolder"] / file["filename"]) as image:
        return run, json.loads(image.info["prompt"])


async def test_the_same_again_is_the_same(client: Client, workflow: str, output: Path) -> None:
    item = await made(client, workflow=workflow, values={"Prompt": "two hills", "Seed": 5})
    run, again = await sent(client, output, await rerun(client, id=item, mode="same"))
    assert again["10"]["inputs"]["default_value"] == 5
    assert again["11"]["inputs"]["default_value"] == "two hills"
    assert (run["workflow"], run["title"]) == (workflow, "sketch")
    assert run["values"] == {"Prompt": "two hills", "Seed": 5, "Steps": 4}


async def test_a_new_seed_changes_the_seed_and_nothing_else(
    client: Client, workflow: str, output: Path
) -> None:
    item = await made(client, workflow=workflow, values={"Prompt": "two hills", "Seed": 5})
    run, again = await sent(client, output, await rerun(client, id=item, mode="new_seed"))
    assert again["10"]["inputs"].pop("default_value") != 5
    assert again["11"]["inputs"]["default_value"] == "two hills"
    assert run["values"]["Prompt"] == "two hills"
    assert [file["filename"] for file in run["files"]] == ["r_00002_.png"]


async def test_a_new_seed_draws_choices_anew_and_keeps_what_was_typed(
    client: Client, workflow: str, output: Path
) -> None:
    words = "{" + "|".join(f"w{number}" for number in range(50)) + "}"
    item = await made(client, workflow=workflow, values={"Prompt": words, "Seed": 5})
    seen = set()
    for _ in range(4):
        run, again = await sent(client, output, await rerun(client, id=item, mode="new_seed"))
        seen.add(again["11"]["inputs"]["default_value"])
        assert run["values"]["Prompt"] == words
    assert len(seen) > 1


async def test_edits_are_found_by_what_they_mean(client: Client, workflow: str, output: Path) -> None:
    item = await made(client, workflow=workflow, values={"Prompt": "two hills", "Seed": 5})
    edits = [
        {"role": "positive", "value": "a lake"},
        {"role": "width", "value": 72},
        {"role": "seed", "value": "9"},
    ]
    run, again = await sent(client, output, await rerun(client, id=item, mode="edit", edits=edits))
    assert again["11"]["inputs"]["default_value"] == "a lake"
    assert (again["10"]["inputs"]["default_value"], again["1"]["inputs"]["width"]) == (9, 72)
    assert (run["values"]["Prompt"], run["values"]["Seed"]) == ("a lake", 9)


async def test_edits_may_name_a_node_and_use_aliases(client: Client, output: Path) -> None:
    aliases = {"items": {"sea": "a wide sea"}, "categories": {}, "categoryList": []}
    await client.post("/cozygen/api/aliases", json=aliases)
    item = await made(client, graph=PLAIN)
    edits = [
        {"node_id": "1", "input": "positive", "value": "$sea$, gulls"},
        {"node_id": "1", "input": "steps", "value": 2},
    ]
    run, again = await sent(client, output, await rerun(client, id=item, mode="edit", edits=edits))
    assert again["1"]["inputs"]["positive"] == "a wide sea, gulls"
    assert (again["1"]["inputs"]["steps"], again["1"]["inputs"]["negative"]) == (2, "rain")
    assert "$sea$, gulls" in run["values"].values()


@pytest.mark.parametrize(
    ("edit", "field"),
    [
        ({"role": "model", "value": "x"}, "model"),
        ({"node_id": "9", "input": "x", "value": 1}, "9:x"),
        ({"node_id": "1", "input": "absent", "value": 1}, "1:absent"),
        ({"node_id": "2", "input": "images", "value": "x"}, "2:images"),
        ({"role": "seed", "value": "many"}, "seed"),
        ({"role": "seed", "value": -1}, "seed"),
        ({"role": "positive", "value": 7}, "positive"),
        ({"role": "width", "value": None}, "width"),
    ],
)
async def test_an_edit_that_does_not_fit_is_named(client: Client, edit: dict[str, Any], field: str) -> None:
    item = await made(client, graph=PLAIN)
    answer = await rerun(client, id=item, mode="edit", edits=[edit])
    assert (answer.status, await error_of(answer)) == (422, "invalid_values")
    assert list((await answer.json())["details"]["fields"]) == [field]
    assert (await (await client.get("/cozygen/api/runs")).json())["total"] == 1, "nothing was queued"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({}, 400),
        ({"id": "x", "mode": "twice"}, 400),
        ({"id": "x", "mode": "edit"}, 400),
        ({"id": "absent"}, 404),
        ({"id": "x", "mode": "same", "edits": [{"role": "seed", "value": 1}]}, 400),
        ({"id": "x", "mode": "edit", "edits": [{"value": 1}]}, 400),
        (
            {
                "id": "x",
                "mode": "edit",
                "edits": [{"role": "seed", "node_id": "1", "input": "a", "value": 1}],
            },
            400,
        ),
    ],
)
async def test_a_question_that_makes_no_sense_is_refused(
    client: Client, body: dict[str, Any], status: int
) -> None:
    answer = await rerun(client, **body)
    assert answer.status == status
    await error_of(answer)


async def test_a_picture_that_says_nothing_is_told_apart(client: Client, output: Path) -> None:
    Image.new("RGB", (8, 8)).save(output / "photo.png")
    answer = await rerun(client, id=await item_of(client, "photo.png"))
    assert (answer.status, await error_of(answer)) == (422, "no_prompt")


async def test_a_picture_without_a_seed_has_no_new_one(client: Client, output: Path) -> None:
    info = PngImagePlugin.PngInfo()
    info.add_text(
        "prompt",
        json.dumps(
            {
                "1": {
                    "class_type": "EmptyImage",
                    "inputs": {"width": 8, "height": 8, "batch_size": 1, "color": 0},
                },
                "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "e"}},
            }
        ),
    )
    Image.new("RGB", (8, 8)).save(output / "flat.png", pnginfo=info)
    answer = await rerun(client, id=await item_of(client, "flat.png"), mode="new_seed")
    assert (answer.status, await error_of(answer)) == (422, "no_seed")


async def test_a_run_that_was_recorded_makes_up_for_a_file_without_metadata(
    client: Client, workflow: str, output: Path
) -> None:
    item = await made(client, workflow=workflow, values={"Prompt": "two hills", "Seed": 5})
    with Image.open(output / "runs" / "r_00001_.png") as image:
        image.load()
    image.info = {}
    image.save(output / "runs" / "r_00001_.png")
    _run, again = await sent(client, output, await rerun(client, id=item, mode="new_seed"))
    assert again["11"]["inputs"]["default_value"] == "two hills"


async def test_a_picture_is_remixed_into_its_own_form(client: Client, workflow: str) -> None:
    aliases = {"items": {"sea": "a wide sea"}, "categories": {}, "categoryList": []}
    await client.post("/cozygen/api/aliases", json=aliases)
    item = await made(client, workflow=workflow, values={"Prompt": "$sea$", "Seed": 2**31})
    body = await (await client.post("/cozygen/api/gallery/remix", json={"id": item})).json()
    assert body == {
        "workflow": workflow,
        "values": {"Prompt": "$sea$", "Seed": 2**31, "Steps": 4},
        "missing": [],
    }


async def test_a_picture_is_remixed_into_another_form_by_meaning(client: Client, workflow: str) -> None:
    item = await made(client, graph=PLAIN)
    unknown = await client.post("/cozygen/api/gallery/remix", json={"id": item})
    assert (unknown.status, await error_of(unknown)) == (422, "no_workflow")
    body = await (
        await client.post("/cozygen/api/gallery/remix", json={"id": item, "workflow": workflow})
    ).json()
    assert body["values"] == {"Prompt": "a hill", "Seed": 11, "Steps": 3}
    absent = await client.post("/cozygen/api/gallery/remix", json={"id": item, "workflow": "absent.json"})
    assert absent.status == 404


@pytest.mark.parametrize("class_type", ["CozyGenImageInput", "LoadImage"])
async def test_an_output_is_an_input_without_an_upload(client: Client, output: Path, class_type: str) -> None:
    (output / "deep").mkdir()
    Image.new("RGB", (16, 8), (9, 8, 7)).save(output / "deep" / "a.png")
    source = (
        {"class_type": class_type, "inputs": {"param_name": "Picture", "image_filename": ""}}
        if class_type == "CozyGenImageInput"
        else {"class_type": class_type, "inputs": {"image": "x.png"}, "_meta": {"title": "Picture"}}
    )
    made_of = {
        "1": source,
        "2": {"class_type": "SaveImage", "inputs": {"images": ["1", 0], "filename_prefix": "copy"}},
    }
    name = "Picture" if class_type == "CozyGenImageInput" else "Picture · image"
    body = await (await queue(client, graph=made_of, values={name: "output::deep::a.png"})).json()
    assert body.get("warnings") == [], body
    run = await ended(client, body["runs"][0]["run_id"])
    assert run["state"] == "done", run
    with Image.open(output / run["files"][0]["filename"]) as image:
        assert image.convert("RGB").getpixel((0, 0)) == (9, 8, 7)


def test_meaning_is_found_through_nodes_that_only_hold_a_value() -> None:
    made_of = {
        "1": {
            "class_type": "KSampler",
            "inputs": {"seed": ["9", 0], "positive": ["2", 0], "negative": ["3", 0]},
        },
        "2": {"class_type": "CLIPTextEncode", "inputs": {"text": ["8", 0]}},
        "3": {"class_type": "CLIPTextEncode", "inputs": {"text": "bad"}},
        "8": {"class_type": "PrimitiveString", "inputs": {"value": "good"}},
        "9": {"class_type": "PrimitiveInt", "inputs": {"value": 4}},
    }
    assert [(place.node_id, place.input, place.value) for place in places_of(made_of, "positive")] == [
        ("8", "value", "good")
    ]
    assert [place.value for role in ("negative", "seed") for place in places_of(made_of, role)] == ["bad", 4]
    assert places_of(made_of, "model") == []
