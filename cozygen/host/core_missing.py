"""What answers under `/cozygen` while the compiled core (or a library) is not installed.

Knows nothing but aiohttp, because anything else may be what is missing.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable

from aiohttp import web

PATHS = ("/cozygen", "/cozygen/{path:.*}")


def routes(sentence: str) -> list[web.RouteDef]:
    """Routes that answer 503 `core_missing` with the sentence that mends it."""
    handler = _handler(sentence)
    return [web.route("*", path, handler) for path in PATHS]


def _handler(sentence: str) -> Callable[[web.Request], Awaitable[web.StreamResponse]]:
    body = json.dumps({"error": "core_missing", "message": sentence})

    async def core_missing(request: web.Request) -> web.StreamResponse:
        headers = {"Cache-Control": "no-store", "Retry-After": "60"}
        if "text/html" in request.headers.get("Accept", ""):
            return web.Response(status=503, text=f"CozyGen: {sentence}\n", headers=headers)
        return web.Response(status=503, text=body, content_type="application/json", headers=headers)

    return core_missing
