"""A ComfyUI elsewhere for tests: the sketch engine on a port, behind a wire that can be cut."""

from __future__ import annotations

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator, Callable
from pathlib import Path

from aiohttp import web
from aiohttp.typedefs import Handler

from cozygen.host.folders import FixedFolders
from cozygen.host.sketch.engine import SketchHost
from cozygen.host.sketch.routes import add_comfyui_routes

OURS = "CozyGen"


class Far:
    """The engine as a server of its own; `restart` forgets its queue and history, as ComfyUI does."""

    def __init__(self, root: Path, *, with_our_nodes: bool = False) -> None:
        made = [root / name for name in ("data", "workflows", "models", "input", "output")]
        for folder in made:
            folder.mkdir(parents=True, exist_ok=True)
        self.folders = FixedFolders(made[0], made[1], made[2], made[3], (made[4],))
        self.output = made[4]
        self.with_our_nodes = with_our_nodes
        self.engine: SketchHost | None = None
        self._runner: web.AppRunner | None = None
        self.port = 0
        self.instead: int | None = None
        """The status with which a gateway answers for it, while it does."""

    async def start(self) -> None:
        """Listen, on the port of the last time."""
        self.engine = SketchHost(self.folders)
        if not self.with_our_nodes:
            for name in [
                name for name in self.engine.classes if name.startswith(OURS) and name != "CozyGenSketch"
            ]:
                del self.engine.classes[name]
        app = web.Application(middlewares=[self._gateway])
        add_comfyui_routes(app, self.engine)
        self._runner = web.AppRunner(app, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port, reuse_address=True)
        await site.start()
        self.port = self._runner.addresses[0][1]

    @web.middleware
    async def _gateway(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if self.instead is not None:
            return web.Response(status=self.instead, text="<html>We are sorry", content_type="text/html")
        return await handler(request)

    async def stop(self) -> None:
        """Gone, with everything that ran or waited."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def restart(self) -> None:
        """Gone and back."""
        await self.stop()
        await self.start()

    def prompts(self) -> list[str]:
        """Every prompt that was ever taken, in the order of the queue and history."""
        assert self.engine is not None
        state = self.engine.queue.state()
        waiting = [item[1] for key in ("queue_running", "queue_pending") for item in state[key]]
        return [*waiting, *self.engine.queue.history(None, most=None, offset=-1)]


class Wire:
    """Passes TCP on to a port. It can be cut, taken down, or swallow an answer."""

    def __init__(self, target: Callable[[], int]) -> None:
        self._target = target
        self._server: asyncio.Server | None = None
        self._open: set[asyncio.StreamWriter] = set()
        self._swallow: bytes | None = None
        self.swallowed = asyncio.Event()
        self.delay_s = 0.0
        """How long every piece of an answer takes."""
        self.piece = 64 * 1024
        """How much of an answer comes at once."""
        self.flows = asyncio.Event()
        """While it is not set, questions go through and answers do not."""
        self.flows.set()
        with socket.create_server(("127.0.0.1", 0)) as probe:
            self.port = probe.getsockname()[1]

    @property
    def url(self) -> str:
        """Where the far ComfyUI seems to be."""
        return f"http://127.0.0.1:{self.port}"

    async def up(self) -> None:
        """Listen."""
        if self._server is None:
            self._server = await asyncio.start_server(self._serve, "127.0.0.1", self.port)

    async def down(self) -> None:
        """Refuse everybody, and cut who is there."""
        if self._server is not None:
            self._server.close()
            self._server = None
        self.cut()
        await asyncio.sleep(0)

    def cut(self) -> None:
        """Drop all connections without a word."""
        for writer in list(self._open):
            with contextlib.suppress(RuntimeError):
                writer.transport.abort()

    def swallow(self, start: bytes) -> None:
        """The next request that begins so is passed on, and its answer is lost."""
        self._swallow, self.swallowed = start, asyncio.Event()

    async def _serve(self, near_in: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        try:
            far_in, far_out = await asyncio.open_connection("127.0.0.1", self._target())
        except OSError:
            near_out.transport.abort()
            return
        self._open |= {near_out, far_out}
        marked: list[bool] = []
        try:
            await asyncio.gather(
                self._pump(near_in, far_out, lambda data: self._mark(data, marked), _at_once),
                self._pump(far_in, near_out, lambda _data: self._lose(near_out, marked), self._in_time),
            )
        finally:
            self._open -= {near_out, far_out}
            for writer in (near_out, far_out):
                with contextlib.suppress(RuntimeError):
                    writer.close()

    def _mark(self, data: bytes, marked: list[bool]) -> None:
        if self._swallow is not None and data.startswith(self._swallow):
            self._swallow = None
            marked.append(True)

    def _lose(self, near_out: asyncio.StreamWriter, marked: list[bool]) -> None:
        if marked:
            near_out.transport.abort()
            self.swallowed.set()

    async def _in_time(self, data: bytes) -> AsyncIterator[bytes]:
        await self.flows.wait()
        for start in range(0, len(data), self.piece):
            await asyncio.sleep(self.delay_s)
            yield data[start : start + self.piece]

    async def _pump(
        self,
        source: asyncio.StreamReader,
        sink: asyncio.StreamWriter,
        seen: Callable[[bytes], None],
        pieces: Callable[[bytes], AsyncIterator[bytes]],
    ) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while data := await source.read(65536):
                seen(data)
                async for piece in pieces(data):
                    sink.write(piece)
                    await sink.drain()
        with contextlib.suppress(ConnectionError, RuntimeError):
            sink.close()


async def _at_once(data: bytes) -> AsyncIterator[bytes]:
    yield data
