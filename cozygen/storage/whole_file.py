"""One file written whole or not at all: temp file, fsync, replace, folder fsync."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from cozygen.storage import disk as disk_calls
from cozygen.storage.disk import Disk
from cozygen.storage.document_file import storage_error


def write_whole_file(
    path: Path, data: bytes, *, disk: Disk | None = None, mode: int = 0o644
) -> os.stat_result:
    """Replace `path` by `data` durably; blocking. Raises the named storage errors."""
    disk = disk or Disk()
    temp = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        state = disk_calls.write_new(disk, temp, data, mode=mode)
        try:
            disk_calls.replace(disk, temp, path)
        except OSError:
            disk_calls.discard(disk, temp)
            raise
        disk_calls.sync_folder(disk, path.parent)
    except OSError as error:
        raise storage_error(error, path.name) from error
    return state
