"""Keep every path inside its root: the one place where a client's path meets the disk."""

from __future__ import annotations

import errno
import os
import re
from collections.abc import Iterable
from pathlib import Path

from cozygen.errors import ForbiddenError, InvalidError, NotFoundError

_CONTROL = re.compile(r"[\x00-\x1f\x7f]")
_DRIVE = re.compile(r"^[A-Za-z]:")
# Names that Windows gives to devices, with any ending.
# What the common file systems can hold, and more levels than anybody sorts pictures into.
_LONGEST_NAME = 255
_LONGEST_PATH = 4096
_DEEPEST = 100
_DEVICE = re.compile(r"^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\..*)?$", re.IGNORECASE)


def relative_parts(text: str) -> list[str]:
    """Split a client's relative path into names; `""` and `.` vanish.

    Both slashes separate. Raises InvalidError for control characters,
    ForbiddenError for anything that could leave the root on any system.
    """
    if _CONTROL.search(text):
        raise InvalidError("The path holds a character that no file name can have.", code="invalid path")
    plain = text.replace("\\", "/")
    if plain.startswith("/") or _DRIVE.match(plain):
        raise ForbiddenError("The path must be relative to its folder.")
    if len(plain) > _LONGEST_PATH:
        raise _too_long()
    parts = [part for part in plain.split("/") if part not in ("", ".")]
    if len(parts) > _DEEPEST:
        raise _too_long()
    for part in parts:
        _check_name(part)
    return parts


def _too_long() -> InvalidError:
    return InvalidError("The path is longer than any file's.", code="invalid path")


def _check_name(part: str) -> None:
    if part == "..":
        raise ForbiddenError("The path leaves its folder.")
    if len(part.encode(errors="surrogatepass")) > _LONGEST_NAME:
        raise _too_long()
    if os.name == "nt" and (_DEVICE.match(part) or ":" in part or part[-1] in " ."):
        raise ForbiddenError("The path names a device.")


def resolve_inside(root: Path, *parts: str, linked_roots: Iterable[Path] = ()) -> Path:
    """The real path of `parts` below `root`, links followed.

    Raises ForbiddenError when the result lies neither in the root nor in one of
    the `linked_roots`, InvalidError for an impossible name, NotFoundError for
    links that lead round in a circle. The file need not exist.
    """
    names = [name for part in parts for name in relative_parts(part)]
    base = Path(os.path.realpath(root))
    try:
        real = Path(os.path.realpath(base.joinpath(*names)))
    except (OSError, ValueError) as error:
        raise InvalidError("The path cannot be read.", code="invalid path") from error
    allowed = (base, *(Path(os.path.realpath(linked)) for linked in linked_roots))
    if not any(is_inside(real, folder) for folder in allowed):
        raise ForbiddenError("The path leads out of its folder.")
    _check_circle(real)
    return real


def _check_circle(real: Path) -> None:
    try:
        real.lstat()
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotFoundError("There is no such file.") from error


def is_inside(path: Path, folder: Path) -> bool:
    """Whether a real path is a real folder, or lies below it."""
    return path == folder or folder in path.parents
