"""Wildcards from files: `wildcards/hair/color.txt` answers to `__hair/color__`, one option a line, `#`
comments. YAML files hold several lists by name; a text file comes before them.
"""

from __future__ import annotations

import fnmatch
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from cozygen.aliases.yaml_wildcards import ENDINGS, Lists, read_yaml

FOLDER: Final = "wildcards"
MAX_BYTES: Final = 16 * 1024 * 1024
MAX_FILES: Final = 10_000
_LONGEST: Final = 200
_MANY: Final = "*?["
Version = tuple[int, int]
"""Time and size of a file."""


class WildcardFiles:
    """Reads a file when it is asked for, again when it has changed. Blocking."""

    def __init__(self, data: Callable[[], Path]) -> None:
        self._data = data
        self._read: dict[Path, tuple[Version, list[str]]] = {}
        self._yaml: dict[Path, tuple[Version, Lists]] = {}

    def options(self, name: str) -> Sequence[str]:
        """The options of a wildcard; `*` in a name takes several files together."""
        if not any(sign in name for sign in _MANY):
            return self._options_in(self._path(name)) or self._in_yaml(name.strip("~@/"))
        names = [known for known in self.names() if fnmatch.fnmatchcase(known.lower(), name.lower())]
        return [option for known in names for option in self.options(known)]

    def names(self) -> list[str]:
        """All names, sorted; files that links lead to outside the folder are left out."""
        folder = self._data() / FOLDER
        found = [path for path in folder.rglob("*.txt") if path.is_file()][:MAX_FILES]
        plain = {path.relative_to(folder).with_suffix("").as_posix() for path in found}
        return sorted(plain.union(*self._lists()))

    def _in_yaml(self, name: str) -> list[str]:
        return [option for lists in self._lists() for option in lists.get(name, ())]

    def _lists(self) -> list[Lists]:
        """What each YAML file holds, by the files' names."""
        root = self._data() / FOLDER
        folder = root.resolve()
        paths = [path for path in root.rglob("*.y*ml") if path.suffix.lower() in ENDINGS]
        inside = [path for path in sorted(paths)[:MAX_FILES] if path.resolve().is_relative_to(folder)]
        return [self._lists_in(path, path.relative_to(root).with_suffix("").as_posix()) for path in inside]

    def _lists_in(self, path: Path, base: str) -> Lists:
        try:
            version = _version(path)
            known = self._yaml.get(path)
            if known is None or known[0] != version:
                known = self._yaml[path] = (version, read_yaml(path, base))
        except OSError:
            return {}
        return known[1]

    def _path(self, name: str) -> Path | None:
        """The file of a name, or None for one that leaves the folder."""
        plain = name.strip("~@/")
        if not plain or "\0" in plain or len(plain) > _LONGEST:
            return None
        folder = (self._data() / FOLDER).resolve()
        path = (folder / f"{plain}.txt").resolve()
        return path if path.is_relative_to(folder) else None

    def _options_in(self, path: Path | None) -> list[str]:
        if path is None:
            return []
        try:
            version = _version(path)
            known = self._read.get(path)
            if known is None or known[0] != version:
                known = (version, _read(path) if version[1] <= MAX_BYTES else [])
                self._read[path] = known
        except OSError:
            # A missing or unreadable file is a name that is not known; the expansion reports it.
            return []
        return known[1]


def _version(path: Path) -> Version:
    stat = path.stat()
    return stat.st_mtime_ns, stat.st_size


def _read(path: Path) -> list[str]:
    lines = path.read_text("utf-8-sig", errors="replace").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.lstrip().startswith("#")]
