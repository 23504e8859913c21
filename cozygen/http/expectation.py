"""`Expect: 100-continue`: a body is asked for only once the guard has agreed (H-39).

aiohttp answers the header before any middleware runs, and leaves how to the route.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from aiohttp import web

from cozygen.errors import CozyGenError

Check = Callable[[web.Request], object]
Expect = Callable[[web.Request], Coroutine[Any, Any, web.StreamResponse | None]]


def hold_bodies(app: web.Application, check: Check) -> None:
    """Make every route of the application wait for `check` before it asks for a body."""
    for route in app.router.routes():
        route._expect_handler = _after(check, route._expect_handler)


def _after(check: Check, expect: Expect) -> Expect:
    async def held(request: web.Request) -> web.StreamResponse | None:
        try:
            check(request)
        except CozyGenError:
            return None  # the guard refuses in a moment, and says why; nothing was asked for
        return await expect(request)

    return held
