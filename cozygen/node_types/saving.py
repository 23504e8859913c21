"""What the two output nodes share: names, complete-or-absent files, metadata, the reply to ComfyUI."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cozygen.node_types.node_host import SavedFile, SaveTarget


def metadata_texts(prompt: Any, extra_pnginfo: Any) -> dict[str, str]:
    """The graph and what rode along with it, each as JSON text, under SaveImage's keys."""
    texts = {} if prompt is None else {"prompt": json.dumps(prompt)}
    if isinstance(extra_pnginfo, dict):
        texts.update({str(key): json.dumps(value) for key, value in extra_pnginfo.items()})
    return texts


@contextlib.contextmanager
def complete_file(folder: Path, name: str) -> Iterator[Path]:
    """A hidden file to write; it gets its name only when the block ends well, else it is removed."""
    handle, draft = tempfile.mkstemp(prefix=".cozygen-", suffix=Path(name).suffix, dir=folder)
    os.close(handle)
    try:
        yield Path(draft)
        Path(draft).chmod(0o666 & ~_umask())
        Path(draft).replace(folder / name)
    except BaseException:
        Path(draft).unlink(missing_ok=True)
        raise


def numbered(target: SaveTarget, extension: str, batch_number: int) -> tuple[str, SaveTarget]:
    """(free file name, target with the next number), in ComfyUI's spelling `stem_00001_.ext`."""
    stem = target.stem.replace("%batch_num%", str(batch_number))
    counter = target.counter
    while (target.folder / f"{stem}_{counter:05}_.{extension}").exists():
        counter += 1
    name = f"{stem}_{counter:05}_.{extension}"
    return name, SaveTarget(target.folder, target.subfolder, target.stem, counter + 1)


def results(files: list[SavedFile]) -> list[dict[str, str]]:
    """The entries of ComfyUI's `ui` answer."""
    return [{"filename": file.path.name, "subfolder": file.subfolder, "type": "output"} for file in files]


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
