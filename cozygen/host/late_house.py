"""Loads CozyGen's services when ComfyUI's server starts, not while ComfyUI imports its packs.

Importing the nouns and building their services takes longer than a pack may
hold ComfyUI up. So `attach()` registers addresses only; what answers them is
loaded in a thread while the server starts, before the first request.
"""

from __future__ import annotations

import asyncio
import functools
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from aiohttp import web
from aiohttp.typedefs import Handler, Middleware

from cozygen.host import core_missing
from cozygen.settings import Settings, SettingsError

if TYPE_CHECKING:
    from cozygen.app import Services
    from cozygen.host.house import House
    from cozygen.host.protocol import Host

log = logging.getLogger("cozygen")


class LateHouse:
    """Stands in for the house until it is loaded, and closes the door if it cannot be."""

    def __init__(
        self, settings: Settings, make_host: Callable[[Settings], Host], *, mend: str, login_wanted: bool
    ) -> None:
        self._settings = settings
        self._make_host = make_host
        self._mend = mend
        self._login_wanted = login_wanted
        self._house: House | None = None
        self._sentence = "CozyGen is still loading."

    async def start(self, app: web.Application) -> Services | None:
        """Load everything and start the services; None when that failed, which the log says."""
        try:
            house = await asyncio.to_thread(self._build)
            await _start(house.app)
        except Exception as problem:  # noqa: BLE001 - whatever it is, the door must not stay open
            self._refuse(problem)
            return None
        app.on_response_prepare.extend(house.app.on_response_prepare)
        for key in house.app:
            app[key] = house.app[key]
        self._house = house
        return house.services

    async def stop(self, _app: web.Application) -> None:
        """Stop the services."""
        if self._house is not None:
            await self._house.app.shutdown()
            await self._house.app.cleanup()

    def middleware(self) -> Middleware:
        """The outermost middleware of ComfyUI: border, guard, page; or the closed door."""

        @web.middleware
        async def middleware(request: web.Request, handler: Handler) -> web.StreamResponse:
            if self._house is not None:
                return await _through(self._house.middlewares, request, handler)
            if self._login_wanted:
                return web.Response(status=503, text=f"CozyGen keeps this server closed. {self._sentence}\n")
            if _path(request).startswith("/cozygen"):
                return core_missing.reply(request, self._sentence)
            return await handler(request)

        return middleware

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """The handler of every address of the table."""
        if self._house is None:
            return core_missing.reply(request, self._sentence)
        method = "GET" if request.method == "HEAD" else request.method
        return await self._house.answer(method, _path(request), request)

    def _build(self) -> House:
        from cozygen.host.house import build_house

        return build_house(self._settings, self._make_host(self._settings))

    def _refuse(self, problem: Exception) -> None:
        self._sentence = sentence_of(problem, self._mend)
        expected = isinstance(problem, (ImportError, SettingsError))
        log.critical("%s", self._sentence, exc_info=None if expected else problem)
        if self._login_wanted:
            log.critical("CozyGen keeps this server closed, because a login is configured.")


def sentence_of(problem: Exception, mend: str) -> str:
    """What a person can do about it."""
    if isinstance(problem, ImportError):
        return f"CozyGen is not installed completely ({problem}). Run: {mend} - then restart ComfyUI."
    if isinstance(problem, SettingsError):
        return str(problem)
    return f"CozyGen failed to start ({type(problem).__name__}); ComfyUI's log says more."


def _path(request: web.Request) -> str:
    """The matched route's path without ComfyUI's `/api`; "" when nothing matched."""
    resource = request.match_info.route.resource
    return resource.canonical.removeprefix("/api") if resource is not None else ""


async def _start(app: web.Application) -> None:
    """Start an application that is never served itself, in the order of aiohttp's runner."""
    app.on_startup.freeze()
    await app.startup()
    app.freeze()


async def _through(
    middlewares: tuple[Middleware, ...], request: web.Request, handler: Handler
) -> web.StreamResponse:
    for middleware in reversed(middlewares):
        handler = functools.partial(middleware, handler=handler)
    return await handler(request)
