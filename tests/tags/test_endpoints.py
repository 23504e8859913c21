"""The tags over HTTP: the predecessor's fields, the new ones, and what is refused."""

from __future__ import annotations

from pathlib import Path

import pytest

from cozygen.host.folders import FixedFolders
from tests.conftest import Client, ClientFactory, error_of
from tests.tags.conftest import SMALL

OLD_FIELDS = {"items", "total", "limit", "offset", "q", "category", "sort"}


@pytest.fixture
async def tagged(start: ClientFactory, folders: FixedFolders) -> Client:
    """A server whose owner dropped one list into `tags/`."""
    (folders.data / "tags").mkdir()
    (folders.data / "tags" / "mine.csv").write_text(SMALL, encoding="utf-8")
    return await start()


async def found(client: Client, query: str) -> dict[str, object]:
    answer = await client.get(
        "/cozygen/api/tags/search", params=dict(p.split("=", 1) for p in query.split("&"))
    )
    assert answer.status == 200, await answer.text()
    body: dict[str, object] = await answer.json()
    return body


async def test_a_fresh_install_suggests_at_once(client: Client) -> None:
    body = await found(client, "q=long h")
    assert body["items"][0]["tag"] == "long_hair"  # type: ignore[index]  # JSON
    assert body["items"][0]["source"] == "starter"  # type: ignore[index]  # JSON
    words = await found(client, "q=masterp")
    assert words["items"][0]["tag"] == "masterpiece"  # type: ignore[index]  # JSON
    assert words["items"][0]["note"] == "Quality word"  # type: ignore[index]  # JSON


async def test_search_has_the_old_fields_and_the_new_ones(tagged: Client) -> None:
    body = await found(tagged, "q= BLUE ey &limit=2")
    assert set(body) >= OLD_FIELDS
    assert (body["q"], body["limit"], body["offset"], body["total_is_exact"]) == ("blue ey", 2, 0, True)
    first = body["items"][0]  # type: ignore[index]  # JSON
    assert first == {
        "tag": "blue_eyes",
        "count": 1800000,
        "category": "general",
        "source": "mine",
        "sources": ["mine", "starter"],
        "match": "prefix",
        "nsfw": False,
    }


async def test_an_alias_answers_with_its_tag(tagged: Client) -> None:
    first = (await found(tagged, "q=boobs"))["items"][0]  # type: ignore[index]  # JSON
    assert (first["tag"], first["alias"], first["match"]) == ("breasts", "boobs", "exact")


async def test_categories_are_counted(tagged: Client) -> None:
    body = await (await tagged.get("/cozygen/api/tags/categories")).json()
    keys = [entry["key"] for entry in body["categories"]]
    assert {"general", "character", "copyright", "artist", "quality"} <= set(keys)
    assert all(entry["count"] == entry["actual"] > 0 for entry in body["categories"])
    counts = [entry["count"] for entry in body["categories"]]
    assert counts == sorted(counts, reverse=True)
    assert body["total"] == sum(counts)


async def test_one_category_or_several(tagged: Client) -> None:
    one = await found(tagged, "q=&category=character&limit=9")
    assert {item["category"] for item in one["items"]} == {"character"}  # type: ignore[attr-defined]  # JSON
    two = await found(tagged, "q=&categories=artist, copyright&limit=9")
    assert {item["category"] for item in two["items"]} == {"artist", "copyright"}  # type: ignore[attr-defined]
    unknown = await found(tagged, "q=a&category=nonsense")
    assert (unknown["items"], unknown["total"], unknown["category"]) == ([], 0, "nonsense")


@pytest.mark.parametrize(
    ("query", "limit", "offset"),
    [
        ("limit=0", 1, 0),
        ("limit=9999", 200, 0),
        ("limit=many", 80, 0),
        ("limit=-1", 1, 0),
        ("offset=-7", 80, 0),
        ("offset=x", 80, 0),
        ("limit=1e3", 80, 0),
        ("limit=NaN&offset=", 80, 0),
        ("limit=٣", 3, 0),
    ],
)
async def test_h_35_odd_numbers_are_brought_into_range(
    tagged: Client, query: str, limit: int, offset: int
) -> None:
    body = await found(tagged, "q=a&" + query)
    assert (body["limit"], body["offset"]) == (limit, offset)


@pytest.mark.parametrize("query", ["nsfw=perhaps", "used=maybe", "cursor=%%%", "cursor=abc"])
async def test_what_cannot_be_meant_is_refused(tagged: Client, query: str) -> None:
    await found(tagged, "q=a")
    answer = await tagged.get(f"/cozygen/api/tags/search?q=a&{query}")
    assert answer.status == 400
    await error_of(answer)


async def test_a_cursor_leads_through_all_pages(tagged: Client) -> None:
    whole = [item["tag"] for item in (await found(tagged, "q=a&source=mine&limit=200"))["items"]]  # type: ignore[attr-defined]
    pages, cursor = [], ""
    while True:
        body = await found(tagged, f"q=a&source=mine&limit=7&cursor={cursor}")
        pages += [item["tag"] for item in body["items"]]  # type: ignore[attr-defined]  # JSON
        if not body["cursor"]:
            break
        cursor = str(body["cursor"])
    assert pages == whole


async def test_a_cursor_of_older_lists_is_reset(tagged: Client, folders: FixedFolders) -> None:
    cursor = (await found(tagged, "q=a&limit=2"))["cursor"]
    (folders.data / "tags" / "more.txt").write_text("banana\n", encoding="utf-8")
    await refreshed(tagged)
    answer = await tagged.get("/cozygen/api/tags/search", params={"q": "a", "cursor": str(cursor)})
    assert (answer.status, await error_of(answer)) == (409, "reset")


