"""Prompts and the alias library over HTTP, alone and inside ComfyUI."""

from __future__ import annotations

import io
from typing import Any

import pytest

from cozygen.aliases.fields import is_prompt_field, is_prompt_input
from cozygen.host.folders import FixedFolders
from tests.conftest import Client, error_of

API = "/cozygen/api"
ALIASES = {
    "items": {"hero": "1girl, {red|blue} dress", "a": "$b$", "b": "$a$"},
    "categories": {},
    "categoryList": [],
}


@pytest.fixture
async def stocked(client: Client) -> Client:
    response = await client.post(f"{API}/aliases", json=ALIASES)
    assert response.status == 200
    return client


async def post(client: Client, path: str, body: Any) -> Any:
    response = await client.post(f"{API}/{path}", json=body)
    assert response.status == 200, await response.text()
    return await response.json()


async def test_a_prompt_is_expanded_as_it_will_be_queued(stocked: Client) -> None:
    body = {"fields": {"Prompt": "$hero$, 𝒳 $nope$", "Negative": "{x|y}"}, "seed": "18446744073709551615"}
    first = await post(stocked, "prompt/expand", body)
    assert first == await post(stocked, "prompt/expand", body)
    prompt = first["fields"]["Prompt"]
    assert prompt["text"] in ("1girl, red dress, 𝒳 $nope$", "1girl, blue dress, 𝒳 $nope$")
    assert prompt["used"] == ["hero"]
    # The letter before takes two UTF-16 units.
    assert [(p["code"], p["start"], p["end"]) for p in prompt["problems"]] == [("unknown_alias", 11, 17)]
    assert first["fields"]["Negative"]["text"] in ("x", "y")


async def test_without_a_seed_choices_stay(stocked: Client) -> None:
    found = await post(stocked, "prompt/expand", {"fields": {"p": "$hero$"}})
    assert found["fields"]["p"]["text"] == "1girl, {red|blue} dress"


async def test_wildcard_files_of_the_data_folder_are_drawn_from(
    stocked: Client, folders: FixedFolders
) -> None:
    (folders.data / "wildcards").mkdir()
    (folders.data / "wildcards" / "hair.txt").write_text("silver hair\n", "utf-8")
    found = await post(stocked, "prompt/expand", {"fields": {"p": "__hair__"}, "seed": 1})
    assert found["fields"]["p"]["text"] == "silver hair"


async def test_wildcards_are_listed_by_the_names_that_prompts_use(
    stocked: Client, folders: FixedFolders
) -> None:
    assert (await (await stocked.get(f"{API}/wildcards")).json())["names"] == []
    (folders.data / "wildcards" / "hair").mkdir(parents=True)
    (folders.data / "wildcards" / "hair" / "color.txt").write_text("silver\n", "utf-8")
    (folders.data / "wildcards" / "notes.doc").write_text("none\n", "utf-8")
    (folders.data / "wildcards" / "more.yaml").write_text("sky:\n  - blue\n", "utf-8")
    names = (await (await stocked.get(f"{API}/wildcards")).json())["names"]
    assert "hair/color" in names
    assert any(name.endswith("sky") for name in names)
    assert not any("notes" in name for name in names)


async def test_a_search_in_a_category_finds_what_lies_in_those_inside_it(stocked: Client) -> None:
    tag = (await stocked.get(f"{API}/alias_categories")).headers["ETag"]
    changed = await stocked.put(
        f"{API}/alias_categories/mine", json={"parent": "Outfit"}, headers={"If-Match": tag}
    )
    assert changed.status == 200
    made = await stocked.put(
        f"{API}/aliases/mine::red",
        json={"text": "red dress", "category": "mine"},
        headers={"If-None-Match": "*"},
    )
    assert made.status == 201, await made.text()
    for category in ("Outfit", "mine"):
        found = await (await stocked.get(f"{API}/alias_search", params={"category": category})).json()
        assert [alias["name"] for alias in found["items"]] == ["mine::red"], category


