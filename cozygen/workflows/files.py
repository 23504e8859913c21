"""Workflow files: JSON in nested folders, the editor's own graph beside each in `.ui/`.

`deep/cozy.json` holds the API graph and `deep/.ui/cozy.json` what the graph
editor saved with it. Hidden names are never listed. All calls block: run them in
a thread.
"""

from __future__ import annotations

import hashlib
import os
import threading
import time
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from cozygen.errors import ConflictError, CozyGenError, InvalidError, NotFoundError, PayloadTooLargeError
from cozygen.storage import json_text
from cozygen.storage.confine import relative_parts, resolve_inside
from cozygen.storage.document_text import MAX_DEPTH, depth_of
from cozygen.storage.whole_file import write_whole_file

ENDING = ".json"
UI_FOLDER = ".ui"
TRASH_FOLDER = ".trash"
MAX_BYTES = 32 * 1024 * 1024
MOST_OF_A_NAME = 1000
_REMEMBERED = 256


class WorkflowFile(NamedTuple):
    """One listed file: `name` is its path with forward slashes; `mtime` in seconds."""

    name: str
    title: str
    folder: str
    size: int
    mtime: float


@dataclass(frozen=True)
class Workflow:
    """One file read: the document as it stands, the editor's graph if there is one, its version."""

    name: str
    document: Any
    ui_graph: Any
    etag: str


class WorkflowFiles:
    """The workflow files below one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self._adding = threading.Lock()
        self._read: OrderedDict[tuple[str, int, int], tuple[Any, str]] = OrderedDict()

    def list(self) -> list[WorkflowFile]:
        """All files, by folder and name, case ignored; a missing folder is empty."""
        found: list[WorkflowFile] = []
        _walk(str(self.root), "", found)
        return sorted(found, key=lambda file: (file.folder.lower(), file.title.lower(), file.name))

    def read(self, name: str) -> Workflow:
        """One file. Raises NotFoundError, InvalidError `bad json`, PayloadTooLargeError."""
        path = self._path(name)
        document, etag = self._json(path)
        try:
            ui_graph, _etag = self._json(_ui_path(path))
        except (NotFoundError, InvalidError):
            ui_graph = None
        return Workflow(self._name_of(path), document, ui_graph, etag)

    def _json(self, path: Path) -> tuple[Any, str]:
        try:
            state = path.stat()
            key = (str(path), state.st_size, state.st_mtime_ns)
            if key not in self._read:
                self._remember(key, _parse(path, state.st_size))
            self._read.move_to_end(key)
            return self._read[key]
        except (FileNotFoundError, NotADirectoryError, IsADirectoryError) as error:
            raise NotFoundError("There is no such workflow.") from error

    def _remember(self, key: tuple[str, int, int], read: tuple[Any, str]) -> None:
        self._read[key] = read
        while len(self._read) > _REMEMBERED:
            self._read.popitem(last=False)

    def save(self, name: str, document: Any, ui_graph: Any) -> Workflow:
        """Write the API graph and, if given, the editor's graph."""
        path = self._path(name)
        data = json_text.dumps(document, indent=True)
        if ui_graph is not None:
            write_whole_file(_ui_path(path), json_text.dumps(ui_graph))
        write_whole_file(path, data)
        return self.read(name)

    def add(self, stem: str, document: Any, ui_graph: Any) -> tuple[str, bool]:
        """(name, whether it was there already) of a new file `stem`.json; a taken name gets a number."""
        with self._adding:
            for number in range(1, MOST_OF_A_NAME):
                name = f"{stem} ({number}){ENDING}" if number > 1 else stem + ENDING
                path = self._path(name)
                if not path.exists():
                    return self.save(name, document, ui_graph).name, False
                if self._holds(name, document):
                    return self._name_of(path), True
        raise ConflictError("There are too many workflows of that name.", code="exists")

    def _holds(self, name: str, document: Any) -> bool:
        try:
            return bool(self.read(name).document == document)
        except CozyGenError:
            return False

    def rename(self, name: str, to: str) -> str:
        """Move a file and its editor's graph; returns the new name."""
        source, target = self._path(name), self._path(to)
        if not source.is_file():
            raise NotFoundError("There is no such workflow.")
        if target.exists():
            raise ConflictError("There is already a workflow of that name.", code="exists")
        _move(source, target)
        if _ui_path(source).is_file():
            _move(_ui_path(source), _ui_path(target))
        return self._name_of(target)

    def delete(self, name: str) -> str:
        """Move a file into the hidden trash; returns the token that `restore` takes."""
        path = self._path(name)
        if not path.is_file():
            raise NotFoundError("There is no such workflow.")
        token = f"{time.time_ns()}"
        bin_ = self.root / TRASH_FOLDER / token
        _move(path, bin_ / path.relative_to(self._real_root()))
        if _ui_path(path).is_file():
            _move(_ui_path(path), bin_ / _ui_path(path).relative_to(self._real_root()))
        return token

    def restore(self, token: str) -> str:
        """Bring a deleted file back under its name; returns the name."""
        bin_ = self.root / TRASH_FOLDER / token
        if not token.isdecimal() or not bin_.is_dir():
            raise NotFoundError("There is nothing to bring back.")
        name = ""
        for path in sorted(bin_.rglob("*" + ENDING)):
            target = self.root / path.relative_to(bin_)
            if target.exists():
                raise ConflictError("There is a new workflow of that name.", code="exists")
            _move(path, target)
            if UI_FOLDER not in target.parts:
                name = target.relative_to(self.root).as_posix()
        return name

    def _path(self, name: str) -> Path:
        parts = relative_parts(name)
        if not parts or not parts[-1].lower().endswith(ENDING):
            raise InvalidError("A workflow's name ends in .json.", code="invalid name")
        if any(part.startswith(".") for part in parts):
            raise InvalidError("A workflow's name does not begin with a dot.", code="invalid name")
        return resolve_inside(self.root, *parts)

    def _name_of(self, path: Path) -> str:
        return path.relative_to(self._real_root()).as_posix()

    def _real_root(self) -> Path:
        return Path(os.path.realpath(self.root))


