"""Every failure leaves the server in one shape, and nothing unexpected as text."""

from __future__ import annotations

import asyncio
import logging

import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.errors import NotFoundError, TooManyRequestsError
from cozygen.http.border import error_border
from cozygen.http.models import Body, Flag, Query
from cozygen.http.replies import json_reply
from cozygen.http.requests import read_body, read_query
from tests.conftest import Client, error_of


class Paging(Query):
    page: int = 1
    hidden: Flag = False


class Named(Body):
    name: str
    count: int = 0


async def _broken(request: web.Request) -> web.StreamResponse:
    raise RuntimeError("secret detail /home/somebody")


async def _absent(request: web.Request) -> web.StreamResponse:
    raise NotFoundError("No such picture.")


async def _busy(request: web.Request) -> web.StreamResponse:
    raise TooManyRequestsError("Slow down.", retry_after_s=7)


async def _endless(request: web.Request) -> web.StreamResponse:
    reply = web.StreamResponse()
    await reply.prepare(request)
    while True:
        await reply.write(b"x" * 1000)
        await asyncio.sleep(0.01)


async def _paged(request: web.Request) -> web.StreamResponse:
    return json_reply(read_query(request, Paging))


async def _named(request: web.Request) -> web.StreamResponse:
    return json_reply(await read_body(request, Named, limit=1000))


@pytest.fixture
async def echo(aiohttp_client: AiohttpClient) -> Client:
    app = web.Application(middlewares=[error_border()])
    app.router.add_get("/cozygen/broken", _broken)
    app.router.add_get("/cozygen/absent", _absent)
    app.router.add_get("/cozygen/busy", _busy)
    app.router.add_get("/cozygen/paged", _paged)
    app.router.add_post("/cozygen/named", _named)
    app.router.add_get("/elsewhere", _absent)
    return await aiohttp_client(app)


async def test_an_unexpected_error_tells_the_log_and_not_the_client(
    echo: Client, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.ERROR):
        response = await echo.get("/cozygen/broken?token=abc")
    body = await response.json()
    assert response.status == 500
    assert "secret" not in str(body)
    assert body["details"]["request_id"] in caplog.text
    assert "token=abc" not in caplog.text


async def test_a_client_that_leaves_in_the_middle_is_no_error_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    app = web.Application(middlewares=[error_border()])
    app.router.add_get("/cozygen/endless", _endless)
    # Not aiohttp's test server: that one cancels handlers, ComfyUI and `cozygen serve` let them go on.
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    with caplog.at_level(logging.ERROR):
        for _ in range(3):
            reader, writer = await asyncio.open_connection(*runner.addresses[0])
            writer.write(b"GET /cozygen/endless HTTP/1.1\r\nHost: a\r\n\r\n")
            await reader.readexactly(1000)
            writer.close()
        await asyncio.sleep(0.2)
        await runner.cleanup()
    assert caplog.records == []


async def test_a_named_error_has_its_status_code_and_sentence(echo: Client) -> None:
    response = await echo.get("/cozygen/absent")
    assert response.status == 404
    assert await response.json() == {"error": "not found", "message": "No such picture."}


async def test_too_many_requests_say_for_how_long(echo: Client) -> None:
    response = await echo.get("/cozygen/busy")
    assert (response.status, response.headers["Retry-After"]) == (429, "7")


async def test_an_unknown_address_and_a_wrong_method(echo: Client) -> None:
    assert await error_of(await echo.get("/cozygen/nothing")) == "not found"
    wrong = await echo.delete("/cozygen/absent")
    assert (wrong.status, await error_of(wrong)) == (405, "method_not_allowed")
    assert "GET" in wrong.headers["Allow"]


@pytest.mark.parametrize("path", ["/cozygen/a%00b", "/cozygen/a%0d%0ab", "/cozygen/%7f"])
async def test_control_characters_in_the_address(echo: Client, path: str) -> None:
    response = await echo.get(path)
    assert (response.status, await error_of(response)) == (400, "invalid path")


@pytest.mark.parametrize("query", ["page=x", "page=1.5", "page=", "hidden=2", "hidden=", "hidden=ja"])
async def test_a_query_of_the_wrong_type_names_the_parameter(echo: Client, query: str) -> None:
    response = await echo.get("/cozygen/paged?" + query)
    assert response.status == 400
    assert query.split("=")[0] in (await response.json())["details"]["fields"]


@pytest.mark.parametrize(
    ("word", "meaning"),
    [("1", True), ("YES", True), ("On", True), ("true", True), ("0", False), ("No", False), ("OFF", False)],
)
async def test_booleans_in_any_case(echo: Client, word: str, meaning: bool) -> None:
    assert (await (await echo.get("/cozygen/paged?hidden=" + word)).json())["hidden"] is meaning


async def test_unknown_parameters_are_ignored_and_the_first_of_two_counts(echo: Client) -> None:
    response = await echo.get("/cozygen/paged?page=3&page=4&what=ever")
    assert (await response.json())["page"] == 3


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"{", 400),
        (b"[]", 400),
        (b"null", 400),
        (b"7", 400),
        (b"", 400),
        (b'{"name": 1}', 400),
        (b'{"name": "a", "count": "1"}', 400),
        (b'{"name": "a", "count": true}', 400),
        (b'{"name": "a", "other": 1}', 400),
        (b'{"name": "' + b"a" * 2000 + b'"}', 413),
        (b'{"name": "a", "count": 2}', 200),
    ],
)
async def test_bodies(echo: Client, body: bytes, status: int) -> None:
    response = await echo.post("/cozygen/named", data=body, headers={"Content-Type": "application/json"})
    assert response.status == status
    if status != 200:
        await error_of(response)


async def test_a_body_without_a_length_is_limited_too(echo: Client) -> None:
    async def endless() -> object:
        for _ in range(100):
            yield b" " * 100

    response = await echo.post("/cozygen/named", data=endless(), headers={"Content-Type": "application/json"})
    assert (response.status, await error_of(response)) == (413, "payload_too_large")


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
async def test_a_body_that_a_plain_form_could_send_is_refused(echo: Client, kind: str) -> None:
    response = await echo.post("/cozygen/named", data=b'{"name": "a"}', headers={"Content-Type": kind})
    assert (response.status, await error_of(response)) == (415, "unsupported_media_type")


async def test_other_peoples_paths_are_left_alone(echo: Client) -> None:
    response = await echo.get("/nowhere")
    assert response.status == 404
    assert response.content_type == "text/plain"