@pytest.mark.parametrize("seed", [-1, 2**64, "abc", "", "١", 1.5, True])
async def test_a_seed_that_is_none_is_refused(stocked: Client, seed: Any) -> None:
    response = await stocked.post(f"{API}/prompt/expand", json={"fields": {"p": "x"}, "seed": seed})
    assert response.status == 400


@pytest.mark.parametrize(
    "body", [[], None, {"fields": []}, {"fields": {"p": 1}}, {"fields": {"p": "x"}, "more": 1}, {}]
)
async def test_a_body_that_is_none_is_refused(stocked: Client, body: Any) -> None:
    response = await stocked.post(f"{API}/prompt/expand", json=body)
    assert response.status == 400
    assert await error_of(response)


async def test_m_03_a_lone_surrogate_is_refused(stocked: Client) -> None:
    headers = {"Content-Type": "application/json"}
    for path, body in (
        ("prompt/expand", r'{"fields": {"p": "\ud800"}}'),
        ("prompt/lint", r'{"text": "\ud800"}'),
    ):
        response = await stocked.post(f"{API}/{path}", data=body, headers=headers)
        assert response.status == 400


async def test_a_megabyte_of_prompt_is_answered_and_more_is_refused(stocked: Client) -> None:
    found = await post(stocked, "prompt/lint", {"text": "(" * 1_000_000})
    assert [issue["code"] for issue in found["issues"]] == ["too_large"]
    assert found["expanded"] == "(" * 1_000_000
    body = io.BytesIO(b'{"text": "' + b"a" * 5_000_000 + b'"}')
    headers = {"Content-Type": "application/json"}
    response = await stocked.post(f"{API}/prompt/lint", data=body, headers=headers)
    assert response.status == 413


async def test_advice_comes_with_places_fixes_and_a_token_count(stocked: Client) -> None:
    found = await post(stocked, "prompt/lint", {"text": "𝒳, 1girl, 2girls, $hreo$, $a$, ;)"})
    codes = {issue["code"]: issue for issue in found["issues"]}
    assert {"contradiction", "unknown_alias", "cyclic_alias", "unbalanced_bracket"} <= set(codes)
    assert codes["contradiction"]["start"] == 11
    assert codes["unknown_alias"]["fix"]["text"] == "hero"
    assert found["about_tokens"] > 10
    assert found["chunks"] == [found["about_tokens"]]


async def test_aliases_are_found_by_words_and_typos(stocked: Client) -> None:
    for query in ("hero", "dress", "hreo"):
        response = await stocked.get(f"{API}/alias_search", params={"q": query})
        items = (await response.json())["items"]
        assert (items[0]["name"], items[0]["token"], items[0]["friendly"], items[0]["used"]) == (
            "hero",
            "hero",
            "Hero",
            0,
        )


async def test_advice_on_aliases_never_keeps_anyone_from_saving(stocked: Client) -> None:
    found = await post(stocked, "alias_check", {})
    assert {issue["code"] for issue in found["aliases"]["a"]} == {"cyclic_alias"}
    drafts = [
        {"name": "my hero", "text": "(a"},
        {"name": "self", "text": "$self$, x"},
        {"name": "ok", "text": "1girl"},
    ]
    found = await post(stocked, "alias_check", {"aliases": drafts})
    assert {issue["code"] for issue in found["aliases"]["my hero"]} >= {
        "unreachable_name",
        "unbalanced_bracket",
    }
    assert {issue["code"] for issue in found["aliases"]["self"]} >= {"cyclic_alias"}
    assert "ok" not in found["aliases"]


