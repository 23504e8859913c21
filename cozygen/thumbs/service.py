"""Thumbnails for whoever asks: from memory, from disk, or made now."""

from __future__ import annotations

import asyncio
import functools
import os
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

import cozygen_core
from cozygen.thumbs.disk_cache import DiskCache, Freed
from cozygen.thumbs.facts import Facts, Known
from cozygen.thumbs.failures import Failures
from cozygen.thumbs.made import Made, made_of
from cozygen.thumbs.maker import Maker, failure_key
from cozygen.thumbs.memory_cache import MemoryCache
from cozygen.thumbs.moving import MovingPictures
from cozygen.thumbs.place import Place
from cozygen.thumbs.poster_process import MOST as MOST_POSTERS
from cozygen.thumbs.scheduler import Scheduler, Wanted, always
from cozygen.thumbs.source import Source, find_source
from cozygen.thumbs.variant import Variant

MEMORY_BYTES: Final = 64 << 20
# Hung decodes, and looks at a share that does not answer, keep their threads; beyond these nothing can start.
_SPARE_THREADS: Final = 16
_FILE_THREADS: Final = 8
# Told by name, so that pictures need not wait behind clips; what a file is, its content says.
_CLIPS: Final = (".mp4", ".webm", ".mov", ".mkv")
_SOUNDS: Final = (".mp3", ".wav", ".flac", ".ogg", ".m4a")


@dataclass(frozen=True, slots=True)
class Thumb:
    """The bytes of a thumbnail and the version of its source."""

    data: bytes
    version: str


Resolve = Callable[[Place], Path]

# After a wish somebody is taken to look on for so long: a grid that scrolls asks again and again.
LOOKING_S: Final = 2.0


