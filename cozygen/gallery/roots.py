"""The folders on disk that a library shows."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Final

from cozygen.errors import ForbiddenError
from cozygen.storage.confine import is_inside, relative_parts, resolve_inside

MEDIA_SUFFIXES: Final = frozenset(
    (
        *(".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".avif"),
        *(".mp4", ".webm", ".mov", ".mkv"),
        *(".mp3", ".wav", ".flac", ".ogg", ".m4a"),
    )
)


def is_media(name: str) -> bool:
    """Whether a file of that name is a picture, a clip or a sound."""
    return PurePath(name).suffix.lower() in MEDIA_SUFFIXES


@dataclass(frozen=True)
class Roots:
    """Folders on disk that one index shows; the first is the library itself."""

    folders: tuple[Path, ...]
    linked: tuple[Path, ...] = ()

    def labelled(self) -> list[tuple[str, Path]]:
        """Each with the name under which it appears: none for the first."""
        seen: dict[str, Path] = {}
        for folder in self.folders[1:]:
            label, number = folder.name or "root", 2
            while label in seen:
                label, number = f"{folder.name}-{number}", number + 1
            seen[label] = folder
        return [("", self.folders[0]), *seen.items()]

    def resolve(self, *parts: str) -> Path:
        """The real place of a path of the library. Raises ForbiddenError, InvalidError."""
        root, rest = self.home(name for part in parts for name in relative_parts(part))
        return resolve_inside(root, *rest, linked_roots=(*self.folders, *self.linked))

    def home(self, names: Iterable[str]) -> tuple[Path, tuple[str, ...]]:
        """The root that a path of the library lies in, and its names below that root."""
        found = tuple(names)
        for label, folder in self.labelled()[1:]:
            if found[:1] == (label,):
                return folder, found[1:]
        return self.folders[0], found

    def resolve_known(self, path: Path) -> Path:
        """The real place of a path that the index knows, whatever its names hold."""
        root, parts = self.home(path.parts)
        real = Path(os.path.realpath(root.joinpath(*parts)))
        allowed = (*self.folders, *self.linked)
        if not any(is_inside(real, Path(os.path.realpath(folder))) for folder in allowed):
            raise ForbiddenError("The path leads out of its folder.")
        return real
