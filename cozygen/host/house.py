"""What answers inside ComfyUI once it is loaded: services, handlers, middlewares.

Importing this module brings in every noun; `late_house` does it while the server starts.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from cozygen.api import ENDPOINTS
from cozygen.app import Services, build_services, install
from cozygen.auth import guard_middleware
from cozygen.host.app_ahead import app_ahead
from cozygen.host.protocol import Host
from cozygen.http.border import error_border
from cozygen.http.safety_headers import keep_policy
from cozygen.settings import Settings


@dataclass(frozen=True)
class House:
    """The services, the rows' handlers by method and path, the middlewares from the outside in."""

    services: Services
    handlers: Mapping[tuple[str, str], Handler]
    middlewares: tuple[Middleware, ...]
    app: web.Application

    async def answer(self, method: str, path: str, request: web.Request) -> web.StreamResponse:
        """The reply of the row at `method` and `path`, with its policy kept against ComfyUI's own."""
        reply = await self.handlers[method, path](request)
        keep_policy(request, reply)
        return reply


def build_house(settings: Settings, host: Host) -> House:
    """Build every service; nothing is started yet."""
    services = build_services(settings, host)
    inner = web.Application()
    install(inner, services)
    return House(
        services,
        {(row.method, _canonical(row.path)): row.handler for row in ENDPOINTS},
        (error_border(), guard_middleware(services.guard), app_ahead()),
        inner,
    )


def _canonical(path: str) -> str:
    """A row's path as the router names it: `{path:.+}` becomes `{path}`."""
    return web.UrlDispatcher().add_resource(path).canonical
