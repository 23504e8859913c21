"""Answers that are found without a thread are the same, and nonsense over HTTP hurts nobody."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pytest

from cozygen.tags.library import Loaded
from cozygen.tags.search import Search, search, search_at_once
from cozygen_core import TagIndex
from tests.conftest import Client

Build = Callable[..., TagIndex]
SEARCH = "/cozygen/api/tags/search"


@pytest.fixture
def loaded(build: Build) -> Loaded:
    rows = [
        f"{kind}_hair_{number},{number % 2},{900 - number},"
        for number in range(60)
        for kind in ("long", "red")
    ]
    return Loaded(build("\n".join([*rows, "nude_hair,0,5,", "solo,0,1,"])), (), 7)


@pytest.mark.parametrize("typed", ["", "l", "long", "hair", "hair long", "air_1", "LONG hair", "red_hair_1"])
@pytest.mark.parametrize(("limit", "offset"), [(5, 0), (20, 0), (20, 20), (100, 100)])
def test_what_is_found_at_once_is_what_a_search_finds(
    loaded: Loaded, typed: str, limit: int, offset: int
) -> None:
    query = Search(q=typed, limit=limit, offset=offset, count_to=0)
    used = {"long_hair_3": 2}
    answer = search_at_once(loaded, query, used)
    assert answer is not None
    assert answer == search(loaded, query, used)


@pytest.mark.parametrize(
    "change",
    [
        {"q": "solo"},
        {"q": "lnog_hair_1"},
        {"q": ""} | {"categories": ("artist",)},
        {"sources": ("list",)},
        {"min_count": 5},
        {"q": "long*"},
        {"sort": "count"},
        {"count_to": 1000},
        {"limit": 150, "offset": 60},
    ],
)
def test_what_may_take_longer_is_left_to_a_thread(loaded: Loaded, change: dict[str, object]) -> None:
    # `change` is one of several fields, each of a type of its own.
    query = dataclasses.replace(Search(q="long", limit=20, count_to=0), **change)  # type: ignore[arg-type]
    assert search_at_once(loaded, query, {}) is None


@pytest.mark.parametrize(
    ("typed", "statuses"),
    [
        ("q=", {200}),
        ("q=" + "x" * 7_000, {200}),
        ("q=" + "a%20" * 3_000, {400, 413, 414, 431}),
        ("q=" + "x" * 10_240, {400, 413, 414, 431}),
        ("q=%01%02%1b%7f", {200}),
        ("q=long%00hair", {200}),
        ("q=%22long%20hair", {200}),
        ("q=%22%22%22", {200}),
        ("q=((a%2B)%2B)%2B$%5C%7C[^", {200}),
        ("q=%ED%A0%80%ED%B0%80", {200}),
        ("q=%FF%FE", {200}),
        ("q=%F0%9F%99%82", {200}),
        ("q=long&q=short&limit=1&limit=x", {200}),
    ],
)
async def test_f_06_nonsense_is_answered_and_the_next_question_too(
    client: Client, typed: str, statuses: set[int]
) -> None:
    answer = await client.get(f"{SEARCH}?{typed}")
    assert answer.status in statuses
    body = await (await client.get(f"{SEARCH}?q=long h")).json()
    assert body["items"][0]["tag"] == "long_hair"


@pytest.mark.parametrize(
    "text", ["x" * 10_240, "long " * 2_000, "\x00\x1b", '"' * 99, "((((a+)+)+", "\ud800"]
)
async def test_f_06_nonsense_is_judged_too(client: Client, text: str) -> None:
    await client.get(f"{SEARCH}?q=long")
    answer = await client.post("/cozygen/api/tags/validate", json={"tags": [text, "long hair"]})
    assert answer.status == 200
    assert "long hair" not in (await answer.json())["invalid"]
