"""Whether refused sign-ins tell by their time which names exist (A-20): `python -m benchmarks.auth.sign_in`.

200 tries each, alternating, with a fresh throttle for every try, so that none is turned away unhashed.
Target: the means differ by less than 5 ms.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from pathlib import Path

from benchmarks.auth.guard import LOGIN, make_folders
from cozygen.accounts.endpoints import ACCOUNTS
from cozygen.accounts.service import Accounts, Caller
from cozygen.accounts.throttle import Throttle
from cozygen.app import create_app
from cozygen.errors import UnauthorizedError
from cozygen.settings import load

TRIES = 200
TARGET_MS = 5.0
CALLER = Caller("192.0.2.0/24", is_local=False)


async def _refused(accounts: Accounts, name: str) -> float:
    accounts.throttle = Throttle()
    start = time.perf_counter()
    try:
        await accounts.sign_in(name, "not the password", "", CALLER)
    except UnauthorizedError:
        return (time.perf_counter() - start) * 1000
    raise RuntimeError("a wrong password was taken")


async def main() -> None:
    """Print both means and how they differ."""
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(load({}, LOGIN), make_folders(Path(folder)))
        accounts = app[ACCOUNTS]
        await accounts.start()
        names = ("ann", "nobody")
        times: dict[str, list[float]] = {name: [] for name in names}
        for _ in range(TRIES):
            for name in names:
                times[name].append(await _refused(accounts, name))
        await accounts.stop()
    known, unknown = (statistics.mean(times[name]) for name in names)
    medians = [statistics.median(times[name]) for name in names]
    verdict = "met" if abs(known - unknown) < TARGET_MS else "missed"
    print(f"| known name | {known:.1f} ms mean | {medians[0]:.1f} ms median |")
    print(f"| unknown name | {unknown:.1f} ms mean | {medians[1]:.1f} ms median |")
    print(f"| difference | {abs(known - unknown):.1f} ms | target {TARGET_MS:.0f} ms: {verdict} |")


if __name__ == "__main__":
    asyncio.run(main())
