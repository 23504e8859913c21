"""What lies beside a model file: its preview picture, and what others wrote about it.

Managers of models keep `style.preview.png`, `style.png`, `style.civitai.info` or
`style.json` beside `style.safetensors`. All calls block: run them in a thread.
"""

from __future__ import annotations

import os
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from cozygen.errors import NotFoundError
from cozygen.storage.confine import relative_parts
from cozygen.workflows.choices import MODEL_ENDINGS, resolved
from cozygen.workflows.model_notes import Notes, read_notes
from cozygen_core import media_version

PREVIEW_ENDINGS: Final = tuple(
    f"{word}.{ending}"
    for ending in ("png", "jpg", "jpeg", "webp", "gif", "mp4", "webm")
    for word in (".preview", "")
)
"""What a preview's name adds to the model's without ending, the preferred one first."""

_RANK: Final = {ending: place for place, ending in enumerate(PREVIEW_ENDINGS)}
_REMEMBERED: Final = 256

Locate = Callable[[str, str], Path | None]
"""The file of a kind by its name in the list; None where it is not on this machine."""


class Preview(NamedTuple):
    """A preview picture, and the version of its content."""

    path: Path
    version: str


class Info(NamedTuple):
    """A model file: bytes, Unix time, the version of its preview if it has one, what is written about it."""

    size: int
    mtime: float
    preview: str | None
    notes: Notes


class ModelFiles:
    """Finds files by the host's own lists, so a name never leads anywhere else."""

    def __init__(self, locate: Locate) -> None:
        self._locate = locate
        self._notes: OrderedDict[tuple[object, ...], Notes] = OrderedDict()
        self._lock = threading.Lock()

    def preview(self, kind: str, name: str) -> Path:
        """The picture beside a model. Raises NotFoundError, ForbiddenError, InvalidError."""
        found = self.previews(kind, [name]).get(name)
        if found is None:
            raise NotFoundError("This model has no preview.")
        return found.path

    def previews(self, kind: str, names: Iterable[str]) -> dict[str, Preview]:
        """The previews of those that have one; each folder is looked through once."""
        folders: dict[str, dict[str, os.DirEntry[str]]] = {}
        found: dict[str, Preview] = {}
        for name in names:
            path = self._find(kind, name)
            if path is None:
                continue
            folder = str(path.parent)
            if folder not in folders:
                folders[folder] = _pictures(folder)
            entry = folders[folder].get(_stem(path.name))
            preview = _preview_of(entry) if entry is not None else None
            if preview is not None:
                found[name] = preview
        return found

    def info(self, kind: str, name: str) -> Info:
        """All that is known of a model. Raises NotFoundError, ForbiddenError, InvalidError."""
        path = self._find(kind, name)
        try:
            if path is None:
                raise NotFoundError("There is no such model on this machine.")
            state = path.stat()
        except OSError as error:
            raise NotFoundError("There is no such model on this machine.") from error
        preview = self.previews(kind, [name]).get(name)
        notes = self._remembered(path, state)
        return Info(state.st_size, state.st_mtime, preview.version if preview else None, notes)

    def _find(self, kind: str, name: str) -> Path | None:
        """The file of a choice; hidden names and other endings are nobody's choice."""
        parts = relative_parts(name)
        hidden = any(part.startswith(".") for part in parts)
        if not parts or hidden or Path(parts[-1]).suffix.lower() not in MODEL_ENDINGS:
            return None
        return self._locate(kind, name) or self._locate(resolved(kind), name)

    def _remembered(self, path: Path, state: os.stat_result) -> Notes:
        key = (str(path), state.st_size, state.st_mtime_ns, *_beside(path))
        with self._lock:
            if key in self._notes:
                self._notes.move_to_end(key)
                return self._notes[key]
        notes = read_notes(path)
        with self._lock:
            self._notes[key] = notes
            while len(self._notes) > _REMEMBERED:
                self._notes.popitem(last=False)
        return notes


def _stem(name: str) -> str:
    return name.rpartition(".")[0].lower()


def _pictures(folder: str) -> dict[str, os.DirEntry[str]]:
    """The preferred picture by the lower-case stem of the model that it belongs to."""
    best: dict[str, tuple[int, os.DirEntry[str]]] = {}
    for entry in _files_in(folder):
        stem, dot, ending = entry.name.lower().rpartition(".")
        for word in (".preview", ""):
            rank = _RANK.get(word + dot + ending)
            if rank is None or not stem.endswith(word):
                continue
            owner = stem.removesuffix(word)
            if owner not in best or rank < best[owner][0]:
                best[owner] = (rank, entry)
    return {owner: entry for owner, (_rank, entry) in best.items()}


def _files_in(folder: str) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            yield from (entry for entry in entries if not entry.name.startswith("."))
    except OSError:
        # A folder that vanished, or may not be read, has no pictures.
        return


def _preview_of(entry: os.DirEntry[str]) -> Preview | None:
    try:
        if not entry.is_file():
            return None
        state = entry.stat()
    except OSError:
        return None
    return Preview(Path(entry.path), media_version(state.st_size, state.st_mtime_ns))


def _beside(path: Path) -> list[tuple[str, int, int]]:
    """Name, size and time of what is written beside a model: another of these is another text."""
    stem, found = _stem(path.name), []
    for entry in _files_in(str(path.parent)):
        if entry.name.lower().startswith(stem) and entry.name.lower().endswith((".json", ".info")):
            state = entry.stat()
            found.append((entry.name, state.st_size, state.st_mtime_ns))
    return sorted(found)
