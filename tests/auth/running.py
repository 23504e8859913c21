"""What the tests reach inside a running server."""

from __future__ import annotations

from aiohttp import web
from aiohttp.test_utils import TestServer

from cozygen.accounts.endpoints import ACCOUNTS
from cozygen.accounts.service import Accounts
from tests.conftest import Client


def application(client: Client) -> web.Application:
    assert isinstance(client.server, TestServer)
    return client.server.app


def accounts(client: Client) -> Accounts:
    return application(client)[ACCOUNTS]
