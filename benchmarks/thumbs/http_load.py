"""Many clients at once, as light as can be: one protocol per connection, headers searched for one line."""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial

_LENGTH = re.compile(rb"\r\n[Cc]ontent-[Ll]ength: ([0-9]+)")


@dataclass
class Load:
    """Answers by status, bytes, seconds, and how long each answer took."""

    statuses: dict[int, int] = field(default_factory=dict)
    bytes: int = 0
    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Answers a second."""
        return sum(self.statuses.values()) / self.seconds


class Client(asyncio.Protocol):
    """Asks for what `following` says until that is None."""

    def __init__(self, following: Callable[[], bytes | None], load: Load, done: asyncio.Future[None]) -> None:
        self._following, self._load, self._done = following, load, done
        self._buffer, self._need = bytearray(), 0
        self._asked = 0.0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._ask()

    def _ask(self) -> None:
        request = self._following()
        if request is None:
            self._transport.close()
            self._done.set_result(None)
            return
        self._asked = time.perf_counter()
        self._transport.write(request)

    def data_received(self, data: bytes) -> None:
        """Count an answer when it is whole."""
        self._buffer += data
        if not self._need:
            end = self._buffer.find(b"\r\n\r\n")
            if end < 0:
                return
            length = _LENGTH.search(self._buffer, 0, end)
            self._need = end + 4 + (int(length.group(1)) if length else 0)
        if len(self._buffer) >= self._need:
            self._count()

    def _count(self) -> None:
        status = int(self._buffer[9:12])
        self._load.statuses[status] = self._load.statuses.get(status, 0) + 1
        self._load.bytes += self._need
        self._load.waits.append(time.perf_counter() - self._asked)
        del self._buffer[: self._need]
        self._need = 0
        self._ask()


def request(path: str, **headers: str) -> bytes:
    """A GET as bytes."""
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{k}: {v}" for k, v in headers.items()), "", ""]
    return "\r\n".join(lines).encode()


async def ask_all(port: int, requests: list[bytes], clients: int) -> Load:
    """All of these, each once, by so many clients."""
    waiting = list(reversed(requests))
    return await _run(port, lambda: waiting.pop() if waiting else None, clients)


async def ask_for(port: int, one: bytes, clients: int, seconds: float) -> Load:
    """The same request again and again."""
    ends = time.perf_counter() + seconds
    return await _run(port, lambda: one if time.perf_counter() < ends else None, clients)


async def _run(port: int, following: Callable[[], bytes | None], clients: int) -> Load:
    loop, load = asyncio.get_running_loop(), Load()
    began = time.perf_counter()
    ends: list[asyncio.Future[None]] = [loop.create_future() for _ in range(clients)]
    for done in ends:
        await loop.create_connection(partial(Client, following, load, done), "127.0.0.1", port)
    await asyncio.gather(*ends)
    load.seconds = time.perf_counter() - began
    return load
