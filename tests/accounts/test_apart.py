"""What one account, one device and one request have to do with another: nothing."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from cozygen.host.folders import FixedFolders
from cozygen.storage.json_document import JsonDocument
from tests.auth.logins import LOGIN, OnDisk, bearer, sign_in
from tests.conftest import Client, ClientFactory

PRESETS = "/cozygen/api/workflow_presets"
EVENTS = "/cozygen/api/events"


@pytest.fixture
async def server(start: ClientFactory, folders: FixedFolders) -> Client:
    OnDisk(folders.data).add_user("bob")
    return await start(**LOGIN)


async def _presets(server: Client, headers: dict[str, str]) -> list[Any]:
    answer = await server.get(PRESETS, params={"workflow": "a.json"}, headers=headers)
    found: list[Any] = (await answer.json())["presets"]
    return found


async def test_a_47_presets_of_another_account_cannot_be_read_or_changed(server: Client) -> None:
    ann, bob = bearer(await sign_in(server)), bearer(await sign_in(server, "bob"))
    body = {"workflow": "a.json", "preset": {"name": "secret", "values": {"steps": 20}}}
    made = (await (await server.post(PRESETS, json=body, headers=ann)).json())["preset"]

    assert await _presets(server, bob) == []
    one, of = f"{PRESETS}/{made['id']}", {"workflow": "a.json"}
    assert (await server.get(one, params=of, headers=bob)).status == 404
    etag = (await server.get(one, params=of, headers=ann)).headers["ETag"]
    stolen = {**bob, "If-Match": etag}
    for method, sent in (("DELETE", None), ("PATCH", {"name": "mine"})):
        answer = await server.request(method, one, params=of, json=sent, headers=stolen)
        assert answer.status == 404
    # By the old way: by id, by name, and under a name of somebody else's account.
    await server.post(PRESETS, json={"workflow": "a.json", "delete": made["id"]}, headers=bob)
    other = {"name": "secret", "values": {"steps": 1}, "id": made["id"]}
    await server.post(PRESETS, json={"workflow": "a.json", "preset": other}, headers=bob)
    await server.get(PRESETS, params={"workflow": "a.json", "user": "ann"}, headers=bob)

    assert [preset["values"] for preset in await _presets(server, ann)] == [{"steps": 20}]
    assert [preset["values"] for preset in await _presets(server, bob)] == [{"steps": 1}]


async def test_a_10_the_event_stream_opens_by_cookie_or_bearer_and_by_nothing_in_the_address(
    server: Client,
) -> None:
    token = await sign_in(server)
    for headers in (bearer(token), {"Cookie": f"cozygen_token={token}"}):
        async with server.get(EVENTS, headers=headers) as stream:
            assert stream.status == 200
            assert await stream.content.readline() == b":ok\n"
    for name in ("token", "access_token", "cozygen_token", "ticket", "auth"):
        answer = await server.get(EVENTS, params={name: token, "topics": "gallery"})
        assert answer.status == 401, name


async def test_a_51_a_request_that_runs_may_end_when_its_session_is_revoked(
    server: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()
    token = await sign_in(server)
    real = JsonDocument.read

    async def slow(self: JsonDocument) -> Any:
        reached.set()
        await go_on.wait()
        return await real(self)

    monkeypatch.setattr(JsonDocument, "read", slow)
    running = asyncio.create_task(_presets(server, bearer(token)))
    await asyncio.wait_for(reached.wait(), 5)
    await server.post("/cozygen/api/logout", headers=bearer(token))
    go_on.set()
    assert await asyncio.wait_for(running, 5) == []
    assert (await server.get("/cozygen/api/sessions", headers=bearer(token))).status == 401
