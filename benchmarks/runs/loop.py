"""What queueing, listing, following and streaming cost: `python -m benchmarks.runs.loop`.

Over HTTP on this machine, the client in the same process unless memory is
measured. The host is the sketch engine whose worker rests, so that its answer to
`/prompt` (validation of all nodes) is part of the time and drawing is not.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from aiohttp.test_utils import TestClient, TestServer

from cozygen.app import create_app
from cozygen.host.folders import FixedFolders
from cozygen.host.protocol import HostMessage
from cozygen.runs.endpoints import RUNS
from cozygen.runs.history import RunHistory
from cozygen.runs.run import Run
from cozygen.settings import load
from cozygen.storage.library import Library

ALIASES = {f"alias{number}": f"thing {number}, detailed, by light {number}" for number in range(400)}
STREAMS = 500


def folders_in(root: Path) -> FixedFolders:
    """Empty folders of one server."""
    made = [root / name for name in ("data", "workflows", "models", "input", "output")]
    for folder in made:
        folder.mkdir(exist_ok=True)
    return FixedFolders(made[0], made[1], made[2], made[3], (made[4],))


def graph(nodes: int) -> dict[str, Any]:
    """A workflow of `nodes` nodes: a prompt with 20 aliases, a seed, a sketch, a long chain, a picture."""
    prompt = ", ".join(f"$alias{number}$" for number in range(20))
    text = {"param_name": "Prompt", "priority": 1, "default_value": prompt, "display_multiline": True}
    seed = {"param_name": "Seed", "priority": 2, "default_value": 1, "min_value": 0, "max_value": 2**32 - 1,
            "step": 1, "add_randomize_toggle": True}  # fmt: skip
    made: dict[str, Any] = {
        "p": {"class_type": "CozyGenStringInput", "inputs": text},
        "s": {"class_type": "CozyGenIntInput", "inputs": seed},
        "0": {"class_type": "CozyGenSketch", "inputs": {"positive": ["p", 0], "negative": "",
              "seed": ["s", 0], "steps": 1, "width": 64, "height": 64, "batch_size": 1}},
    }  # fmt: skip
    last = nodes - 4
    for number in range(1, last + 1):
        made[str(number)] = {"class_type": "ImageInvert", "inputs": {"image": [str(number - 1), 0]}}
    made["out"] = {
        "class_type": "CozyGenOutput",
        "inputs": {"images": [str(last), 0], "filename_prefix": "b"},
    }
    return made


async def timed(work: Callable[[], Awaitable[Any]], rounds: int) -> tuple[float, float]:
    """Best of many rounds and processor time of each (client included), in milliseconds."""
    times = []
    cpu = time.process_time()
    for _ in range(rounds):
        start = time.perf_counter()
        await work()
        times.append((time.perf_counter() - start) * 1000)
    return min(times), (time.process_time() - cpu) / rounds * 1000


def say(what: str, best: float, cpu: float, target: str) -> None:
    """One line of the results."""
    print(f"{what:<46}{best:8.2f} ms   processor {cpu:6.2f} ms   target {target}", flush=True)


async def queueing(client: TestClient[Any, Any]) -> None:
    """The queue call."""
    await client.post("/cozygen/api/aliases", json={"items": ALIASES, "categories": {}, "categoryList": []})
    for nodes in (30, 300):
        body = {"graph": graph(nodes), "seeds": {"Seed": "random"}}

        async def once(body: dict[str, Any] = body) -> None:
            async with client.post("/cozygen/api/queue", json=body) as reply:
                assert reply.status == 200, await reply.text()
                assert not (await reply.json())["warnings"]

        say(f"queue, {nodes} nodes, 20 aliases", *await timed(once, 60), "20 ms")


async def listing(client: TestClient[Any, Any]) -> None:
    """The history."""
    for limit in (50, 1000):

        async def once(limit: int = limit) -> None:
            async with client.get(f"/cozygen/api/runs?limit={limit}") as reply:
                body = await reply.read()
                assert reply.status == 200 and len(body) > limit * 200

        say(f"list {limit} of 1,000 runs", *await timed(once, 60), "10 ms")


def following(client: TestClient[Any, Any]) -> None:
    """An event of the host, with few and with many runs known."""
    runs = client.app[RUNS] if client.app else None
    assert runs is not None
    run = next(iter(runs.log.newest_first()))
    run.state = "running"
    nodes = {name: {"value": 1, "max": 4, "state": "running"} for name in ("0", "1", "2")}
    message = HostMessage("progress_state", {"prompt_id": run.prompt_id, "nodes": nodes})
    count = 20_000
    start = time.perf_counter()
    for _ in range(count):
        runs.tracker.handle(message)
    each = (time.perf_counter() - start) / count * 1e6
    print(
        f"one event among {len(runs.log):>5} runs{'':<22}{each:8.2f} µs   target: not by their number",
        flush=True,
    )


def start_server(root: Path) -> subprocess.Popen[str]:
    """A server of its own process."""
    start = [sys.executable, "-c", "import sys; from cozygen.cli import main; sys.exit(main())"]
    options = ["serve", "--port", "0", "--data-dir", str(root / "own"), "--watch", "no"]
    return subprocess.Popen([*start, *options], stdout=subprocess.PIPE, text=True)


async def streaming(root: Path) -> None:
    """Memory of a server for each open event stream."""
    server = start_server(root)
    try:
        assert server.stdout is not None
        line = await asyncio.to_thread(server.stdout.readline)
        port = int(line.rsplit(":", 1)[1].split("/")[0])
        await _open_streams(port, 50)  # what is only made once is made
        before = _rss_kib(server.pid)
        await _open_streams(port, STREAMS)
        grown = (_rss_kib(server.pid) - before) / STREAMS
        print(
            f"memory of a stream client ({STREAMS} open){'':<11}{grown:8.2f} KiB  target 16 KiB", flush=True
        )
    finally:
        server.terminate()
        server.wait()


_kept: list[Any] = []


async def _open_streams(port: int, count: int) -> None:
    question = f"GET /cozygen/api/events HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n".encode()
    for _ in range(count):
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(question)
        await reader.readuntil(b"retry: 2000")
        _kept.append((reader, writer))


def _rss_kib(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmRSS")).split()[1])


async def main() -> None:
    """Everything."""
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        folders = folders_in(root)
        library = Library(lambda: folders.data, lambda code, message, **details: None)
        history = RunHistory(library, lambda code, message: None)
        values = {f"Field {number}": "some words of a value" for number in range(12)}
        for number in range(1000):
            run = Run(
                f"{number:032x}", f"p{number}", number, "a.json", "A", values, 1e9 + number, state="done"
            )
            history.note(run, {"1": {}})
        await history.kept()
        await library.close()
        async with TestClient(TestServer(create_app(load({}, {"COZYGEN_WATCH": "no"}), folders))) as client:
            runs = client.app[RUNS]  # type: ignore[index]  # it has one
            runs.host.executor.start = lambda: None  # type: ignore[attr-defined]  # the worker rests
            following(client)
            await listing(client)
            await queueing(client)
            following(client)
        await streaming(root)


if __name__ == "__main__":
    asyncio.run(main())
