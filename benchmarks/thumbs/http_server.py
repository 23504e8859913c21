"""A server to be measured, in a process of its own: ours, or a peer, with a gauge of the event loop.

`python -m benchmarks.thumbs.http_server ours|pillow|bare OUTPUT DATA` prints its port.
`GET /gauge` tells the lag since the last question, and the CPU time so far.
"""

from __future__ import annotations

import asyncio
import io
import sys
import time
from pathlib import Path

from aiohttp import web
from PIL import Image

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load

EVERY_S = 0.005


class Gauge:
    """How late a task that wants to run every few milliseconds does run."""

    def __init__(self) -> None:
        self.late: list[float] = []

    async def watch(self) -> None:
        """Sample for ever."""
        while True:
            began = time.perf_counter()
            await asyncio.sleep(EVERY_S)
            self.late.append(time.perf_counter() - began - EVERY_S)

    async def tell(self, _request: web.Request) -> web.Response:
        """p50, p99 and the longest lag in milliseconds, and seconds of CPU; starts anew."""
        late, self.late = sorted(self.late) or [0.0], []
        named = {"p50": late[len(late) // 2], "p99": late[int(len(late) * 0.99)], "max": late[-1]}
        told = {name: round(value * 1000, 2) for name, value in named.items()}
        return web.json_response({**told, "cpu": time.process_time()})


def ours(output: Path, data: Path) -> web.Application:
    """The stand-alone server."""
    for folder in (data, data / "workflows", data / "models", data / "input"):
        folder.mkdir(parents=True, exist_ok=True)
    folders = FixedFolders(data, data / "workflows", data / "models", data / "input", (output,))
    return create_app(load({}, {"COZYGEN_WATCH": "no", "COZYGEN_ALLOWED_HOSTS": "127.0.0.1"}), folders)


def pillow(output: Path, _data: Path) -> web.Application:
    """A gallery as plug-ins have it: Pillow on the event loop, nothing kept."""

    async def thumb(request: web.Request) -> web.Response:
        with Image.open(output / request.query["filename"]) as picture:
            picture.thumbnail((384, 384))
            file = io.BytesIO()
            picture.convert("RGB").save(file, "JPEG", quality=85)
        return web.Response(body=file.getvalue(), content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/cozygen/thumb", thumb)
    return app


def bare(_output: Path, data: Path) -> web.Application:
    """aiohttp with the bytes at hand: as fast as it can be."""
    body = (data / "body").read_bytes()

    async def thumb(request: web.Request) -> web.Response:
        if "If-None-Match" in request.headers:
            return web.Response(status=304)
        return web.Response(body=body, content_type="image/jpeg")

    app = web.Application()
    app.router.add_get("/cozygen/thumb", thumb)
    return app


async def main() -> None:
    """Serve until stdin ends."""
    make = {"ours": ours, "pillow": pillow, "bare": bare}[sys.argv[1]]
    app, gauge = make(Path(sys.argv[2]), Path(sys.argv[3])), Gauge()
    app.router.add_get("/gauge", gauge.tell)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    watching = asyncio.create_task(gauge.watch())
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    watching.cancel()
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(main())
