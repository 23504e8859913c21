"""Deleting into a trash folder beside the pictures, and bringing back."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Final, TypeVar

from cozygen.errors import ForbiddenError, InvalidError, NotFoundError
from cozygen.gallery.library import Gallery, Shelf
from cozygen.gallery.listing import Listing
from cozygen.gallery.roots import is_media
from cozygen.storage.confine import relative_parts, resolve_inside
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
    """The trash of the output folder. Moves happen in the gallery's threads."""

    def __init__(self, gallery: Gallery, manifest: JsonDocument) -> None:
        self._gallery = gallery
        self._manifest = manifest

    async def delete(self, filename: str, subfolder: str) -> Entry:
        """Move one media file. Raises InvalidError, ForbiddenError, NotFoundError."""
        if relative_parts(filename) != [filename] or filename in (".", ".."):
            raise InvalidError("filename is the name of a file, without a folder.", code="invalid filename")
        shelf = await self._gallery.shelf()
        entry = await self._run(lambda: self._entry(shelf, filename, subfolder))
        errors = await self._move(shelf, [entry])
        if errors:
            raise ForbiddenError("The file cannot be moved into the trash.")
        return entry

    async def delete_items(self, ids: Iterable[str]) -> tuple[list[Entry], list[str]]:
        """Move items by id; returns what went and sentences about what did not."""
        shelf = await self._gallery.shelf()

        def collect() -> list[Entry]:
            found = [shelf.index.locate(item_id) for item_id in ids]
            return [self._entry(shelf, path[0].name, str(path[0].parent)) for path in found if path]

        entries = await self._run(collect)
        return entries, await self._move(shelf, entries)

    async def delete_all(self, subfolder: str, recursive: bool) -> tuple[list[Entry], list[str]]:
        """Move all media files of a folder that are older than this call and not hidden."""
        began = time.time()
        folder = Listing(subfolder).folder
        shelf = await self._gallery.shelf()
        if await self._run(lambda: shelf.index.page(folder, limit=0)) is None:
            await self._run(lambda: resolve_inside(shelf.roots.folders[0], folder))
            raise NotFoundError("There is no such folder.")

        def collect() -> list[Entry]:
            found = []
            for item_id in shelf.index.ids(folder, recursive=recursive):
                path = shelf.index.locate(item_id)
                if path is None or (path[0].parts[0] in MODEL_FOLDERS and len(path[0].parts) > 1):
                    continue
                try:
                    entry = self._entry(shelf, path[0].name, path[0].parent.as_posix())
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
        root = shelf.roots.folders[0]

        def move_back() -> list[dict[str, str]]:
            return [
                _restore(root, entry) for entry in entries if (root / TRASH_FOLDER / entry.stored).exists()
            ]

        restored = await self._run(move_back)
        await self._forget(wanted)
        shelf.index.rescan([entry.subfolder for entry in entries])
        return restored

    async def empty(self) -> int:
        """Remove everything in the trash for good; returns how many files."""
        entries = await self.entries()
        await self._remove(entries)
        return len(entries)

    def _entry(self, shelf: Shelf, filename: str, subfolder: str) -> Entry:
        """Check a file: media, in the root itself and not behind a link."""
        subfolder = "" if subfolder == "." else subfolder
        folder = resolve_inside(shelf.roots.folders[0], subfolder)
        path = folder / filename
        try:
            found = path.lstat()
        except (OSError, ValueError) as error:
            raise NotFoundError("There is no such file.") from error
        if path.is_dir() or not path.is_file() or not is_media(filename):
            raise NotFoundError("There is no such picture, clip or sound.")
        if TRASH_FOLDER in folder.parts:
            raise ForbiddenError("This file is in the trash already.")
        token = secrets.token_hex(8)
        place = "/".join(relative_parts(subfolder))
        return Entry(token, filename, place, found.st_size, found.st_mtime, time.time(), token + path.suffix)

    async def _move(self, shelf: Shelf, entries: list[Entry]) -> list[str]:
        """The manifest first: a crash leaves an entry without a file, never a file without an entry."""
        if not entries:
            return []
        await self._prune()
        await self._manifest.update(lambda value: value["entries"].update({e.id: asdict(e) for e in entries}))
        root = shelf.roots.folders[0]
        failed = await self._run(lambda: [e for e in entries if not _move_away(root, e)])
        if failed:
            await self._forget({entry.id for entry in failed})
        gone = {entry.id for entry in entries} - {entry.id for entry in failed}
        shelf.index.rescan(sorted({entry.subfolder for entry in entries}))
        await self._until_gone(shelf, [entry for entry in entries if entry.id in gone])
        for entry in failed:
            entries.remove(entry)
        return [
            f"{PurePosixPath(e.subfolder, e.filename)}: it cannot be moved into the trash" for e in failed
        ]

    async def _until_gone(self, shelf: Shelf, entries: list[Entry]) -> None:
        """Whoever asks right after a deletion must not see the file again."""
        for entry in entries[-1:]:
            for _ in range(80):
                if await self._run(lambda e=entry: shelf.index.find(e.subfolder, e.filename)) is None:  # type: ignore[misc]
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
        root = (await self._gallery.shelf()).roots.folders[0]

        def unlink() -> None:
            for entry in entries:
                (root / TRASH_FOLDER / entry.stored).unlink(missing_ok=True)

        await self._run(unlink)
        await self._forget({entry.id for entry in entries})

    async def _forget(self, ids: set[str]) -> None:
        def change(value: Value) -> None:
            for entry_id in ids:
                value["entries"].pop(entry_id, None)

        await self._manifest.update(change)

    async def _run(self, work: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._gallery.threads, work)


def _move_away(root: Path, entry: Entry) -> bool:
    source = root.joinpath(*PurePosixPath(entry.subfolder).parts, entry.filename)
    try:
        (root / TRASH_FOLDER).mkdir(exist_ok=True)
        source.replace(root / TRASH_FOLDER / entry.stored)
    except OSError:
        return False
    return True


def _restore(root: Path, entry: Entry) -> dict[str, str]:
    folder = resolve_inside(root, entry.subfolder)
    folder.mkdir(parents=True, exist_ok=True)
    target, number = folder / entry.filename, 1
    while target.exists():
        number += 1
        target = folder / f"{Path(entry.filename).stem} ({number}){Path(entry.filename).suffix}"
    (root / TRASH_FOLDER / entry.stored).replace(target)
    return {"filename": target.name, "subfolder": entry.subfolder}