def _walk(folder: str, prefix: str, found: list[WorkflowFile]) -> None:
    """Add the visible JSON files; links to folders are not followed, what vanishes is skipped.

    Texts and not paths, and one look at each file: a list of thousands is asked for often. Nothing
    is remembered between lists: a file that was overwritten in place changes no folder's time.
    """
    inside: list[str] = []
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name[0] == ".":
                    continue
                if entry.is_dir(follow_symlinks=False):
                    inside.append(name)
                elif name[-len(ENDING) :].lower() == ENDING and entry.is_file():
                    _add(entry, prefix, found)
    except (FileNotFoundError, NotADirectoryError, PermissionError):
        pass
    for name in inside:
        _walk(f"{folder}/{name}", f"{prefix}{name}/", found)


def _add(entry: os.DirEntry[str], prefix: str, found: list[WorkflowFile]) -> None:
    try:
        state = entry.stat()
    except FileNotFoundError:
        return
    name = entry.name
    found.append(
        WorkflowFile(prefix + name, name[: -len(ENDING)], prefix[:-1], state.st_size, state.st_mtime)
    )


def _ui_path(path: Path) -> Path:
    return path.parent / UI_FOLDER / path.name


def _parse(path: Path, size: int) -> tuple[Any, str]:
    if size > MAX_BYTES:
        raise PayloadTooLargeError(f"This workflow is larger than {MAX_BYTES // 2**20} MiB.")
    data = path.read_bytes()
    try:
        document = json_text.loads(data)
    except json_text.JsonTextError as error:
        raise InvalidError("This workflow file is not JSON.", code="bad json") from error
    if depth_of(document) > MAX_DEPTH:
        raise InvalidError("This workflow file is nested too deeply.", code="too_deep")
    return document, f'"{hashlib.blake2b(data, digest_size=12).hexdigest()}"'


def _move(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    source.replace(target)
