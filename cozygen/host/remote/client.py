"""HTTP to a ComfyUI elsewhere; what can go wrong is told by whether it may have got the question."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from typing import Any, Final

import aiohttp
from yarl import URL

from cozygen.errors import BadHostAnswerError
from cozygen.host.protocol import HostDownError, HostReply, HostSilentError, HostSlowError
from cozygen.storage import json_text

CONNECT_S: Final = 5.0
ANSWER_S: Final = 60.0
# An answer that trickles in is given up; files may take as long as they do.
WHOLE_ANSWER_S: Final = 120.0
SLOW_S: Final = 4.0
SLOW_FOR_S: Final = 15.0
_OF_A_GATEWAY: Final = frozenset({502, 503, 504})
JSON_LIMIT: Final = 256 * 1024 * 1024


class FarClient:
    """One session to one address; made with the first use, of one loop."""

    def __init__(self, base: URL) -> None:
        self.base = base
        self._session: aiohttp.ClientSession | None = None
        self._waiting: dict[object, float] = {}
        self._slow_until = 0.0

    def is_slow(self) -> bool:
        """Whether an answer is overdue, or the last one was a moment ago."""
        now = time.monotonic()
        return now < self._slow_until or any(now - asked > SLOW_S for asked in self._waiting.values())

    @contextmanager
    def _timed(self) -> Iterator[None]:
        question = object()
        self._waiting[question] = time.monotonic()
        try:
            yield
        finally:
            now = time.monotonic()
            took = now - self._waiting.pop(question)
            self._slow_until = now + SLOW_FOR_S if took > SLOW_S else 0.0

    @property
    def session(self) -> aiohttp.ClientSession:
        """The session."""
        if self._session is None or self._session.closed:
            # Cookies of a ComfyUI are none of ours; a proxy's address may have a path.
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_S),
                auto_decompress=False,
            )
        return self._session

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()

    def url(self, path: str, query: Mapping[str, str] | None = None) -> URL:
        """`path` at the address."""
        return self.base.with_path(self.base.path.rstrip("/") + path).with_query(dict(query or {}))

    async def call(
        self, method: str, path: str, *, query: Mapping[str, str] | None = None, json: Any = None
    ) -> HostReply:
        """Ask for JSON. Raises HostDownError, HostSilentError, BadHostAnswerError."""
        try:
            return await self._call(method, path, query, json)
        except HostSlowError:
            raise
        except HostSilentError:
            if path == "/prompt":
                raise  # what was perhaps queued must not be queued again
            # All else may be said twice; a connection that was kept open may have been closed meanwhile.
            return await self._call(method, path, query, json)

    async def _call(self, method: str, path: str, query: Mapping[str, str] | None, json: Any) -> HostReply:
        data = json_text.dumps(json) if json is not None else None
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        with self._timed():
            async with self.open(
                method, path, query=query, data=data, headers=headers, whole_s=WHOLE_ANSWER_S
            ) as reply:
                body = await _read(reply)
        if reply.status in _OF_A_GATEWAY:
            # It may have passed the question on, and lost patience.
            raise HostSilentError(f"What stands before ComfyUI answers for it: {reply.status}.")
        return HostReply(reply.status, _json(body, reply.status))

    @asynccontextmanager
    async def open(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, str] | None = None,
        data: Any = None,
        headers: Mapping[str, str] | None = None,
        whole_s: float | None = None,
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """The reply to a request, its body to be read inside. Raises HostDownError, HostSilentError."""
        timeout = aiohttp.ClientTimeout(total=whole_s, sock_connect=CONNECT_S, sock_read=ANSWER_S)
        try:
            async with self.session.request(
                method,
                self.url(path, query),
                data=data,
                headers=headers,
                timeout=timeout,
                allow_redirects=False,
            ) as reply:
                yield reply
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise HostDownError("ComfyUI cannot be reached.") from error
        except asyncio.TimeoutError as error:
            raise HostSlowError("ComfyUI does not answer.") from error
        except (aiohttp.ClientError, ConnectionError) as error:
            raise HostSilentError("ComfyUI hung up.") from error


async def _read(reply: aiohttp.ClientResponse) -> bytes:
    body = bytearray()
    async for piece in reply.content.iter_chunked(256 * 1024):
        body += piece
        if len(body) > JSON_LIMIT:
            raise BadHostAnswerError("ComfyUI's answer is too long.")
    return bytes(body)


def _json(body: bytes, status: int) -> Any:
    if not body:
        return None
    try:
        return json_text.loads(body)
    except json_text.JsonTextError as error:
        if status >= 400:
            return None
        raise BadHostAnswerError("ComfyUI answered with something that is not JSON.") from error
