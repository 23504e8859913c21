"""What a host had saved of runs before it was lost with its queue and its history.

A file says itself which run it is of (`signature.py`). Those of our own output
folder are sought by walking it; on another machine, by the names that ComfyUI
gives, one after the other.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from cozygen.gallery.roots import is_media
from cozygen.host.protocol import FarHost, Host
from cozygen.runs.far_names import FarNames
from cozygen.runs.history import RunHistory
from cozygen.runs.run import Run
from cozygen.runs.run_log import RunLog
from cozygen.runs.signature import Signature, signature_of
from cozygen.workflows.graph import Graph, links_of

# Clocks of network drives differ from ours.
SLACK_S: Final = 60.0


@dataclass(frozen=True)
class Kept:
    """Files as the host names them, and whether everything that the run was to make is there."""

    files: list[dict[str, str]] = field(default_factory=list)
    everything: bool = False


Search = Callable[[list[Run]], Awaitable[dict[str, Kept]]]


async def nothing(_runs: list[Run]) -> dict[str, Kept]:
    """Where nothing can be sought."""
    return {}


class LeftBehind:
    """Seeks the files of runs that the host does not know any more."""

    def __init__(self, host: Host, log_: RunLog, history: RunHistory) -> None:
        self._host = host
        self._history = history
        self._far = FarNames(host, log_) if isinstance(host, FarHost) and not host.shares_output else None

    async def search(self, runs: list[Run]) -> dict[str, Kept]:
        """By run id. Raises HostDownError."""
        graphs = {run.run_id: await self._history.graph_of(run.run_id) or {} for run in runs}
        if self._far is None:
            found = await asyncio.to_thread(self._walk, runs)
        else:
            found = {run.prompt_id: await self._far.seek(run, graphs[run.run_id]) for run in runs}
        return {run.run_id: _kept(run, graphs[run.run_id], found.get(run.prompt_id, [])) for run in runs}

    def _walk(self, runs: list[Run]) -> dict[str, list[tuple[Signature, dict[str, str]]]]:
        """Every new file of the output folder that carries one of the prompt ids. Blocking."""
        prompt_ids = {run.prompt_id for run in runs}
        since = min(run.created for run in runs) - SLACK_S
        root = self._host.folders.outputs()[0]
        found: dict[str, list[tuple[Signature, dict[str, str]]]] = {}
        for path in sorted(_new_files(root, since), key=lambda path: path.name):
            signature = _signature(path, prompt_ids)
            if signature is not None:
                subfolder = path.parent.relative_to(root).as_posix()
                file = {"filename": path.name, "subfolder": "" if subfolder == "." else subfolder}
                found.setdefault(signature.prompt_id, []).append((signature, {**file, "type": "output"}))
        return found


def _signature(path: Path, prompt_ids: Collection[str]) -> Signature | None:
    try:
        return signature_of(path, prompt_ids)
    except OSError:
        return None  # gone meanwhile, or not ours to read


def _new_files(root: Path, since: float) -> Iterator[Path]:
    """Media files written since; a folder in which nothing was made since is not looked at closely."""
    for folder, names, files in os.walk(root):
        names[:] = [name for name in names if not name.startswith(".")]
        if _changed(Path(folder), since):
            for name in files:
                if is_media(name) and not name.startswith(".") and _changed(Path(folder, name), since):
                    yield Path(folder, name)


def _changed(path: Path, since: float) -> bool:
    try:
        return path.stat().st_mtime >= since
    except OSError:
        return False


def _kept(run: Run, graph: Graph, found: Iterable[tuple[Signature, dict[str, str]]]) -> Kept:
    entries = list(found)
    made = {*run.made, *_whole_batches(signature for signature, _file in entries)}
    ends = _ends(graph)
    return Kept([file for _signature, file in entries], bool(ends) and ends <= made)


def _whole_batches(signatures: Iterable[Signature]) -> set[str]:
    """Nodes all of whose pictures are there."""
    numbers: dict[tuple[str, int], set[int]] = {}
    for signature in signatures:
        if signature.node_id is not None and signature.count is not None:
            numbers.setdefault((signature.node_id, signature.count), set()).add(signature.number)
    return {node_id for (node_id, count), there in numbers.items() if len(there) == count}


def _ends(graph: Graph) -> set[str]:
    """Nodes that nothing reads from: when all of them have worked, the run was finished."""
    read = {link.node_id for node in graph.values() for _name, link in links_of(node)}
    return set(graph) - read