async def test_a_file_of_aliases_is_previewed_then_brought_in_and_can_be_taken_back(stocked: Client) -> None:
    body = {"text": "name,category,text\nhero,,other\nnew,Mine,x", "preview": True}
    preview = await post(stocked, "alias_import", body)
    assert (preview["added"], preview["conflicts"], preview["written"]) == (["new"], ["hero"], False)
    assert (await (await stocked.get(f"{API}/aliases")).json())["items"] == ALIASES["items"]
    done = await post(stocked, "alias_import", {**body, "preview": False, "conflicts": "replace"})
    document = await (await stocked.get(f"{API}/aliases")).json()
    assert (document["items"]["hero"], document["items"]["new"]) == ("other", "x")
    assert document["categories"]["new"] == "Mine"
    assert done["undo"]
    assert (await stocked.post(f"{API}/undo", json={"undo": done["undo"]})).status == 200
    assert (await (await stocked.get(f"{API}/aliases")).json())["items"] == ALIASES["items"]


async def test_a_file_that_is_none_is_refused_and_changes_nothing(stocked: Client) -> None:
    response = await stocked.post(f"{API}/alias_import", json={"text": "{", "format": "json"})
    assert (response.status, await error_of(response)) == (400, "invalid_aliases")


@pytest.mark.parametrize(("form", "first"), [("json", "{"), ("csv", "name,category,text"), ("chants", "[")])
async def test_aliases_go_out_as_a_file(stocked: Client, form: str, first: str) -> None:
    response = await stocked.get(f"{API}/alias_export", params={"format": form})
    assert (await response.text()).startswith(first)
    assert "attachment" in response.headers["Content-Disposition"]
    assert (await stocked.get(f"{API}/alias_export", params={"format": "xml"})).status == 400


async def test_a_category_is_changed_only_in_the_version_that_was_read(stocked: Client) -> None:
    url = f"{API}/alias_categories/Mine"
    assert (await stocked.put(url, json={"color": "#112233"})).status == 428
    etag = (await stocked.get(f"{API}/alias_categories")).headers["ETag"]
    assert (await stocked.put(url, json={"color": "red"}, headers={"If-Match": etag})).status == 400
    assert (await stocked.put(url, json={"color": "#112233"}, headers={"If-Match": etag})).status == 200
    assert (await stocked.put(url, json={"order": 1}, headers={"If-Match": etag})).status == 412
    response = await stocked.get(f"{API}/alias_categories")
    shown = {category["name"]: category for category in (await response.json())["categories"]}
    assert (shown["Mine"]["color"], shown["Mine"]["count"]) == ("#112233", 0)
    assert (await stocked.delete(url, headers={"If-Match": response.headers["ETag"]})).status == 200


@pytest.mark.parametrize(
    ("field", "wanted"),
    [
        ({"name": "Prompt"}, True),
        ({"name": "negative_prompt"}, True),
        ({"name": "x", "role": "negative"}, True),
        ({"name": "Text Prefix"}, True),
        ({"name": "notes", "multiline": True}, True),
        ({"name": "Input Image", "value": "output::CozyGen::out_0001.png"}, False),
        ({"name": "Prompt", "value": "output::CozyGen::out_0001.png"}, False),
        ({"name": "Prompt", "value": "x/y.safetensors"}, False),
        ({"name": "Prompt", "value": "a cat, like in cat.png"}, True),
        ({"name": "lora_name"}, False),
        ({"name": "filename_prefix", "multiline": True}, False),
        ({"name": "Prompt", "kind": "choice"}, False),
        ({"name": "Prompt", "value": 7}, False),
        ({"name": "title"}, False),
    ],
)
def test_only_prompts_are_expanded(field: dict[str, Any], wanted: bool) -> None:
    assert is_prompt_field(**field) is wanted


@pytest.mark.parametrize(
    ("node", "name", "value", "wanted"),
    [
        ("CLIPTextEncode", "text", "a", True),
        ("CLIPTextEncodeSDXL", "text_g", "a", True),
        ("TextEncodeQwenImageEdit", "prompt", "a", True),
        ("CLIPTextEncode", "text", ["5", 0], False),
        ("SaveImage", "filename_prefix", "a::b", False),
        ("LoadImage", "image", "output::CozyGen::x.png", False),
    ],
)
def test_only_encoded_text_of_a_node_is_expanded(node: str, name: str, value: Any, wanted: bool) -> None:
    assert is_prompt_input(node, name, value) is wanted
