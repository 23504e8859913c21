"""Under a sub-path of a reverse proxy everything works: the app, pictures, streams, sockets, the sign-in."""

from __future__ import annotations

import json
from pathlib import Path
from urllib.parse import urljoin

import pytest
from aiohttp import WSMsgType, WSServerHandshakeError
from PIL import Image
from pytest_aiohttp.plugin import AiohttpClient
from yarl import URL

from tests.auth.logins import LOGIN, NAME, PASSWORD
from tests.conftest import Client, ClientFactory
from tests.host.proxy import proxy

PAGE = "/base/cozygen/"
CREDENTIALS = {"username": NAME, "password": PASSWORD}


@pytest.fixture
def behind(start: ClientFactory, aiohttp_client: AiohttpClient, output: Path) -> object:
    """`await behind(keep_host=False, COZYGEN_…=…)`: a browser's view of a server with one picture."""
    Image.new("RGB", (64, 48), "teal").save(output / "one.png")

    async def make(*, keep_host: bool = True, tls: bool = False, **variables: str) -> Client:
        server = await start(**variables)
        return await aiohttp_client(proxy(URL(str(server.make_url("/"))), keep_host=keep_host, tls=tls))

    return make


@pytest.fixture
async def open_house(behind) -> Client:
    client: Client = await behind()
    return client


@pytest.fixture
async def closed_house(behind) -> Client:
    client: Client = await behind(**LOGIN)
    return client


def _own_origin(client: Client) -> dict[str, str]:
    return {"Origin": str(client.make_url("/").origin())}


async def test_the_page_is_reached_without_its_slash(open_house: Client) -> None:
    answer = await open_house.get("/base/cozygen", allow_redirects=False)
    assert answer.status in (301, 302, 307, 308)
    assert urljoin("/base/cozygen", answer.headers["Location"]) == PAGE


async def test_what_an_answer_names_is_found_below_the_base(open_house: Client) -> None:
    [item] = (await (await open_house.get(f"{PAGE}api/gallery")).json())["items"]
    for key in ("thumb", "url"):
        answer = await open_house.get(urljoin(PAGE, item[key]))
        assert (answer.status, answer.content_type.split("/")[0]) == (200, "image"), key


async def test_the_manifest_and_the_contract_stay_below_the_base(open_house: Client) -> None:
    contract = await (await open_house.get(f"{PAGE}api/openapi.json")).json()
    assert contract["openapi"].startswith("3.1")
    hello = await open_house.get(f"{PAGE}hello")
    assert await hello.json() == {"status": "ok"}


async def test_a_stream_arrives_while_it_is_open(open_house: Client) -> None:
    async with open_house.get(f"{PAGE}api/events", params={"topics": "documents"}) as stream:
        assert stream.status == 200
        assert await stream.content.readline() == b":ok\n"
        changed = await open_house.put(
            f"{PAGE}api/aliases/test:one",
            json={"text": "1girl"},
            headers={"If-None-Match": "*", **_own_origin(open_house)},
        )
        assert changed.status in (200, 201), await changed.text()
        while not (line := await stream.content.readline()).startswith(b"data:"):
            assert line, "the stream ended"
        assert "aliases" in json.loads(line.removeprefix(b"data:"))["document"]


async def test_signing_in_and_out_works_below_the_base(closed_house: Client) -> None:
    assert (await closed_house.get(f"{PAGE}api/gallery")).status == 401
    own = _own_origin(closed_house)
    entered = await closed_house.post(f"{PAGE}api/login", json=CREDENTIALS, headers=own)
    assert entered.status == 200, await entered.text()
    assert (await closed_house.get(f"{PAGE}api/gallery")).status == 200
    [item] = (await (await closed_house.get(f"{PAGE}api/gallery")).json())["items"]
    assert (await closed_house.get(urljoin(PAGE, item["thumb"]))).status == 200
    async with closed_house.get(f"{PAGE}api/events") as stream:
        assert stream.status == 200
    left = await closed_house.post(f"{PAGE}api/logout", headers=own)
    assert left.status == 200
    assert (await closed_house.get(f"{PAGE}api/gallery")).status == 401


async def test_comfyuis_page_leads_to_the_sign_in_below_the_base(closed_house: Client, place: str) -> None:
    if place != "comfyui":
        pytest.skip("the stand-alone server has its own page there")
    answer = await closed_house.get("/base/", headers={"Accept": "text/html"}, allow_redirects=False)
    assert answer.status == 302
    assert urljoin("/base/", answer.headers["Location"]).startswith(f"{PAGE}#/login")


async def test_comfyuis_socket_opens_below_the_base(closed_house: Client, place: str) -> None:
    if place != "comfyui":
        pytest.skip("only ComfyUI has this socket here")
    own = _own_origin(closed_house)
    with pytest.raises(WSServerHandshakeError):
        await closed_house.ws_connect("/base/ws?clientId=a", headers=own)
    await closed_house.post(f"{PAGE}api/login", json=CREDENTIALS, headers=own)
    async with closed_house.ws_connect("/base/ws?clientId=a", headers=own) as socket:
        message = await socket.receive(5)
        assert message.type is WSMsgType.TEXT
        assert json.loads(message.data)["data"]["sid"] == "a"


@pytest.mark.parametrize("origin", ["http://elsewhere.example", "null", "http://127.0.0.1:1"])
async def test_a_24_a_foreign_origin_is_foreign_below_the_base_too(closed_house: Client, origin: str) -> None:
    answer = await closed_house.post(f"{PAGE}api/login", json=CREDENTIALS, headers={"Origin": origin})
    assert answer.status == 403


async def test_a_35_a_trusted_proxy_that_changes_the_host_is_understood(behind, place: str) -> None:
    client = await behind(keep_host=False, tls=True, COZYGEN_TRUSTED_PROXIES="127.0.0.1", **LOGIN)
    origin = str(client.make_url("/").origin())
    answer = await client.post(
        f"{PAGE}api/login", json=CREDENTIALS, headers={"Origin": origin.replace("http:", "https:")}
    )
    if place == "comfyui" and answer.status == 403:
        # ComfyUI's own check compares Host and Origin on loopback names, and knows no proxies.
        assert await answer.text() == ""
        return
    assert answer.status == 200, await answer.text()
    [cookie] = answer.headers.getall("Set-Cookie")
    assert cookie.startswith("__Host-cozygen_token=")
    assert "Secure" in cookie
