"""Workflow files over HTTP: nested folders, safe names, nothing overwritten unseen."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of
from tests.workflows.graphs import dynamic, text_to_image


@pytest.fixture
def library(folders: FixedFolders) -> Path:
    (folders.workflows / "deep").mkdir()
    (folders.workflows / "cozy.json").write_text(json.dumps(text_to_image()))
    (folders.workflows / "deep" / "Other.JSON").write_text(json.dumps(text_to_image()))
    (folders.workflows / ".hidden.json").write_text("{}")
    (folders.workflows / "notes.txt").write_text("no workflow")
    return folders.workflows


async def test_all_files_are_listed_by_folder_and_name(client: Client, library: Path) -> None:
    body = await (await client.get("/cozygen/workflows")).json()
    assert body["workflows"] == ["cozy.json", "deep/Other.JSON"]
    assert body["items"][1]["folder"] == "deep"
    assert body["items"][0]["title"] == "cozy"


async def test_no_folder_means_no_workflows(client: Client, folders: FixedFolders) -> None:
    folders.workflows.rmdir()
    assert (await (await client.get("/cozygen/workflows")).json())["workflows"] == []


@pytest.mark.parametrize("name", ["deep/Other.JSON", "deep%2FOther.JSON"])
async def test_a_nested_name_works_with_both_slashes(client: Client, library: Path, name: str) -> None:
    answer = await client.get(URL("/cozygen/workflows/" + name, encoded=True))
    assert await answer.json() == text_to_image()
    assert answer.headers["ETag"].startswith('"')


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("absent.json", 404),
        ("deep.json/x.json", 404),
        ("deep", 400),
        ("notes.txt", 400),
        (".hidden.json", 400),
        (".ui%2Fcozy.json", 400),
        ("..%2Fsecret.json", 403),
        ("%2Fetc%2Fsecret.json", 403),
        ("..%5Csecret.json", 403),
        ("C:%5Csecret.json", 403),
        ("a%00.json", 400),
    ],
)
@pytest.mark.parametrize("prefix", ["/cozygen/workflows/{}", "/cozygen/api/workflows/{}/form"])
async def test_nothing_outside_the_folder_is_read(
    client: Client, library: Path, folders: FixedFolders, name: str, status: int, prefix: str
) -> None:
    (folders.workflows.parent / "secret.json").write_text('{"secret": 1}')
    answer = await client.get(URL(prefix.format(name), encoded=True))
    assert answer.status == status
    await error_of(answer)


@pytest.mark.parametrize(
    ("text", "code", "status"),
    [
        ("{", "bad json", 400),
        ("", "bad json", 400),
        ("[]", "not_a_workflow", 422),
        ('{"nodes": [], "links": []}', "ui_format", 422),
    ],
)
async def test_a_broken_file_says_what_is_wrong(
    client: Client, library: Path, text: str, code: str, status: int
) -> None:
    (library / "broken.json").write_text(text)
    answer = await client.get("/cozygen/api/workflows/broken.json/form")
    assert (answer.status, await error_of(answer)) == (status, code)


async def test_a_file_with_nan_and_a_big_seed_can_be_read(client: Client, library: Path) -> None:
    graph = text_to_image()
    graph["3"]["inputs"]["seed"] = 2**64 - 1
    graph["3"]["is_changed"] = [float("nan")]
    (library / "real.json").write_text(json.dumps(graph))
    body = await (await client.get("/cozygen/api/workflows/real.json/form")).json()
    seed = next(field for field in body["fields"] if field["role"] == "seed")
    assert seed["default"] == str(2**64 - 1)


async def test_a_form_names_its_workflow_and_version(client: Client, library: Path) -> None:
    body = await (await client.get("/cozygen/api/workflows/deep/Other.JSON/form")).json()
    assert (body["workflow"], body["title"], body["source"]) == ("deep/Other.JSON", "Other", "titles")
    assert body["version"]
    assert {"name", "label", "kind", "default", "choices", "node_id", "input", "role"} <= set(
        body["fields"][0]
    )


SAVE: dict[str, Any] = {"prompt": text_to_image(), "workflow": {"nodes": [], "extra": {}}}


async def test_save_to_cozygen_writes_both_graphs(client: Client, library: Path) -> None:
    answer = await client.put("/cozygen/api/workflows/new/one.json", json=SAVE)
    assert answer.status == 200
    assert json.loads((library / "new" / "one.json").read_text()) == text_to_image()
    assert json.loads((library / "new" / ".ui" / "one.json").read_text()) == SAVE["workflow"]
    assert "new/one.json" in (await (await client.get("/cozygen/workflows")).json())["workflows"]


async def test_an_existing_workflow_is_only_replaced_by_who_has_seen_it(
    client: Client, library: Path
) -> None:
    address = "/cozygen/api/workflows/cozy.json"
    assert (await client.put(address, json=SAVE)).status == 428
    assert (await client.put(address, json=SAVE, headers={"If-Match": '"old"'})).status == 412
    etag = (await client.get("/cozygen/workflows/cozy.json")).headers["ETag"]
    assert (await client.put(address, json=SAVE, headers={"If-Match": etag})).status == 200


@pytest.mark.parametrize(
    "body",
    [{}, {"prompt": 1}, {"prompt": {}}, {"prompt": {"nodes": []}}, {"prompt": text_to_image(), "x": 1}, []],
)
async def test_a_save_that_holds_no_graph_writes_nothing(client: Client, library: Path, body: Any) -> None:
    answer = await client.put("/cozygen/api/workflows/bad.json", json=body)
    assert answer.status in (400, 422)
    assert not (library / "bad.json").exists()


async def _etag(client: Client, name: str) -> dict[str, str]:
    return {"If-Match": (await client.get(f"/cozygen/workflows/{name}")).headers["ETag"]}


async def test_a_renamed_workflow_takes_its_editor_graph_along(client: Client, library: Path) -> None:
    await client.put("/cozygen/api/workflows/one.json", json=SAVE)
    answer = await client.post(
        "/cozygen/api/workflows/one.json/rename",
        json={"to": "a/two.json"},
        headers=await _etag(client, "one.json"),
    )
    assert await answer.json() == {"workflow": "a/two.json"}
    assert (library / "a" / ".ui" / "two.json").is_file()
    assert not (library / "one.json").exists()


@pytest.mark.parametrize(
    ("to", "status"),
    [("deep/Other.JSON", 409), ("../x.json", 403), ("x.txt", 400), (".x.json", 400), ("", 400)],
)
async def test_a_rename_that_would_hurt_is_refused(
    client: Client, library: Path, to: str, status: int
) -> None:
    answer = await client.post(
        "/cozygen/api/workflows/cozy.json/rename", json={"to": to}, headers=await _etag(client, "cozy.json")
    )
    assert answer.status == status
    assert (library / "cozy.json").is_file()


async def test_a_deleted_workflow_comes_back(client: Client, library: Path) -> None:
    assert (await client.delete("/cozygen/api/workflows/cozy.json")).status == 428
    gone = await client.delete("/cozygen/api/workflows/cozy.json", headers=await _etag(client, "cozy.json"))
    token = (await gone.json())["undo"]
    assert not (library / "cozy.json").exists()
    assert (await (await client.get("/cozygen/workflows")).json())["workflows"] == ["deep/Other.JSON"]
    back = await client.post("/cozygen/api/workflows/restore", json={"undo": token})
    assert await back.json() == {"workflow": "cozy.json"}
    assert (library / "cozy.json").is_file()


@pytest.mark.parametrize("token", ["1", "../deep", "x", "0/.."])
async def test_an_unknown_undo_brings_nothing_back(client: Client, library: Path, token: str) -> None:
    assert (await client.post("/cozygen/api/workflows/restore", json={"undo": token})).status == 404


# --- choices -----------------------------------------------------------------


@pytest.fixture
def models(folders: FixedFolders) -> Path:
    for name in (
        "loras/a.safetensors",
        "loras/styles/b.safetensors",
        "loras/readme.txt",
        "clip/c.safetensors",
        "text_encoders/d.safetensors",
        "custom_nodes/.env",
        "configs/x.yaml",
    ):
        path = folders.models / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    return folders.models


@pytest.mark.parametrize(
    ("kind", "choices"),
    [
        ("loras", ["a.safetensors", "styles/b.safetensors"]),
        ("clip", ["c.safetensors", "d.safetensors"]),
        ("text_encoders", ["c.safetensors", "d.safetensors"]),
        ("vae", []),
    ],
)
async def test_files_of_a_kind_are_listed(
    client: Client, models: Path, kind: str, choices: list[str]
) -> None:
    assert (await (await client.get("/cozygen/get_choices?type=" + kind)).json()) == {"choices": choices}


@pytest.mark.parametrize(
    ("kind", "known"), [("sampler", "euler"), ("samplers_list", "euler"), ("scheduler", "karras")]
)
async def test_samplers_and_schedulers_need_no_folder(client: Client, kind: str, known: str) -> None:
    assert known in (await (await client.get("/cozygen/get_choices?type=" + kind)).json())["choices"]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("", "missing type"),
        ("?type=custom_nodes", "invalid type custom_nodes"),
        ("?type=configs", "invalid type configs"),
        ("?type=../..", "invalid type ../.."),
    ],
)
async def test_other_lists_do_not_exist(client: Client, models: Path, query: str, code: str) -> None:
    answer = await client.get("/cozygen/get_choices" + query)
    assert (answer.status, await error_of(answer)) == (400, code)


async def test_a_new_file_appears_on_refresh(client: Client, models: Path) -> None:
    before = await (await client.get("/cozygen/get_choices?type=vae")).json()
    assert before == {"choices": []}
    (models / "vae").mkdir()
    (models / "vae" / "new.safetensors").write_text("")
    answer = await client.get("/cozygen/get_choices?type=vae&refresh=1")
    assert (await answer.json())["choices"] == ["new.safetensors"]


async def test_a_file_that_is_gone_is_gone_on_refresh(client: Client, models: Path) -> None:
    (models / "loras" / "a.safetensors").unlink()
    answer = await client.get("/cozygen/get_choices?type=loras&cache_bust=1795515890277")
    assert (await answer.json())["choices"] == ["styles/b.safetensors"]


async def test_a_refresh_reaches_the_form(client: Client, library: Path, models: Path) -> None:
    graph = {"1": dynamic("style", "DROPDOWN", "a.safetensors", choice_type="loras")}
    (library / "form.json").write_text(json.dumps(graph))
    address = "/cozygen/api/workflows/form.json/form"
    before = (await (await client.get(address)).json())["fields"][0]["choices"]
    (models / "loras" / "new.safetensors").write_text("")
    await client.get("/cozygen/get_choices?type=loras&refresh=1")
    after = (await (await client.get(address)).json())["fields"][0]["choices"]
    assert set(after) - set(before) == {"new.safetensors"}


@pytest.fixture
def many_loras(folders: FixedFolders) -> None:
    (folders.models / "loras").mkdir()
    names = ("add_detail", "Detail Tweaker XL", "night rain-v2", "rainbow", "soft_light", "猫のスタイル")
    for number in range(500):
        (folders.models / "loras" / f"other {number}.safetensors").write_text("")
    for name in names:
        (folders.models / "loras" / f"{name}.safetensors").write_text("")


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("detail", {"add_detail", "Detail Tweaker XL"}),
        ("detial tweker", {"Detail Tweaker XL"}),
        ("tweaker detail", {"Detail Tweaker XL"}),
        ("NIGHT_RAIN", {"night rain-v2"}),
        ("rain night", {"night rain-v2"}),
        ("猫", {"猫のスタイル"}),
        ("other 123", {"other 123"}),
    ],
)
async def test_a_long_list_finds_other_orders_signs_and_slips(
    client: Client, many_loras: None, q: str, first: set[str]
) -> None:
    answer = await client.get("/cozygen/get_choices", params={"type": "loras", "q": q})
    found = [name.removesuffix(".safetensors") for name in (await answer.json())["choices"]]
    assert set(found[: len(first)]) == first


@pytest.mark.parametrize("q", ["zzzzqqqq", "!!!", "☃"])
async def test_what_resembles_nothing_finds_nothing(client: Client, many_loras: None, q: str) -> None:
    answer = await client.get("/cozygen/get_choices", params={"type": "loras", "q": q})
    assert (await answer.json())["choices"] == []


async def test_a_search_is_cut_at_its_limit(client: Client, many_loras: None) -> None:
    answer = await client.get("/cozygen/get_choices", params={"type": "loras", "q": "other", "limit": "7"})
    assert len((await answer.json())["choices"]) == 7
    for limit in ("0", "1001", "x"):
        answer = await client.get(
            "/cozygen/get_choices", params={"type": "loras", "q": "other", "limit": limit}
        )
        assert answer.status == 400


async def test_a_long_list_can_be_searched(client: Client, models: Path) -> None:
    answer = await client.get("/cozygen/get_choices?type=loras&q=style")
    assert (await answer.json())["choices"] == ["styles/b.safetensors"]
