"""The contract as the server gives it out: the OpenAPI document, built when first asked for."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence

from aiohttp import web

from cozygen.http.endpoint import Endpoint
from cozygen.http.openapi import document
from cozygen.http.replies import json_reply
from cozygen.storage import json_text


class Contract:
    """The document of a table, as JSON bytes."""

    def __init__(self, rows: Sequence[Endpoint]) -> None:
        self._rows = rows

    @functools.cached_property
    def json(self) -> bytes:
        """The OpenAPI document."""
        return json_text.dumps(document(self._rows))


CONTRACT: web.AppKey[Contract] = web.AppKey("contract", Contract)


async def openapi(request: web.Request) -> web.StreamResponse:
    """The OpenAPI 3.1 document of this server, made from its table of endpoints."""
    contract = request.config_dict[CONTRACT]
    return json_reply(await asyncio.to_thread(lambda: contract.json))
