"""The file behind a thumbnail, as one `stat` sees it."""

from __future__ import annotations

import stat
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from cozygen.errors import ForbiddenError, NotFoundError
from cozygen_core import media_version


@dataclass(frozen=True, slots=True)
class Source:
    """A regular file; `root` is the type it was asked for by (`output`, `input`)."""

    root: str
    path: Path
    size: int
    mtime_ns: int

    @property
    def version(self) -> str:
        """Changes whenever the content may have: the `v` of URLs."""
        return media_version(self.size, self.mtime_ns)

    @property
    def key(self) -> str:
        """Names the file with this content in caches: root, path, size, time."""
        text = f"{self.root}\0{self.path}\0{self.size}\0{self.mtime_ns}"
        return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()


def find_source(root: str, resolve: Callable[[], Path]) -> Source:
    """Stat what `resolve` names; blocking. Raises NotFoundError, ForbiddenError, InvalidError."""
    path = resolve()
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError) as error:
        raise NotFoundError("There is no such file.") from error
    except OSError as error:
        raise ForbiddenError("The file cannot be read.", code="unreadable") from error
    if not stat.S_ISREG(found.st_mode):
        raise NotFoundError("There is no such file.")
    return Source(root, path, found.st_size, found.st_mtime_ns)
