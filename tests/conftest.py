"""Fixtures of every test: folders of their own, and a client of the stand-alone server."""

from __future__ import annotations

import os
from collections.abc import Awaitable, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient
from pytest_aiohttp.plugin import AiohttpClient

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import Settings, load
from tests.host.harness import attached

Client = TestClient[web.Request, web.Application]
ClientFactory = Callable[..., Awaitable[Client]]
CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture
def folders(tmp_path: Path) -> FixedFolders:
    """Empty folders of one server."""
    made = [tmp_path / name for name in ("data", "workflows", "models", "input", "output")]
    for folder in made:
        folder.mkdir()
    data, workflows, models, inputs, output = made
    return FixedFolders(data, workflows, models, inputs, (output,))


@pytest.fixture
def output(folders: FixedFolders) -> Path:
    """The output folder."""
    return folders.output_roots[0]


@pytest.fixture(params=["alone", "comfyui"])
def place(request: pytest.FixtureRequest) -> str:
    """Where CozyGen runs: as its own server, or attached to a (stand-in) ComfyUI."""
    return str(request.param)


@pytest.fixture
def start(
    place: str, aiohttp_client: AiohttpClient, folders: FixedFolders, monkeypatch: pytest.MonkeyPatch
) -> Iterator[ClientFactory]:
    """Start a server with settings given as variables: `await start(COZYGEN_WATCH="no")`."""
    with ExitStack() as stack:

        async def make(**variables: str) -> Client:
            if place == "comfyui":
                return await aiohttp_client(stack.enter_context(attached(folders, variables, monkeypatch)))
            settings: Settings = load({}, variables)
            return await aiohttp_client(create_app(settings, folders))

        yield make


@pytest.fixture
async def client(start: ClientFactory) -> Client:
    """A client of a server without a login, in both places."""
    return await start()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real tag lists and recorded answers; the test is skipped where it is absent."""
    folder = Path(os.environ.get("COZYGEN_TEST_DATA", CHECKOUT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder} (set COZYGEN_TEST_DATA)")
    return folder


async def error_of(response: object) -> str:
    """The error code of a failed reply, after checking that it has the one error shape."""
    body = await response.json()  # type: ignore[attr-defined]  # a client response, kept loose for mocks
    assert set(body) <= {"error", "message", "details"}, body
    assert isinstance(body["error"], str)
    assert body["message"].endswith("."), body
    return str(body["error"])
