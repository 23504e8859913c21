"""The server that is measured, in a process of its own; it also measures the lag of its loop.

`python -m benchmarks.gallery.server OUTPUT DATA` prints its port.
"""

from __future__ import annotations

import asyncio
import os
import sys
import time
from contextlib import suppress
from pathlib import Path

from aiohttp import web

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.settings import load

BEAT_S = 0.005


class Lag:
    """How much later than asked a sleeping task wakes."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self.beating = asyncio.Event()
        self.beating.set()

    async def beat(self) -> None:
        """Measure for ever."""
        while True:
            await self.beating.wait()
            due = time.perf_counter() + BEAT_S
            await asyncio.sleep(BEAT_S)
            self.late_ms.append((time.perf_counter() - due) * 1000)

    async def tell(self, request: web.Request) -> web.Response:
        """What was measured since the last call, with memory and work; `rest` stops the beat."""
        (self.beating.clear if "rest" in request.query else self.beating.set)()
        late, self.late_ms = self.late_ms, []
        status = await asyncio.to_thread(Path("/proc/self/status").read_text)
        rss_kb = int(status.split("VmRSS:")[1].split()[0])
        return web.json_response({"late_ms": late, "rss_mb": rss_kb / 1024, "cpu_s": time.process_time()})


async def main(output: Path, data: Path) -> None:
    """Serve until standard input ends."""
    for name in ("home", "workflows", "models", "input"):
        (data / name).mkdir(parents=True, exist_ok=True)
    folders = FixedFolders(data / "home", data / "workflows", data / "models", data / "input", (output,))
    app = create_app(load({}, {}), folders)
    lag = Lag()
    app.router.add_get("/lag", lag.tell)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    beating = asyncio.create_task(lag.beat())
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    beating.cancel()
    with suppress(asyncio.CancelledError):
        await beating
    await runner.cleanup()


if __name__ == "__main__":
    os.environ.pop("COZYGEN_DATA_DIR", None)
    asyncio.run(main(Path(sys.argv[1]), Path(sys.argv[2])))
