"""Deleting into a trash folder beside the pictures, and bringing back."""

from __future__ import annotations

import asyncio
import os
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path, PurePath, PurePosixPath
from typing import Final, TypeVar

from cozygen.errors import ForbiddenError, InvalidError, NotFoundError
from cozygen.gallery.library import Gallery, Shelf
from cozygen.gallery.listing import Listing
from cozygen.gallery.roots import Roots, is_media
from cozygen.storage.confine import is_inside, relative_parts
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.json_document import JsonDocument

Result = TypeVar("Result")
TRASH_FOLDER: Final = ".cozygen-trash"
KEPT_S: Final = 30 * 86400
KEPT_BYTES: Final = 10 * 1024**3
# ComfyUI keeps trained models in these folders of the output folder.
MODEL_FOLDERS: Final = frozenset(
    {"checkpoints", "clip", "diffusion_models", "loras", "text_encoders", "unet", "vae"}
)
MANIFEST: Final = DocumentFormat("gallery_trash", 1, default=lambda: {"version": 1, "entries": {}})


@dataclass(frozen=True)
class Entry:
    """A deleted file: where it was, and under which name it lies in the trash."""

    id: str
    filename: str
    subfolder: str
    size: int
    mtime: float
    deleted: float
    stored: str


class Trash:
    """The trash of every output folder, each in the folder itself. Moves happen in the gallery's threads."""

    def __init__(self, gallery: Gallery, manifest: JsonDocument) -> None:
        self._gallery = gallery
        self._manifest = manifest

    async def delete(self, filename: str, subfolder: str) -> Entry:
        """Move one media file. Raises InvalidError, ForbiddenError, NotFoundError."""
        if relative_parts(filename) != [filename] or filename in (".", ".."):
            raise InvalidError("filename is the name of a file, without a folder.", code="invalid filename")
        shelf = await self._gallery.shelf()
        place = PurePosixPath(*relative_parts(subfolder), filename)
        entry = await self._run(lambda: _entry(shelf.roots, place))
        errors = await self._move(shelf, [entry])
        if errors:
            raise ForbiddenError("The file cannot be moved into the trash.")
        return entry

    async def delete_items(self, ids: Iterable[str]) -> tuple[list[Entry], list[str]]:
        """Move items by id, whatever their names hold; returns what went and sentences about what did not."""
        shelf = await self._gallery.shelf()

        entries, errors = await self._run(lambda: _collect(shelf, ids))
        return entries, errors + await self._move(shelf, entries)

    async def delete_all(self, subfolder: str, recursive: bool) -> tuple[list[Entry], list[str]]:
        """Move all media files of a folder that are older than this call and not hidden."""
        began = time.time()
        folder = Listing(subfolder).folder
        shelf = await self._gallery.shelf()
        if await self._run(lambda: shelf.index.page(folder, limit=0)) is None:
            await self._run(lambda: shelf.roots.resolve(folder))
            raise NotFoundError("There is no such folder.")

        def collect() -> list[Entry]:
            found = []
            for item_id in shelf.index.ids(folder, recursive=recursive):
                path = shelf.index.locate(item_id)
                if path is None or _is_model(shelf.roots, path[0]):
                    continue
                try:
                    entry = _entry(shelf.roots, path[0])
                except (NotFoundError, ForbiddenError):
                    continue
                if entry.mtime < began:
                    found.append(entry)
            return found

        entries = await self._run(collect)
        return entries, await self._move(shelf, entries)

    async def entries(self) -> list[Entry]:
        """What lies in the trash, latest first."""
        value = (await self._manifest.read()).value
        found = [Entry(**entry) for entry in value["entries"].values()]
        return sorted(found, key=lambda entry: entry.deleted, reverse=True)

    async def restore(self, ids: Iterable[str]) -> list[dict[str, str]]:
        """Bring files back to where they were, beside what has taken their name since."""
        wanted = set(ids)
        entries = [entry for entry in await self.entries() if entry.id in wanted]
        if not entries:
            raise NotFoundError("There is nothing of the kind in the trash.")
        shelf = await self._gallery.shelf()
        roots = shelf.roots

        def move_back() -> list[dict[str, str]]:
            return [_restore(roots, entry) for entry in entries if _stored(roots, entry).exists()]

        restored = await self._run(move_back)
        await self._forget(wanted)
        shelf.index.rescan(sorted({entry.subfolder for entry in entries}))
        back = [(entry["subfolder"], entry["filename"]) for entry in restored]
        await self._until(shelf, back, known=True)
        return restored

    async def empty(self) -> int:
        """Remove everything in the trash for good; returns how many files."""
        entries = await self.entries()
        await self._remove(entries)
        return len(entries)

    async def _move(self, shelf: Shelf, entries: list[Entry]) -> list[str]:
        """The manifest first: a crash leaves an entry without a file, never a file without an entry."""
        if not entries:
            return []
        await self._prune()
        await self._manifest.update(lambda value: value["entries"].update({e.id: asdict(e) for e in entries}))
        roots = shelf.roots
        failed = await self._run(lambda: [e for e in entries if not _move_away(roots, e)])
        if failed:
            await self._forget({entry.id for entry in failed})
        gone = {entry.id for entry in entries} - {entry.id for entry in failed}
        shelf.index.rescan(sorted({entry.subfolder for entry in entries}))
        left = [(entry.subfolder, entry.filename) for entry in entries if entry.id in gone]
        await self._until(shelf, left, known=False)
        for entry in failed:
            entries.remove(entry)
        return [
            f"{PurePosixPath(e.subfolder, e.filename)}: it cannot be moved into the trash" for e in failed
        ]

    async def _until(self, shelf: Shelf, files: list[tuple[str, str]], *, known: bool) -> None:
        """Whoever asks right after a change must see it; two seconds at most."""
        for subfolder, name in files[-1:]:
            for _ in range(80):
                found = await self._run(partial(shelf.index.find, subfolder, name))
                if (found is not None) == known:
                    return
                await asyncio.sleep(0.025)

    async def _prune(self) -> None:
        kept, old, now = 0, [], time.time()
        for entry in await self.entries():
            kept += entry.size
            if now - entry.deleted > KEPT_S or kept > KEPT_BYTES:
                old.append(entry)
        await self._remove(old)

    async def _remove(self, entries: list[Entry]) -> None:
        if not entries:
            return
        roots = (await self._gallery.shelf()).roots

        def unlink() -> None:
            for entry in entries:
                _stored(roots, entry).unlink(missing_ok=True)

        await self._run(unlink)
        await self._forget({entry.id for entry in entries})

    async def _forget(self, ids: set[str]) -> None:
        def change(value: Value) -> None:
            for entry_id in ids:
                value["entries"].pop(entry_id, None)

        await self._manifest.update(change)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._gallery.threads, work)