class Thumbs:
    """Built once per server; threads start with the first thumbnail."""

    def __init__(
        self,
        folder: Callable[[], Path],
        resolve: Resolve,
        *,
        disk_bytes: int,
        max_pixels: int,
        workers: int | None = None,
    ) -> None:
        self._folder = folder
        self._resolve = resolve
        self._workers = workers or os.cpu_count() or 1
        self._disk_bytes = disk_bytes
        self._max_pixels = max_pixels
        self.moving = MovingPictures(max_pixels)
        # What listings say of files beyond the index.
        self.facts = Facts(folder)
        self.memory = MemoryCache(MEMORY_BYTES)
        self._looked = -LOOKING_S

    @functools.cached_property
    def disk(self) -> DiskCache:
        """The cache folder, known when the host has told where data lies."""
        return DiskCache(self._folder(), self._disk_bytes)

    @functools.cached_property
    def failures(self) -> Failures:
        """Files that are not tried again."""
        return Failures(self._folder())

    @functools.cached_property
    def maker(self) -> Maker:
        """Makes thumbnails, blocking."""
        return Maker(self.disk, self.failures, max_pixels=self._max_pixels, moving=self.moving)

    @functools.cached_property
    def scheduler(self) -> Scheduler[Made]:
        """Orders the decodes of pictures."""
        return Scheduler(self._decoders, workers=self._workers)

    @functools.cached_property
    def clips(self) -> Scheduler[Made]:
        """Orders what the poster workers do."""
        return Scheduler(self._clip_threads, workers=MOST_POSTERS)

    @functools.cached_property
    def _clip_threads(self) -> ThreadPoolExecutor:
        return self._threads("cozygen-clip", MOST_POSTERS + _SPARE_THREADS)

    @functools.cached_property
    def _decoders(self) -> ThreadPoolExecutor:
        """Threads that decode: one per core, and spares for those that hang."""
        return self._threads("cozygen-thumb", self._workers + _SPARE_THREADS)

    @functools.cached_property
    def _files(self) -> ThreadPoolExecutor:
        """Threads that look at files and read cached thumbnails, apart from the decoding ones."""
        return self._threads("cozygen-thumb-file", _FILE_THREADS)

    def _threads(self, name: str, count: int) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(
            count, thread_name_prefix=name, initializer=cozygen_core.lower_thread_priority
        )

    def let_background(self, may: Callable[[], bool]) -> None:
        """Ask `may` before any work that nobody waits for."""
        self.scheduler.may_run_background = self.clips.may_run_background = may

    def poke(self) -> None:
        """The answer of `may` may be another now."""
        self.scheduler.poke()
        self.clips.poke()

    @property
    def is_looked_at(self) -> bool:
        """Whether somebody looks at pictures at the moment."""
        waited_for = not (self.scheduler.is_idle and self.clips.is_idle)
        return waited_for or time.monotonic() - self._looked < LOOKING_S

    def in_memory(self, place: Place, variant: Variant, version: str) -> bytes | None:
        """A thumbnail that was served before under this very version; touches no disk."""
        self._looked = time.monotonic()
        return self.memory.get((place, variant, version)) if version else None

    async def get(self, place: Place, variant: Variant, *, wanted: Wanted = always) -> Thumb:
        """The thumbnail of a file, made if need be.

        Raises NotFoundError, ForbiddenError, and the errors of `cozygen.thumbs.errors`.
        """
        loop = asyncio.get_running_loop()
        source, data = await loop.run_in_executor(self._files, self._look, place, variant)
        version = source.version
        if data is None:
            data = self.memory.get((place, variant, version))
        if data is None:
            made = await self._make(place, source, variant, wanted=wanted)
            data = made.data
        self.memory.put((place, variant, version), data)
        return Thumb(data, version)

    async def warm(self, place: Place, variant: Variant, *, ahead: bool = True) -> bool:
        """Make a thumbnail unless it is there; whether it was made. `ahead` of any wish. Raises as `get`."""
        loop = asyncio.get_running_loop()
        source, data = await loop.run_in_executor(self._files, self._look, place, variant)
        if data is None:
            await self._make(place, source, variant, background=ahead)
        return data is None

    def _look(self, place: Place, variant: Variant) -> tuple[Source, bytes | None]:
        source = find_source(place.root, lambda: self._resolve(place))
        data = self.disk.read(source.key, variant)
        if data is None:
            self.failures.check(failure_key(source, variant))
        return source, data

    async def _make(
        self,
        place: Place,
        source: Source,
        variant: Variant,
        *,
        wanted: Wanted = always,
        background: bool = False,
    ) -> Made:
        moves = variant.is_clip or PurePath(place.filename).suffix.lower() in (*_CLIPS, *_SOUNDS)
        scheduler = self.clips if moves else self.scheduler
        work = functools.partial(self._make_and_note, place, source, variant)
        key = f"{source.key}-{variant.word}"
        return await scheduler.run(key, work, wanted=wanted, background=background)

    def _make_and_note(self, place: Place, source: Source, variant: Variant) -> Made:
        made = self.maker.make(source, variant)
        self._note(place, source, made)
        return made

    def _note(self, place: Place, source: Source, made: Made) -> None:
        """Remember what listings say of the file; a clip was looked at for its poster already."""
        if made.thumbhash:
            self.facts.put(
                place.name(source.version),
                Known(made.thumbhash, made.source_width, made.source_height, made.duration, made.fps),
            )

    def remember_pixels(
        self, place: Place, pixels: bytes, size: tuple[int, int], channels: int, variant: Variant
    ) -> Made:
        """Make and keep the thumbnail of a file just written, from the pixels it was written from.

        Blocking; for the output nodes. `pixels` are rows of `channels` bytes
        each, `size` is width and height.
        """
        source = find_source(place.root, lambda: self._resolve(place))
        thumb = cozygen_core.thumbnail_from_pixels(
            pixels, *size, channels, variant.width, format=variant.format
        )
        made = made_of(thumb)
        self.disk.write(source.key, variant, made.data)
        self._note(place, source, made)
        return made

    async def clear(self) -> Freed:
        """Remove all cached thumbnails and forget failures."""
        self.memory.clear()

        def work() -> Freed:
            self.failures.clear()
            self.facts.clear()
            return self.disk.clear()

        return await asyncio.get_running_loop().run_in_executor(self._files, work)

    async def close(self) -> None:
        """Stop the threads; what runs is not waited for."""
        self.moving.close()
        for name in ("_files", "_decoders", "_clip_threads"):
            threads = self.__dict__.get(name)
            if threads is not None:
                threads.shutdown(wait=False, cancel_futures=True)
        if "failures" in self.__dict__:
            self.failures.close()
        self.facts.close()
