"""A-45: a link works without a cookie for a minute, for one file only, while its session lives."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from cozygen.accounts.endpoints import GUARD
from cozygen.host.folders import FixedFolders
from cozygen.http.signed_links import SignedLinks
from tests.auth.logins import LOGIN, OnDisk, bearer, sign_in
from tests.auth.running import application
from tests.conftest import Client, ClientFactory, error_of

SIGN = "/cozygen/api/media/sign"


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0

    def __call__(self) -> float:
        return self.now


def _picture(folder: Path, name: str) -> None:
    Image.new("RGB", (40, 30), "teal").save(folder / name)


@pytest.fixture
async def server(start: ClientFactory, folders: FixedFolders, output: Path) -> Client:
    for name in ("one.png", "a b+&é.png"):
        _picture(output, name)
    OnDisk(folders.data).add_user("bob")
    return await start(**LOGIN)


@pytest.fixture
def clock(server: Client) -> Clock:
    clock = Clock()
    application(server)[GUARD].links = SignedLinks(clock)
    return clock


async def _items(server: Client, token: str) -> dict[str, dict[str, str]]:
    answer = await server.get("/cozygen/api/gallery", headers=bearer(token))
    return {item["filename"]: item for item in (await answer.json())["items"]}


async def _signed(server: Client, token: str, url: str) -> str:
    answer = await server.post(SIGN, json={"url": url}, headers=bearer(token))
    assert answer.status == 200, await answer.text()
    body = await answer.json()
    assert body["expires_in"] == 60
    return f"/cozygen/{body['url']}"


async def _link(server: Client, token: str, name: str = "one.png", key: str = "url") -> str:
    return await _signed(server, token, (await _items(server, token))[name][key])


@pytest.mark.parametrize("name", ["one.png", "a b+&é.png"])
@pytest.mark.parametrize("key", ["url", "thumb"])
async def test_a_45_a_signed_link_opens_its_file_without_a_cookie(
    server: Client, name: str, key: str
) -> None:
    token = await sign_in(server)
    link = await _link(server, token, name, key)
    assert (await server.get(link.rsplit("&sig=", 1)[0])).status == 401
    answer = await server.get(link)
    assert answer.status == 200
    assert answer.content_type.startswith("image/")
    assert (await server.head(link)).status == 200
    part = await server.get(link, headers={"Range": "bytes=0-3"})
    assert part.status in (200, 206)
    assert token not in link


async def test_a_45_the_api_twin_of_a_link_is_the_same_file(server: Client, place: str) -> None:
    link = await _link(server, await sign_in(server))
    assert (await server.get(f"/api{link}")).status == (200 if place == "comfyui" else 401)


def _other_query(link: str) -> str:
    return link.replace("?v=", "?w=1&v=") if "?v=" in link else f"{link}&w=1"


def _another_version(link: str) -> str:
    return link.replace("v=", "v=0", 1)


def _bit_flip(link: str) -> str:
    return link[:-2] + chr(ord(link[-2]) ^ 1) + link[-1]


def _cut(link: str) -> str:
    return link[:-1]


def _unsigned(link: str) -> str:
    return link.rsplit(".", 1)[0]


def _empty(link: str) -> str:
    return link.rsplit("sig=", 1)[0] + "sig="


def _strange(link: str) -> str:
    return link.rsplit("sig=", 1)[0] + "sig=%C3%A9.%00.%F0%9F%90%88"


def _doubled(link: str) -> str:
    return link.replace("sig=", "sig=x&sig=")


@pytest.mark.parametrize(
    "change", [_other_query, _another_version, _bit_flip, _cut, _unsigned, _empty, _strange, _doubled]
)
async def test_a_45_a_changed_link_opens_nothing(server: Client, change: Callable[[str], str]) -> None:
    link = await _link(server, await sign_in(server))
    assert change(link) != link
    answer = await server.get(change(link))
    assert answer.status == 401
    assert await error_of(answer) == "unauthorized"


async def test_a_45_a_signature_opens_no_other_path(server: Client) -> None:
    token = await sign_in(server)
    link = await _link(server, token)
    query = link.split("?", 1)[1]
    other = (await _items(server, token))["a b+&é.png"]["url"].split("?")[0]
    for path in (other, "thumb", "api/gallery", "api/sessions", "api/health/full"):
        assert (await server.get(f"/cozygen/{path}?{query}")).status in (401, 404), path
    assert (await server.get(f"/cozygen/{other}?{query}")).status == 401
    for path in ("/queue", "/view", "/ws", "/history"):
        assert (await server.get(f"{path}?{query}")).status in (401, 404), path
    assert (await server.get(f"/cozygen/api/sessions?{query}")).status == 401


async def test_a_45_a_signature_of_another_session_is_none(server: Client) -> None:
    ann, bob = await sign_in(server), await sign_in(server, "bob")
    mine, other = await _link(server, ann), await _link(server, bob)
    swapped = mine.replace(_session_of(mine), _session_of(other))
    assert swapped != mine
    assert (await server.get(swapped)).status == 401
    assert (await server.get(other)).status == 200


def _session_of(link: str) -> str:
    return link.rsplit("sig=", 1)[1].split(".")[0]


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (60, 200), (61, 401), (86_400, 401), (-5, 401)])
async def test_a_45_a_link_lasts_a_minute(server: Client, clock: Clock, seconds: int, status: int) -> None:
    link = await _link(server, await sign_in(server))
    clock.now += seconds
    assert (await server.get(link)).status == status


@pytest.mark.parametrize("how", ["signed_out", "revoked", "removed", "restarted"])
async def test_a_45_a_link_ends_with_its_session(server: Client, folders: FixedFolders, how: str) -> None:
    token, admin = await sign_in(server, "bob"), await sign_in(server)
    link = await _link(server, token)
    assert (await server.get(link)).status == 200
    if how == "signed_out":
        await server.post("/cozygen/api/logout", headers=bearer(token))
    elif how == "revoked":
        await server.delete(f"/cozygen/api/sessions/{_session_of(link)}", headers=bearer(admin))
    elif how == "removed":
        OnDisk(folders.data).remove_user("bob")
        await application(server)[GUARD].sessions.refresh()  # type: ignore[attr-defined]  # the real accounts
    else:
        application(server)[GUARD].links = SignedLinks()
    assert (await server.get(link)).status == 401


async def test_a_45_a_link_only_shows(server: Client) -> None:
    link = await _link(server, await sign_in(server))
    for method in ("POST", "PUT", "PATCH", "DELETE"):
        assert (await server.request(method, link)).status in (401, 405), method
    # An administrator's link signs no further links and opens no stream.
    query = link.split("?", 1)[1]
    assert (await server.post(f"{SIGN}?{query}", json={"url": "thumb"})).status == 401
    assert (await server.get(f"/cozygen/api/events?{query}")).status == 401


@pytest.mark.parametrize(
    "url",
    [
        "",
        "api/gallery",
        "/queue",
        "//elsewhere.example/cozygen/media/x",
        "https://elsewhere.example/cozygen/media/x",
        "javascript:alert(1)",
        "media/../api/sessions",
        "media/a/b",
        "media/",
        "thumbs",
        "http://[",
        "../view?filename=x",
    ],
)
async def test_a_45_links_are_made_for_pictures_only(server: Client, url: str) -> None:
    answer = await server.post(SIGN, json={"url": url}, headers=bearer(await sign_in(server)))
    assert answer.status == 400
    assert await error_of(answer) in ("invalid_url", "invalid_body", "invalid_request")


async def test_a_45_a_stranger_gets_no_link(server: Client) -> None:
    assert (await server.post(SIGN, json={"url": "media/x"})).status == 401


async def test_a_45_signing_twice_keeps_one_signature(server: Client) -> None:
    token = await sign_in(server)
    link = await _link(server, token)
    again = await _signed(server, token, link.removeprefix("/cozygen/"))
    assert again.count("sig=") == 1
    assert (await server.get(again)).status == 200


async def test_without_a_login_a_link_needs_no_signature(start: ClientFactory, output: Path) -> None:
    _picture(output, "one.png")
    client = await start()
    answer = await client.post(SIGN, json={"url": "thumb?filename=one.png"})
    assert await answer.json() == {"url": "thumb?filename=one.png", "expires_in": None}


async def test_a_45_a_viewers_api_token_may_make_links(server: Client) -> None:
    made = await server.post(
        "/cozygen/api/tokens", json={"name": "tv", "access": "view"}, headers=bearer(await sign_in(server))
    )
    token = (await made.json())["token"]
    assert (await server.get(await _link(server, token))).status == 200