def _entry(roots: Roots, place: PurePath) -> Entry:
    """Check a file of the library: media, in its root itself and not behind a link."""
    root, names = roots.home(place.parts)
    base = Path(os.path.realpath(root))
    try:
        folder = Path(os.path.realpath(base.joinpath(*names[:-1])))
        path = folder / place.name
        found = path.lstat()
    except (OSError, ValueError) as error:
        raise NotFoundError("There is no such file.") from error
    if not is_inside(folder, base):
        raise ForbiddenError("The path leads out of its folder.")
    if path.is_dir() or not path.is_file() or not is_media(place.name):
        raise NotFoundError("There is no such picture, clip or sound.")
    if TRASH_FOLDER in folder.parts:
        raise ForbiddenError("This file is in the trash already.")
    token, subfolder = secrets.token_hex(8), "/".join(place.parent.parts)
    stored = token + path.suffix
    return Entry(token, place.name, subfolder, found.st_size, found.st_mtime, time.time(), stored)


def _collect(shelf: Shelf, ids: Iterable[str]) -> tuple[list[Entry], list[str]]:
    """Entries of items, and sentences about those that are none (any more)."""
    entries, errors = [], []
    for item_id in ids:
        found = shelf.index.locate(item_id)
        try:
            if found is None:
                raise NotFoundError("There is no such item.")
            entries.append(_entry(shelf.roots, found[0]))
        except (NotFoundError, ForbiddenError) as error:
            errors.append(f"{item_id}: {error.message}")
    return entries, errors


def _is_model(roots: Roots, place: PurePath) -> bool:
    _root, names = roots.home(place.parts)
    return len(names) > 1 and names[0] in MODEL_FOLDERS


def _folder(roots: Roots, entry: Entry) -> tuple[Path, Path]:
    """The entry's root, and the folder it was in."""
    root, names = roots.home(PurePosixPath(entry.subfolder).parts)
    return root, root.joinpath(*names)


def _stored(roots: Roots, entry: Entry) -> Path:
    return _folder(roots, entry)[0] / TRASH_FOLDER / entry.stored


def _move_away(roots: Roots, entry: Entry) -> bool:
    root, folder = _folder(roots, entry)
    try:
        (root / TRASH_FOLDER).mkdir(exist_ok=True)
        (folder / entry.filename).replace(_stored(roots, entry))
    except OSError:
        return False
    return True


def _restore(roots: Roots, entry: Entry) -> dict[str, str]:
    root, folder = _folder(roots, entry)
    if not is_inside(Path(os.path.realpath(folder)), Path(os.path.realpath(root))):
        raise ForbiddenError("The folder it was in leads out of the library now.")
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / entry.filename, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(entry.filename).stem} ({number}){Path(entry.filename).suffix}"
    _stored(roots, entry).replace(target)
    return {"filename": target.name, "subfolder": entry.subfolder}
