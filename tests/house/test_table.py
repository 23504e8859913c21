"""The table is the truth: what it does not decide cannot exist."""

from __future__ import annotations

import pytest
from aiohttp import web
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.api import ENDPOINTS
from cozygen.app import routes
from cozygen.auth import Guard, Session, guard_middleware
from cozygen.http.border import error_border
from cozygen.http.endpoint import Access, Endpoint
from cozygen.http.server_endpoints import hello
from tests.conftest import Client, error_of


def test_no_row_stands_twice() -> None:
    keys = [(row.method, row.path) for row in ENDPOINTS]
    assert len(keys) == len(set(keys))
    assert len(keys) >= 10, "the table is there"


def test_every_row_says_what_it_is_for() -> None:
    assert all(row.summary for row in ENDPOINTS)


def test_a_row_without_access_cannot_be_made() -> None:
    with pytest.raises(TypeError):
        Endpoint("GET", "/cozygen/x", hello)  # type: ignore[call-arg]  # this is what must not work
    with pytest.raises(TypeError, match="who may call"):
        Endpoint("GET", "/cozygen/x", hello, None, "x")  # type: ignore[arg-type]  # nor this


@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/api/cozygen/x"), ("GET", "/other"), ("TRACE", "/cozygen/x")]
)
def test_a_row_that_is_not_ours_cannot_be_made(method: str, path: str) -> None:
    with pytest.raises(ValueError, match="not a row"):
        Endpoint(method, path, hello, Access.PUBLIC, "x")  # type: ignore[arg-type]  # nor this


class _OneViewer:
    """A login with one session that may only look."""

    def enabled(self) -> bool:
        return True

    def find(self, token: str) -> Session | None:
        return Session("ann", Access.VIEW) if token == "good" else None

    def closed_because(self) -> str:
        return ""

    def by_id(self, session_id: str) -> Session | None:
        return None

    def is_alive(self, session_id: str) -> bool:
        return True


@pytest.fixture
async def guarded(aiohttp_client: AiohttpClient) -> Client:
    rows = [
        Endpoint("GET", "/cozygen/hello", hello, Access.PUBLIC, "open"),
        Endpoint("GET", "/cozygen/look", hello, Access.VIEW, "look"),
        Endpoint("POST", "/cozygen/look", hello, Access.DELETE, "remove"),
    ]
    app = web.Application(middlewares=[guard_middleware(Guard(rows, _OneViewer())), error_border()])
    app.add_routes(routes(rows))
    app.router.add_get("/api/cozygen/look", hello)
    app.router.add_get("/added/later", hello)
    return await aiohttp_client(app)


GOOD = {"Authorization": "Bearer good"}


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/cozygen/hello", {}, 200),
        ("GET", "/cozygen/look", {}, 401),
        ("HEAD", "/cozygen/look", {}, 401),
        ("GET", "/cozygen/look", {"Authorization": "Bearer bad"}, 401),
        ("GET", "/cozygen/look", {"Authorization": "Basic good"}, 401),
        ("GET", "/cozygen/look", {"Cookie": "cozygen_token=bad"}, 401),
        ("GET", "/cozygen/look", {"Cookie": "cozygen_token=good"}, 200),
        ("GET", "/cozygen/look", GOOD, 200),
        ("HEAD", "/cozygen/look", GOOD, 200),
        ("GET", "/api/cozygen/look", {}, 401),
        ("GET", "/api/cozygen/look", GOOD, 200),
        ("POST", "/cozygen/look", GOOD, 403),
        ("GET", "/added/later", {}, 401),
        ("GET", "/added/later", GOOD, 403),
        ("GET", "/nowhere", {}, 401),
        ("DELETE", "/cozygen/hello", {}, 401),
    ],
)
async def test_with_a_login_everything_that_is_not_public_is_closed(
    guarded: Client, method: str, path: str, headers: dict[str, str], status: int
) -> None:
    answer = await guarded.request(method, path, headers=headers)
    assert answer.status == status
    if status >= 400 and method != "HEAD":
        assert await error_of(answer) == ("unauthorized" if status == 401 else "forbidden")
