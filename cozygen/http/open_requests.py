"""Requests that are being answered, so that streams end soon after their session does (A-09).

Works for every route, ComfyUI's WebSocket included: the connection is closed,
whoever answers on it. Short requests are left to finish (A-51).
"""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Final

from aiohttp import web

SWEEP_S: Final = 5.0
SETTLE_S: Final = 3.0


class OpenRequests:
    """Sweeps every `sweep_s` seconds over the requests that are older than `settle_s`."""

    def __init__(
        self, is_alive: Callable[[str], bool], *, sweep_s: float = SWEEP_S, settle_s: float = SETTLE_S
    ) -> None:
        self._is_alive = is_alive
        self._sweep_s = sweep_s
        self._settle_s = settle_s
        self._open: dict[int, tuple[web.Request, str, float]] = {}

    @contextlib.contextmanager
    def answering(self, request: web.Request, session_id: str) -> Iterator[None]:
        """Remember the request of a session while it is answered."""
        self._open[id(request)] = (request, session_id, time.monotonic())
        try:
            yield
        finally:
            del self._open[id(request)]

    def sweep(self) -> int:
        """Close the connections whose session is over; returns how many."""
        settled = time.monotonic() - self._settle_s
        over = [
            request
            for request, session, since in self._open.values()
            if since <= settled and not self._is_alive(session)
        ]
        for request in over:
            if request.transport is not None:
                request.transport.close()
        return len(over)

    async def run(self) -> None:
        """Sweep until cancelled."""
        while True:
            await asyncio.sleep(self._sweep_s)
            self.sweep()

    async def sweeping(self, _app: web.Application) -> AsyncIterator[None]:
        """For `app.cleanup_ctx`: sweep while the application runs."""
        task = asyncio.create_task(self.run())
        yield
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
