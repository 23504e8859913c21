from __future__ import annotations

import copy
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cozygen.errors import ConflictError, NotFoundError
from cozygen.storage.document_diff import diff, take_back
from cozygen.storage.undo import KEEP, KEEP_S, Undo
from tests.conftest import Client, error_of

ALIASES = "/cozygen/api/aliases"
PRESETS = "/cozygen/api/workflow_presets"
UNDO = "/cozygen/api/undo"


async def undo(client: Client, token: str) -> Any:
    reply = await client.post(UNDO, json={"undo": token})
    return reply.status, await reply.json()


async def test_a_whole_document_write_is_taken_back_and_done_again(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1", "b": "2"})
    token = (await (await client.post(ALIASES, json={"c": "3"})).json())["undo"]
    status, body = await undo(client, token)
    assert (status, body["status"], body["topic"]) == (200, "ok", "aliases")
    assert await (await client.get(ALIASES)).json() == {"a": "1", "b": "2"}
    assert (await undo(client, body["undo"]))[0] == 200
    assert await (await client.get(ALIASES)).json() == {"c": "3"}


async def test_what_others_changed_since_stays(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    etag = (await client.get(f"{ALIASES}/a")).headers["ETag"]
    reply = await client.patch(f"{ALIASES}/a", json={"text": "new"}, headers={"If-Match": etag})
    token = (await reply.json())["undo"]
    await client.put(f"{ALIASES}/b", json={"text": "another device"})
    assert (await undo(client, token))[0] == 200
    assert await (await client.get(ALIASES)).json() == {"a": "1", "b": "another device"}


async def test_an_entry_that_was_changed_again_is_409_and_stays(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    token = (await (await client.post(ALIASES, json={"a": "2"})).json())["undo"]
    await client.post(ALIASES, json={"a": "3"})
    status, body = await undo(client, token)
    assert (status, body["error"]) == (409, "changed_since")
    assert await (await client.get(ALIASES)).json() == {"a": "3"}


async def test_a_deleted_preset_comes_back_to_its_place(client: Client) -> None:
    ids = []
    for name in ("a", "b", "c"):
        body = {"workflow": "w", "preset": {"name": name, "values": {"n": name}}}
        ids.append((await (await client.post(PRESETS, json=body)).json())["preset"]["id"])
    before = await (await client.get(PRESETS)).json()
    reply = await client.post(PRESETS, json={"workflow": "w", "delete": ids[1]})
    assert (await undo(client, (await reply.json())["undo"]))[0] == 200
    assert await (await client.get(PRESETS)).json() == before


async def test_the_last_change_is_undone_by_the_name_of_its_document(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    await client.post(ALIASES, json={"a": "2"})
    assert (await client.post(UNDO, json={"topic": "aliases"})).status == 200
    assert await (await client.get(ALIASES)).json() == {"a": "1"}


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({}, 400, "missing undo"),
        ({"undo": "no such token"}, 404, "nothing_to_undo"),
        ({"topic": "aliases"}, 404, "nothing_to_undo"),
        ({"undo": 7}, 400, "invalid_request"),
        ({"token": "x"}, 400, "invalid_request"),
    ],
)
async def test_nothing_to_undo(client: Client, body: Any, status: int, code: str) -> None:
    reply = await client.post(UNDO, json=body)
    assert (reply.status, await error_of(reply)) == (status, code)


async def test_a_token_works_once(client: Client) -> None:
    token = (await (await client.post(ALIASES, json={"a": "1"})).json())["undo"]
    assert (await undo(client, token))[0] == 200
    assert (await undo(client, token))[0] == 404


async def test_a_write_that_changed_nothing_offers_nothing(client: Client) -> None:
    await client.post(ALIASES, json={"a": "1"})
    assert "undo" not in await (await client.post(ALIASES, json={"a": "1"})).json()


async def _nothing() -> None:
    return None


async def test_offers_belong_to_their_user_end_after_a_day_and_are_bounded() -> None:
    now = 0.0
    offers = Undo(clock=lambda: now)
    token = offers.offer("anna", "x", _nothing)
    with pytest.raises(NotFoundError):
        await offers.undo("ben", token)
    now = KEEP_S + 1.0
    with pytest.raises(NotFoundError):
        await offers.undo("anna", token)
    tokens = [offers.offer("anna", "x", _nothing) for _ in range(KEEP + 1)]
    with pytest.raises(NotFoundError):
        await offers.undo("anna", tokens[0])
    assert await offers.undo("anna", tokens[-1]) == ("x", None)


LEAVES = st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=3)
THINGS = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abcd"), "v": LEAVES}),
    max_size=4,
    unique_by=lambda thing: thing["id"],
)
VALUES = st.dictionaries(
    st.text("xyz", min_size=1, max_size=2),
    st.recursive(
        LEAVES | THINGS, lambda inner: st.dictionaries(st.text("pq", max_size=2), inner), max_leaves=8
    ),
    max_size=4,
)


def by_id(value: Any) -> Any:
    """Lists of things compare by their ids: their order belongs to the reader."""
    if isinstance(value, dict):
        return {key: by_id(item) for key, item in value.items()}
    if isinstance(value, list) and all(isinstance(item, dict) and "id" in item for item in value):
        return sorted((by_id(item) for item in value), key=lambda item: str(item["id"]))
    return value


@given(VALUES, VALUES)
def test_taking_back_a_diff_gives_what_was_before(before: dict[str, Any], after: dict[str, Any]) -> None:
    value = copy.deepcopy(after)
    take_back(value, diff(before, after))
    assert by_id(value) == by_id(before)


@given(VALUES, VALUES, VALUES)
@example({"xx": None, "x": {"": None}}, {"x": {}}, {})
def test_taking_back_refuses_or_leaves_other_keys_alone(
    before: dict[str, Any], after: dict[str, Any], later: dict[str, Any]
) -> None:
    value = copy.deepcopy(later)
    try:
        take_back(value, diff(before, after))
    except ConflictError:
        assert value == later
    else:
        for key in set(later) - set(before) - set(after):
            assert value[key] == later[key]
