"""What answers under `/cozygen` while the compiled core (or a library) is not installed.

Knows nothing but aiohttp, because anything else may be what is missing.
"""

from __future__ import annotations

import json

from aiohttp import web


def reply(request: web.Request, sentence: str) -> web.Response:
    """503 in the error shape, or as plain text for a person's browser."""
    headers = {"Cache-Control": "no-store", "Retry-After": "60"}
    if "text/html" in request.headers.get("Accept", ""):
        return web.Response(status=503, text=f"{sentence}\n", headers=headers)
    body = json.dumps({"error": "core_missing", "message": sentence})
    return web.Response(status=503, text=body, content_type="application/json", headers=headers)
