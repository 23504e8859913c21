"""Makes one thumbnail: the core's work, its errors in our words, its failures remembered."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

import cozygen_core
from cozygen.errors import ForbiddenError, NotFoundError
from cozygen.thumbs.disk_cache import DiskCache
from cozygen.thumbs.errors import FAILURES, NoDecoderError, PictureTooLargeError, UndecodableError
from cozygen.thumbs.failures import Failures
from cozygen.thumbs.made import Made, made_of
from cozygen.thumbs.moving import MovingPictures
from cozygen.thumbs.source import Source
from cozygen.thumbs.variant import Variant

# A file younger than this may still be written: what fails now may be whole soon.
SETTLED_AFTER_S: Final = 2.0
_SETTINGS: Final = {"max_pixels": "COZYGEN_MAX_PIXELS"}


class Maker:
    """Blocking; runs in the scheduler's threads."""

    def __init__(
        self,
        cache: DiskCache,
        failures: Failures,
        *,
        max_pixels: int,
        moving: MovingPictures,
    ) -> None:
        self._cache = cache
        self._failures = failures
        self._max_pixels = max_pixels
        self._moving = moving

    def make(self, source: Source, variant: Variant) -> Made:
        """Decode, shrink, encode, keep. Raises the errors of `cozygen.thumbs.errors`, or NotFoundError."""
        key = failure_key(source, variant)
        self._failures.begin(key)
        try:
            made = self._try(source, variant)
        except FAILURES as error:
            if self._is_settled(source):
                self._failures.remember(key, error)
            raise
        finally:
            self._failures.end(key)
        if self._is_unchanged(source):
            self._cache.write(source.key, variant, made.data)
        return made

    def _try(self, source: Source, variant: Variant) -> Made:
        if variant.is_clip:
            return self._moving.make(source, variant)
        if self._failures.is_suspect(source.key):
            return self._apart(source, variant)
        try:
            return self._decode(source, variant)
        except cozygen_core.UnsupportedFormatError:
            # Clips and sounds, and AVIF: read by the process that may crash.
            return self._moving.make(source, variant)

    def _apart(self, source: Source, variant: Variant) -> Made:
        try:
            return self._moving.make_apart(source, variant)
        except NoDecoderError:
            return self._moving.make(source, variant)

    def _decode(self, source: Source, variant: Variant) -> Made:
        path, limit = source.path, self._max_pixels
        try:
            thumb = cozygen_core.thumbnail(path, variant.width, format=variant.format, max_pixels=limit)
        except cozygen_core.TooLargeError as error:
            raise _too_large(error, path) from error
        except cozygen_core.DecodeError as error:
            raise UndecodableError("The picture is broken.") from error
        except cozygen_core.InternalError as error:
            raise UndecodableError("The picture broke its decoder.") from error
        except FileNotFoundError as error:
            raise NotFoundError("There is no such file.") from error
        except OSError as error:
            raise ForbiddenError("The file cannot be read.", code="unreadable") from error
        return made_of(thumb)

    def _is_settled(self, source: Source) -> bool:
        return time.time() - source.mtime_ns / 1e9 > SETTLED_AFTER_S and self._is_unchanged(source)

    def _is_unchanged(self, source: Source) -> bool:
        """Whether the file was the same all the while, so that its key names what was made."""
        try:
            found = source.path.stat()
        except OSError:
            return False
        return (found.st_size, found.st_mtime_ns) == (source.size, source.mtime_ns)


def failure_key(source: Source, variant: Variant) -> str:
    """A clip that cannot be made says nothing about its poster."""
    return f"{source.key}-clip" if variant.is_clip else source.key


def _too_large(error: cozygen_core.TooLargeError, path: Path) -> PictureTooLargeError:
    """The core's sentence without the path, and the setting that allows it."""
    reason, _, limit = str(error).removeprefix(f"{path}: ").rpartition(" (limit: ")
    setting = _SETTINGS.get(limit.rstrip(")"), limit.rstrip(")"))
    message = f"The picture is too large: {reason} (limit {setting})."
    return PictureTooLargeError(message, details={"setting": setting})
