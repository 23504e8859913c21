"""A tree of small ComfyUI PNGs, for measuring."""

from __future__ import annotations

import json
import os
import zlib
from pathlib import Path

from tests.gallery.files import GRAPH, png

PER_FOLDER = 500
# Metadata of a real file: a graph for the server, and a larger one for the editor.
LIKE_COMFYUI = 14_000
NEWEST_S = 1_795_000_000
APART_S = 600


def grow(root: Path, files: int, text_bytes: int = LIKE_COMFYUI) -> None:
    """Make `files` PNGs with `text_bytes` of metadata, 500 a folder, ten minutes apart; once."""
    done = root / f".{files}-{text_bytes}"
    if done.exists():
        return
    data = _picture(text_bytes)
    at = data.index(b"number 0000000") + len(b"number ")
    for start in range(0, files, PER_FOLDER):
        folder = root / f"day_{start // PER_FOLDER:05}"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(start, min(start + PER_FOLDER, files)):
            _put(folder / f"ComfyUI_{number:07}_.png", numbered(data, at, number), number)
    done.touch()


def numbered(data: bytes, at: int, number: int) -> bytes:
    """The picture with another number in its prompt, and the checksum of that chunk."""
    start = data.index(b"tEXtprompt")
    length = int.from_bytes(data[start - 4 : start], "big")
    end = start + 4 + length
    chunk = data[start:at] + b"%07d" % number + data[at + 7 : end]
    return data[:start] + chunk + zlib.crc32(chunk).to_bytes(4, "big") + data[end + 4 :]


def _put(path: Path, data: bytes, number: int) -> None:
    with path.open("wb") as file:
        file.write(data)
        seconds = NEWEST_S - number * APART_S
        os.utime(file.fileno(), (seconds, seconds))


def _picture(text_bytes: int) -> bytes:
    """One picture; its number is patched in afterwards, which no reader of metadata notices."""
    prompt = json.dumps(GRAPH).replace("a cat", "a cat, number 0000000")
    editor = {"nodes": [], "extra": {"padding": "x" * max(text_bytes - len(prompt) - 64, 0)}}
    return png({"prompt": prompt, "workflow": json.dumps(editor)})


def warm(root: Path) -> None:
    """Read every file once, so that the disk is not what is measured."""
    for folder, _, names in os.walk(root):
        for name in names:
            with open(f"{folder}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - a million times
                file.read(1 << 15)
