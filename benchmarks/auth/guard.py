"""What the guard adds to a request: `python -m benchmarks.auth.guard`.

Times `Guard.check` plus the bookkeeping of open requests on the real table and
with 100 sessions, for the ways in that matter. Target: 100 µs each.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from cozygen.accounts.endpoints import ACCOUNTS, GUARD
from cozygen.accounts.service import Caller
from cozygen.app import create_app
from cozygen.errors import CozyGenError
from cozygen.host.folders import FixedFolders
from cozygen.settings import load

ROUNDS = 7
EACH = 300
TARGET_US = 100.0
LOGIN = {"COZYGEN_AUTH_USER": "ann", "COZYGEN_AUTH_PASS": "correct horse battery"}


def make_folders(root: Path) -> FixedFolders:
    """Empty folders of a server below `root`."""
    made = [root / name for name in ("data", "workflows", "models", "input", "output")]
    for folder in made:
        folder.mkdir(parents=True)
    return FixedFolders(*made[:4], (made[4],))


async def _times(app: web.Application, method: str, path: str, headers: dict[str, str]) -> float:
    """Median microseconds of one check."""
    guard = app[GUARD]
    medians = []
    for _ in range(ROUNDS):
        requests = [make_mocked_request(method, path, headers=headers, app=app) for _ in range(EACH)]
        info = await app.router.resolve(requests[0])
        for request in requests:
            request._match_info = info
        start = time.perf_counter()
        for request in requests:
            try:
                session = guard.check(request)
            except CozyGenError:
                continue
            if session is not None:
                with guard.open_requests.answering(request, session.id):
                    pass
        medians.append((time.perf_counter() - start) / EACH * 1e6)
    return statistics.median(medians)


async def main() -> None:
    """Print one row per way in."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load({}, LOGIN), make_folders(Path(folder) / "login"))
        open_app = create_app(load({}, {}), make_folders(Path(folder) / "open"))
        for one in (app, open_app):
            one.freeze()
            await one[ACCOUNTS].start()
        caller = Caller("127.0.0.0/24", is_local=True)
        tokens = [
            (await app[ACCOUNTS].sign_in("ann", LOGIN["COZYGEN_AUTH_PASS"], "", caller)).token
            for _ in range(100)
        ]
        bearer = {"Authorization": f"Bearer {tokens[0]}", "Host": "localhost:8189"}
        cookie = {"Cookie": f"theme=dark; cozygen_token={tokens[50]}", "Host": "localhost:8189"}
        write = {**cookie, "Origin": "http://localhost:8189"}
        rows = [
            ("bearer, GET api", app, "GET", "/cozygen/api/aliases", bearer),
            ("cookie, GET api", app, "GET", "/cozygen/api/aliases", cookie),
            ("cookie, POST with Origin", app, "POST", "/prompt", write),
            ("cookie, ComfyUI's GET /queue", app, "GET", "/queue", cookie),
            ("stranger, 401", app, "GET", "/cozygen/api/aliases", {"Host": "localhost"}),
            ("public", app, "GET", "/cozygen/hello", {"Host": "localhost"}),
            ("no login, GET api", open_app, "GET", "/cozygen/api/aliases", {"Host": "localhost:8189"}),
        ]
        print(f"| way in | µs added | target {TARGET_US:.0f} µs |\n| --- | --- | --- |")
        for name, one, method, path, headers in rows:
            taken = await _times(one, method, path, headers)
            print(f"| {name} | {taken:.1f} | {'met' if taken <= TARGET_US else 'MISSED'} |")
        for one in (app, open_app):
            await one[ACCOUNTS].stop()


if __name__ == "__main__":
    asyncio.run(main())
