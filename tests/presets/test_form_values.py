"""Last values follow to another device; what no longer fits is told, not applied."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yarl

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of
from tests.workflows.graphs import dynamic, node

URL = "/cozygen/api/form_values/deep/cozy.json"
BIG = str(2**64 - 1)


@pytest.fixture
def workflow(folders: FixedFolders) -> Path:
    graph = {
        "1": dynamic("prompt", "STRING", "a cat"),
        "2": dynamic("steps", "INT", 20, min_value=1, max_value=50),
        "3": dynamic("seed", "INT", 5, max_value=2**64 - 1),
        "4": dynamic("sampler", "DROPDOWN", "euler", choice_type="sampler"),
        "5": node("SaveImage", images=["6", 0]),
    }
    path = folders.workflows / "deep" / "cozy.json"
    path.parent.mkdir()
    path.write_text(json.dumps(graph))
    return path


async def read(client: Client) -> dict[str, Any]:
    reply = await client.get(URL)
    assert reply.status == 200
    body: dict[str, Any] = await reply.json()
    return body


async def test_nothing_written_is_an_empty_answer(client: Client, workflow: Path) -> None:
    assert await read(client) == {
        "workflow": "deep/cozy.json",
        "values": {},
        "bypassed": [],
        "seeds": {},
        "updated": None,
        "problems": [],
    }


async def test_another_device_reads_what_one_wrote(client: Client, workflow: Path) -> None:
    sent = {
        "values": {"prompt": "a 犬\n$dog$", "seed": BIG},
        "bypassed": ["sampler"],
        "seeds": {"seed": "increment"},
    }
    reply = await client.put(URL, json=sent)
    assert reply.status == 200
    body = await read(client)
    assert {key: body[key] for key in sent} == sent
    assert body["updated"] == (await reply.json())["updated"] > 0
    assert body["problems"] == []


async def test_values_outlive_the_server(client: Client, workflow: Path, folders: FixedFolders) -> None:
    await client.put(URL, json={"values": {"steps": 7}})
    stored = json.loads((folders.data / "form_values.json").read_text())
    assert stored["users"]["default"]["items"]["deep/cozy.json"]["values"] == {"steps": 7}


async def test_a_device_that_is_behind_learns_what_is_there(client: Client, workflow: Path) -> None:
    first = (await client.put(URL, json={"values": {"steps": 7}})).headers["ETag"]
    assert (await client.put(URL, json={"values": {"steps": 8}})).status == 428
    await client.put(URL, json={"values": {"steps": 8}}, headers={"If-Match": first})
    reply = await client.put(URL, json={"values": {"steps": 9}}, headers={"If-Match": first})
    assert reply.status == 412
    assert (await reply.json())["details"]["current"]["values"] == {"steps": 8}
    assert (await read(client))["values"] == {"steps": 8}


async def test_no_values_at_all_forget_the_form(
    client: Client, workflow: Path, folders: FixedFolders
) -> None:
    etag = (await client.put(URL, json={"values": {"steps": 7}})).headers["ETag"]
    reply = await client.put(URL, json={"values": {}}, headers={"If-Match": etag})
    assert (await reply.json())["updated"] is None
    assert json.loads((folders.data / "form_values.json").read_text())["users"]["default"]["items"] == {}


async def test_values_that_no_longer_fit_are_named_and_left_out(client: Client, workflow: Path) -> None:
    values = {"prompt": "a dog", "steps": 500, "sampler": "gone", "lost": 1, "seed": True}
    await client.put(URL, json={"values": values})
    body = await read(client)
    assert body["values"] == {"prompt": "a dog"}
    found = {problem["field"]: (problem["code"], problem["message"]) for problem in body["problems"]}
    assert found["steps"] == ("invalid_value", "“500” does not fit “steps”: it must be at most 50.")
    assert found["sampler"][1] == "“gone” does not fit “sampler”: it must be one of the choices."
    assert found["lost"][0] == "unknown_field"
    assert found["seed"][1].endswith("it must be a whole number.")


async def test_values_come_back_when_the_choice_does(client: Client, workflow: Path) -> None:
    """They are left out of the answer, not out of the document."""
    await client.put(URL, json={"values": {"extra": 3}})
    assert (await read(client))["values"] == {}
    graph = json.loads(workflow.read_text())
    graph["9"] = dynamic("extra", "INT", 1)
    workflow.write_text(json.dumps(graph))
    assert (await read(client))["values"] == {"extra": 3}


async def test_values_of_a_workflow_that_is_away_are_kept(client: Client, workflow: Path) -> None:
    await client.put(URL, json={"values": {"steps": 7}})
    workflow.unlink()
    body = await read(client)
    assert body["values"] == {"steps": 7}
    assert body["problems"] == [{"code": "not found", "message": "There is no such workflow."}]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"values": []},
        {"values": {}, "bypassed": "all"},
        {"values": {}, "seeds": {"seed": "sometimes"}},
        {"values": {}, "extra": 1},
        {"values": {str(number): 1 for number in range(2001)}},
    ],
)
async def test_what_is_no_set_of_values_is_refused(client: Client, workflow: Path, body: Any) -> None:
    reply = await client.put(URL, json=body)
    assert reply.status == 400
    await error_of(reply)


async def test_bottomless_values_are_refused(client: Client, workflow: Path) -> None:
    text = '{"values": {"prompt": ' + "[" * 5000 + "]" * 5000 + "}}"
    reply = await client.put(URL, data=text, headers={"Content-Type": "application/json"})
    assert reply.status == 400
    await error_of(reply)


@pytest.mark.parametrize("name", ["..%2Fx.json", "%2Fetc%2Fx.json"])
async def test_a_name_outside_the_folder_is_kept_apart_and_read_as_a_problem(
    client: Client, name: str
) -> None:
    """The name is only a key here; reading the form refuses it."""
    reply = await client.get(yarl.URL(f"/cozygen/api/form_values/{name}", encoded=True))
    assert (await reply.json())["problems"][0]["code"] == "forbidden"
