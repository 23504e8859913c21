"""The input folder: what is in it, and what comes in."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from cozygen.errors import InvalidError, NotFoundError
from cozygen.inputs.content import HEAD_BYTES, Content, content_of
from cozygen.inputs.listing import Entry, Wanted, entries
from cozygen.inputs.rate import Rate
from cozygen.inputs.upload import Stored, Upload, sweep
from cozygen.settings import Settings
from cozygen.storage.confine import relative_parts, resolve_inside

Result = TypeVar("Result")
A_MINUTE: Final = 60
_DECODERS: Final = 2


class Inputs:
    """`folder` is asked at use time, because the host may change it."""

    def __init__(self, folder: Callable[[], Path], settings: Settings) -> None:
        self._folder = folder
        self._settings = settings
        self.limit = settings.upload_mb * 1_000_000
        self.rate = Rate(A_MINUTE, 1.0)
        self.threads = ThreadPoolExecutor(4, "cozygen-inputs")
        # A phone that sends fifty photos must not take every core.
        self._decoding = asyncio.Semaphore(_DECODERS)

    async def start(self) -> None:
        """Sweep what an earlier run left behind, in the background of the start."""
        self.threads.submit(sweep, self._folder())

    async def stop(self) -> None:
        """Let the threads end."""
        self.threads.shutdown(wait=False)

    def resolve(self, path: str) -> Path:
        """The real place of a path of the input folder; blocking. Raises ForbiddenError, InvalidError."""
        return resolve_inside(self._folder(), path, linked_roots=self._settings.linked_roots)

    async def list(self, wanted: Wanted) -> list[Entry]:
        """The entries of a folder; none where there is no such folder. Raises ForbiddenError."""
        try:
            return await self._in_thread(lambda: entries(self.resolve(wanted.subfolder), wanted))
        except NotFoundError:
            return []

    async def receive(
        self, name: str, chunks: AsyncIterator[bytes], subfolder: str = "", *, strip: bool = True
    ) -> Stored:
        """Keep a file that arrives in pieces; without `strip` with all its metadata.

        Raises InvalidError for nothing, UnsupportedMediaTypeError, PayloadTooLargeError,
        UnprocessableError for a broken one, or a storage error. Then nothing is left behind.
        """
        folder = await self._in_thread(lambda: self.resolve(subfolder))
        upload = Upload(folder, limit=self.limit)
        try:
            content = await self._receive(upload, chunks)
            size = await self._checked(upload, content, strip)
            kept = await self._in_thread(lambda: upload.keep(name, content))
        finally:
            await asyncio.shield(self._in_thread(upload.discard))
        place = "/".join(relative_parts(subfolder))
        return Stored(kept, place, upload.size, content.kind, *size)

    async def _receive(self, upload: Upload, chunks: AsyncIterator[bytes]) -> Content:
        """Store the pieces once the first bytes say that it may be kept."""
        head = b""
        content: Content | None = None
        async for chunk in chunks:
            head += chunk
            if content is None and len(head) < HEAD_BYTES:
                continue
            content = content or content_of(head[:HEAD_BYTES])
            piece, head = head, b""
            await self._in_thread(partial(upload.write, piece))
        if content is None:
            if not head:
                raise InvalidError("The file is empty.", code="empty file")
            content = content_of(head)
            await self._in_thread(partial(upload.write, head))
        return content

    async def _checked(
        self, upload: Upload, content: Content, strip: bool
    ) -> tuple[int, int] | tuple[None, None]:
        async with self._decoding:
            if strip:
                await self._in_thread(lambda: upload.strip(content))
            if content.kind == "video":
                return None, None
            return await self._in_thread(lambda: upload.check_picture(self._settings.max_pixels))

    async def _in_thread(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self.threads, work)


def page_of(listed: list[Entry], page: int, per_page: int) -> dict[str, Any]:
    """One page in the predecessor's members."""
    start = (page - 1) * per_page
    return {
        "items": [entry.as_json() for entry in listed[start : start + per_page]],
        "page": page,
        "per_page": per_page,
        "total_pages": -(-len(listed) // per_page),
        "total_items": len(listed),
    }
