"""The data folder: where it lies, how it is made, and the defaults that shine through it."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cozygen.storage.disk import Disk, discard, make_folder, write_new
from cozygen.storage.document_notices import Notify

_PACKAGE: Final = Path(__file__).resolve().parent.parent


def default_data_folder(environ: Mapping[str, str]) -> Path:
    """Of `cozygen serve`: `data/` of a checkout, else the platform's folder for application data."""
    checkout = _PACKAGE.parent
    if (checkout / "pyproject.toml").is_file() and (checkout / "cozygen_core" / "Cargo.toml").is_file():
        return checkout / "data"
    return _platform_folder(environ) / "cozygen"


def _platform_folder(environ: Mapping[str, str]) -> Path:
    if os.name == "nt":
        return Path(environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support"
    return Path(environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")


def defaults_folder() -> Path:
    """The shipped defaults: in the wheel, else `data/` of the checkout."""
    bundled = _PACKAGE / "_bundled" / "data"
    return bundled if bundled.is_dir() else _PACKAGE.parent / "data"


def find(folder: Path, name: str) -> Path:
    """The live file of that name, else the default's path; a default is never copied."""
    live = folder / name
    return live if live.exists() else defaults_folder() / name


def prepare(folder: Path, notify: Notify, *, disk: Disk | None = None) -> bool:
    """Make the data folder, for its owner only, and tell the owner what is wrong with it. Blocking.

    Returns whether documents can be saved there. Nothing raises: without a
    data folder the server still shows pictures and says what is missing.
    """
    disk = disk or Disk()
    try:
        make_folder(disk, folder)
        _try_writing(disk, folder)
    except (FileExistsError, NotADirectoryError):
        notify("data_folder_unusable", "The data folder is not a folder; nothing can be saved.")
    except OSError as error:
        word = error.strerror or type(error).__name__
        notify("data_folder_read_only", f"The data folder cannot be written ({word}); nothing can be saved.")
    else:
        return True
    return False


def _try_writing(disk: Disk, folder: Path) -> None:
    """The only honest answer to "may I write here?" (rights, mounts, quotas, Windows)."""
    probe = folder / f".probe.{os.getpid()}.tmp"
    discard(disk, probe)
    write_new(disk, probe, b"", mode=0o600)
    discard(disk, probe)
