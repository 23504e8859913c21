"""Files of a run on another machine, sought by the names that ComfyUI gives: `prefix_00012_.png`.

ComfyUI lists its output folder to nobody, but it says of any one name whether
there is such a file. The newest number of a prefix is found by doubling and
halving; from there down, the files are read for their signature.
"""

from __future__ import annotations

import asyncio
import posixpath
import re
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

from cozygen.errors import UnprocessableError
from cozygen.host.protocol import FarHost
from cozygen.runs.lowering import lower
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.runs.signature import Signature, signature_of
from cozygen.workflows.graph import Graph, Node, inputs_of

# How many files of others may lie above those of a run before it is given up.
OTHERS: Final = 24
LARGEST: Final = 2**20
_ENDINGS: Final = {
    "SaveImage": ("png",),
    "CozyGenOutput": ("png",),
    "SaveAnimatedPNG": ("png",),
    "SaveAnimatedWEBP": ("webp",),
    "SaveVideo": ("mp4",),
    "SaveWEBM": ("webm",),
    "CozyGenVideoOutput": ("mp4", "webm", "gif", "webp"),
    "SaveAudio": ("flac",),
    "SaveAudioMP3": ("mp3",),
    "SaveAudioOpus": ("opus",),
}
_PNG: Final = b"\x89PNG"
_UNKNOWN: Final = re.compile(r"%[a-z_]+%")

Found = tuple[Signature, dict[str, str]]


class FarNames:
    """`log` knows the numbers of earlier files, where those below them are gone."""

    def __init__(self, host: FarHost, log_: RunLog) -> None:
        self._host = host
        self._log = log_

    async def seek(self, run: Run, graph: Graph) -> list[Found]:
        """The files of a run that it had saved. Raises HostDownError."""
        found: list[Found] = []
        for prefix, ending in sorted(_names(run, graph)):
            found += [entry for entry in await self._of_name(run, prefix, ending) if entry not in found]
        return found

    async def _of_name(self, run: Run, prefix: str, ending: str) -> list[Found]:
        known = self._newest_known(run, prefix, ending)
        found: list[Found] = []
        others = 0
        for number in range(await self._newest(prefix, ending, known), known, -1):
            signature = await self._read(_file(prefix, number, ending), run.prompt_id)
            if signature is not None:
                found.append((signature, _file(prefix, number, ending)))
                continue
            others += 1
            # They lie side by side, except for one that was cut short.
            if others > (1 if found else OTHERS):
                break
        return found[::-1]

    def _newest_known(self, run: Run, prefix: str, ending: str) -> int:
        """The number of the newest file of an earlier run under this name; 0 without one."""
        name = re.compile(re.escape(posixpath.basename(prefix)) + rf"_(\d+)_\.{ending}")
        folder = posixpath.dirname(prefix)
        numbers = [
            int(match[1])
            for earlier in self._log.newest_first()
            if earlier.created < run.created
            for file in earlier.files
            if posixpath.join(self._host.folder, folder).rstrip("/") == file.get("subfolder")
            if (match := name.fullmatch(str(file.get("filename"))))
        ]
        return max(numbers, default=0)

    async def _newest(self, prefix: str, ending: str, known: int) -> int:
        """The highest number in use above `known`, which may be gone itself."""
        low, step = known, 1
        while step < LARGEST and await self._is_there(prefix, known + step, ending):
            low, step = known + step, step * 2
        high = known + step
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if await self._is_there(prefix, middle, ending) else (low, middle)
        return low

    async def _is_there(self, prefix: str, number: int, ending: str) -> bool:
        file = _file(prefix, number, ending)
        return await self._host.has(file["filename"], file["subfolder"])

    async def _read(self, file: dict[str, str], prompt_id: str) -> Signature | None:
        async with self._copy(file, prompt_id) as path:
            return await asyncio.to_thread(signature_of, path, {prompt_id}) if path is not None else None

    @asynccontextmanager
    async def _copy(self, file: dict[str, str], prompt_id: str) -> AsyncIterator[Path | None]:
        with tempfile.TemporaryDirectory(prefix="cozygen-") as folder:
            path = Path(folder) / "file"
            async with self._host.download(file["filename"], file["subfolder"]) as pieces:
                if pieces is None:
                    yield None
                    return
                wanted = await _write(path, pieces, prompt_id.encode())
            yield path if wanted else None


async def _write(path: Path, pieces: AsyncIterator[bytes], prompt_id: bytes) -> bool:
    """Write a file; False as soon as it is clear that it is another run's: texts come before the pixels."""
    head: bytes | None = b""
    with path.open("wb") as out:
        async for piece in pieces:
            await asyncio.to_thread(out.write, piece)
            if head is not None:
                head += piece
                if b"IDAT" in head and prompt_id not in head:
                    return False
                head = None if b"IDAT" in head or not head.startswith(_PNG) else head
    return True


def _names(run: Run, graph: Graph) -> set[tuple[str, str]]:
    """Prefixes and endings under which the nodes of a graph save."""
    try:
        nodes = [*graph.values(), *lower(graph).values()] if graph else []
    except UnprocessableError:
        nodes = [*graph.values()]
    return {
        (prefix, ending)
        for node in nodes
        for ending in _ENDINGS.get(str(node["class_type"]), ())
        for prefix in _prefixes(node, run)
    }


def _prefixes(node: Node, run: Run) -> set[str]:
    """What a prefix may have become, on the day of the run; none where only ComfyUI knows."""
    text = inputs_of(node).get("filename_prefix")
    if not isinstance(text, str) or not text.strip():
        return set()
    dated = {_dated(text, moment) for moment in (run.created, run.started or run.created, time.time())}
    plain = {posixpath.normpath(entry.replace("\\", "/")) for entry in dated if not _UNKNOWN.search(entry)}
    return {entry for entry in plain if not entry.startswith(("/", ".."))}


def _dated(text: str, moment: float) -> str:
    now = time.localtime(moment)
    words = {"%year%": f"{now.tm_year}", "%month%": f"{now.tm_mon:02}", "%day%": f"{now.tm_mday:02}"}
    for name, value in words.items():
        text = text.replace(name, value)
    return text


def _file(prefix: str, number: int, ending: str) -> dict[str, str]:
    folder, stem = posixpath.split(prefix)
    return {"filename": f"{stem}_{number:05}_.{ending}", "subfolder": folder, "type": "output"}
