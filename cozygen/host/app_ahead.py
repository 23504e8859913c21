"""Serves the app's page before ComfyUI's origin check.

Newer ComfyUI answers 403 with an empty page to whoever follows a link, a QR
code or a home-screen icon from another site. A page that is public, the same
for everybody and cannot be framed may be opened from anywhere.
"""

from __future__ import annotations

from typing import Final

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

PAGES: Final = frozenset({"/cozygen", "/cozygen/", "/api/cozygen", "/api/cozygen/"})


def is_navigation(request: web.Request) -> bool:
    """Whether a person opens the page in a tab: never a script, a form or a frame."""
    headers = request.headers
    return (
        request.method in ("GET", "HEAD")
        and headers.get("Sec-Fetch-Mode") == "navigate"
        and headers.get("Sec-Fetch-Dest") == "document"
    )


def app_ahead() -> Middleware:
    """The middleware; it decides by the matched route, never by the text of the path."""

    @web.middleware
    async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
        resource = request.match_info.route.resource
        if resource is not None and resource.canonical in PAGES and is_navigation(request):
            return await request.match_info.handler(request)
        return await handler(request)

    return middleware
