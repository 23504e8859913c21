"""Answers what no row of the table answers, before ComfyUI's catch-all for static files would."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web
from aiohttp.typedefs import Handler

from cozygen.host.addresses import Address

PATH = "/cozygen/{path:.*}"


def no_such_address(rows: Iterable[Address]) -> Handler:
    """A handler for GET: 405 where another method has a row, else 404."""
    known = tuple(rows)

    async def handler(request: web.Request) -> web.StreamResponse:
        from cozygen.host.route_pattern import pattern

        path = request.path.removeprefix("/api")
        methods = {method for method, row in known if pattern(row).fullmatch(path)}
        if methods:
            raise web.HTTPMethodNotAllowed(request.method, methods)
        raise web.HTTPNotFound

    return handler
