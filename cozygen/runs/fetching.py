"""Finished files of a ComfyUI elsewhere, brought into our output folder; tried again until they are here."""

from __future__ import annotations

import asyncio
import contextlib
import filecmp
import logging
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, Final

from cozygen.errors import CozyGenError
from cozygen.host.folders import Folders
from cozygen.host.protocol import FarHost, HostDownError
from cozygen.runs.run import Run
from cozygen.storage.confine import relative_parts, resolve_inside
from cozygen.storage.document_file import storage_error

log = logging.getLogger(__name__)

FAR: Final = "far"
OUTPUT: Final = "output"
RETRY_S: Final = 5.0
SUFFIX: Final = ".cozygen-part"


class Fetching:
    """`arrived(run)` is called when the files of a run have changed. Of one loop."""

    def __init__(self, host: FarHost, folders: Folders, arrived: Callable[[Run], None]) -> None:
        self._host = host
        self._folders = folders
        self._arrived = arrived
        self._waiting: dict[str, Run] = {}
        self._task: asyncio.Task[None] | None = None

    def add(self, run: Run) -> None:
        """Fetch what the host made in this run, soon."""
        for file in run.files:
            if file.get("type") == OUTPUT and FAR not in file and not file.get("here"):
                file[FAR] = True
        if any(file.get(FAR) for file in run.files):
            self._waiting[run.run_id] = run
            if self._task is None or self._task.done():
                self._task = asyncio.get_running_loop().create_task(self._fetch_all())

    async def stop(self) -> None:
        """Stop; what is not here yet is fetched after the next start."""
        if self._task is not None:
            self._task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._task

    async def _fetch_all(self) -> None:
        while self._waiting:
            for run in list(self._waiting.values()):
                if await self._fetch(run):
                    del self._waiting[run.run_id]
            if self._waiting:
                await asyncio.sleep(RETRY_S)

    async def _fetch(self, run: Run) -> bool:
        """Whether nothing of the run is left to fetch."""
        for file in [file for file in run.files if file.get(FAR)]:
            try:
                await self._bring(run, file)
            except HostDownError:
                return False
            except CozyGenError as error:
                # A full disk, or a name that leads out: what was made stays where it is.
                log.warning("%r was not fetched: %s", file.get("filename"), error.message)
                file[FAR] = False
        self._arrived(run)
        return True

    async def _bring(self, run: Run, file: dict[str, Any]) -> None:
        subfolder = "/".join([self._host.folder, *relative_parts(str(file["subfolder"]))])
        root = self._folders.outputs()[0]
        target = resolve_inside(root, subfolder, str(file["filename"]))
        part = target.with_name(f".{target.name[:100]}.{secrets.token_hex(4)}{SUFFIX}")
        try:
            if await self._download(file, part):
                kept = await asyncio.to_thread(_keep, part, target, run.run_id)
                file.update(filename=kept.name, subfolder=subfolder, here=True)
        except OSError as error:
            raise storage_error(error, target.name) from error
        finally:
            await asyncio.to_thread(part.unlink, missing_ok=True)
        file[FAR] = False

    async def _download(self, file: dict[str, Any], part: Path) -> bool:
        async with self._host.download(str(file["filename"]), str(file["subfolder"])) as pieces:
            if pieces is None:
                return False
            out = await asyncio.to_thread(_create, part)
            try:
                async for piece in pieces:
                    await asyncio.to_thread(out.write, piece)
                await asyncio.to_thread(_finish, out)
            finally:
                out.close()
        return True


def _create(part: Path) -> BinaryIO:
    part.parent.mkdir(parents=True, exist_ok=True)
    return part.open("xb")


def _finish(out: BinaryIO) -> None:
    out.flush()
    os.fsync(out.fileno())


def _keep(part: Path, target: Path, run_id: str) -> Path:
    """Give the file its name; another file of that name stays, the same one is not doubled."""
    if target.exists():
        if filecmp.cmp(part, target, shallow=False):
            return target
        target = target.with_name(f"{target.stem}-{run_id[:8]}{target.suffix}")
    part.replace(target)
    return target