async def refreshed(client: Client) -> None:
    """Look at the lists now instead of within two seconds."""
    from cozygen.tags.endpoints import TAGS

    assert client.app is not None
    await client.app[TAGS].refreshed()


async def test_validate_knows_aliases_spellings_quality_words_and_syntax(tagged: Client) -> None:
    texts = [
        "Blue Eyes",
        "boobs",
        "masterpiece",
        "(smile:1.2)",
        "nude",
        r"saber \(fate\)",
        "@wlop",
        "<lora:a:1>",
    ]
    answer = await tagged.post("/cozygen/api/tags/validate", json={"tags": texts})
    assert await answer.json() == {"invalid": [], "suggestions": {}, "canonical": {"boobs": "breasts"}}


async def test_validate_suggests_what_was_meant(tagged: Client) -> None:
    answer = await tagged.post(
        "/cozygen/api/tags/validate", json={"tags": ["logn hair", "twintals", "logn hair"]}
    )
    body = await answer.json()
    assert body["invalid"] == ["logn hair", "twintals"]
    assert body["suggestions"]["logn hair"][0] == "long_hair"
    assert body["suggestions"]["twintals"][0] == "twintails"
    assert all(len(names) <= 8 for names in body["suggestions"].values())


@pytest.mark.parametrize("tags", [None, "", 0, {}, []])
async def test_validating_nothing_is_fine(tagged: Client, tags: object) -> None:
    answer = await tagged.post("/cozygen/api/tags/validate", json={"tags": tags})
    assert (await answer.json())["invalid"] == []


@pytest.mark.parametrize("tags", ["a string", 7, {"a": 1}, True])
async def test_validating_what_is_no_list_is_refused(tagged: Client, tags: object) -> None:
    answer = await tagged.post("/cozygen/api/tags/validate", json={"tags": tags})
    assert (answer.status, await error_of(answer)) == (400, "tags must be a list")


async def test_validate_passes_over_what_is_no_text_and_caps_the_list(tagged: Client) -> None:
    mixed: dict[str, object] = {"tags": [1, None, [], "  ", "zzzqqq", "ZZZQQQ", "\ud800"]}
    answer = await tagged.post("/cozygen/api/tags/validate", data=_escaped(mixed), headers=JSON)
    assert (await answer.json())["invalid"] == ["zzzqqq"]
    many = await tagged.post("/cozygen/api/tags/validate", json={"tags": [f"t{i}" for i in range(2001)]})
    assert many.status == 400


JSON = {"Content-Type": "application/json"}


def _escaped(value: object) -> bytes:
    import json

    return json.dumps(value).encode("ascii")


@pytest.mark.parametrize("body", [b"{", b"\xff", b"[" * 100_000])
async def test_a_body_that_is_no_json_is_refused(tagged: Client, body: bytes) -> None:
    answer = await tagged.post("/cozygen/api/tags/validate", data=body, headers=JSON)
    assert answer.status == 400


async def test_10_kb_and_surrogates_in_the_query_are_answered(tagged: Client) -> None:
    assert (await found(tagged, "q=" + "x" * 3_000))["items"] == []
    answer = await tagged.get("/cozygen/api/tags/search?q=%ED%A0%80%00")
    assert answer.status in (200, 400)


async def test_a_list_that_is_dropped_in_is_used_without_restart(
    client: Client, folders: FixedFolders
) -> None:
    assert "zorkmid" not in str((await found(client, "q=zorkmid"))["items"])
    (folders.data / "tags" / "new.txt").write_text("zorkmid\n", encoding="utf-8")
    await refreshed(client)
    assert (await found(client, "q=zorkmid"))["items"][0]["source"] == "new"  # type: ignore[index]  # JSON


async def test_a_list_that_vanishes_or_breaks_leaves_the_rest_serving(
    tagged: Client, folders: FixedFolders
) -> None:
    await found(tagged, "q=miku")
    mine = folders.data / "tags" / "mine.csv"
    mine.unlink()
    await refreshed(tagged)
    assert (await found(tagged, "q=long_hair"))["items"][0]["source"] == "starter"  # type: ignore[index]  # JSON
    mine.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(5000))
    await refreshed(tagged)
    assert (await found(tagged, "q=long_hair"))["total"]
    health = await (await tagged.get("/cozygen/api/health")).json()
    assert health["parts"]["tags"]["state"] == "warning"
    assert "mine" in health["parts"]["tags"]["message"]


@pytest.mark.parametrize("damage", ["truncated", "flipped", "empty", "foreign"])
async def test_a_damaged_cache_is_built_again(
    start: ClientFactory, folders: FixedFolders, damage: str
) -> None:
    first = await start()
    await found(first, "q=long")
    cache = folders.data / "tags" / ".compiled.tags"
    whole = cache.read_bytes()
    # Never in place: the first server has the file mapped.
    cache.unlink()
    cache.write_bytes(_damaged(whole, damage))
    second = await start()
    assert (await found(second, "q=long h"))["items"][0]["tag"] == "long_hair"  # type: ignore[index]  # JSON
    assert cache.read_bytes() == whole


def _damaged(whole: bytes, damage: str) -> bytes:
    flipped = bytearray(whole)
    flipped[len(whole) // 2] ^= 1
    return {"truncated": whole[:-1000], "flipped": bytes(flipped), "empty": b"", "foreign": b"x" * 5000}[
        damage
    ]


async def test_without_a_folder_to_keep_the_cache_in_tags_still_work(
    start: ClientFactory, folders: FixedFolders, tmp_path: Path
) -> None:
    (folders.data / "tags").write_text("a file where the folder should be", encoding="utf-8")
    client = await start()
    assert (await found(client, "q=long h"))["items"][0]["tag"] == "long_hair"  # type: ignore[index]  # JSON
