"""Media files with real structure, made byte by byte."""

from __future__ import annotations

import json
import os
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

GRAPH: dict[str, Any] = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 2**64 - 1,
            "steps": 20,
            "cfg": 7.5,
            "sampler_name": "euler",
            "scheduler": "karras",
            "model": ["10", 0],
            "positive": ["6", 0],
            "negative": ["7", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "sub/dream.safetensors"}},
    "10": {
        "class_type": "LoraLoader",
        "inputs": {
            "lora_name": "ink.safetensors",
            "strength_model": 0.8,
            "model": ["4", 0],
            "clip": ["4", 1],
        },
    },
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a cat", "clip": ["10", 1]}},
    "7": {
        "class_type": "CLIPTextEncode",
        "inputs": {"text": "blurry, a very long negative", "clip": ["10", 1]},
    },
    "9": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}},
}


def chunk(kind: bytes, body: bytes) -> bytes:
    """One PNG chunk."""
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png(
    texts: Mapping[str, str] | None = None, *, width: int = 4, height: int = 3, after: bool = False
) -> bytes:
    """A grey PNG with text chunks before the picture, or after it."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    data = chunk(b"IDAT", zlib.compress(b"\0" * (width + 1) * height))
    words = b"".join(
        chunk(b"tEXt", key.encode() + b"\0" + text.encode()) for key, text in (texts or {}).items()
    )
    middle = data + words if after else words + data
    return b"\x89PNG\r\n\x1a\n" + header + middle + chunk(b"IEND", b"")


def graph_png(graph: Any = None, **more: str) -> bytes:
    """A PNG as ComfyUI saves it."""
    return png({"prompt": json.dumps(GRAPH if graph is None else graph), **more})


def put(folder: Path, name: str, data: bytes | None = None, *, mtime: float | None = None) -> Path:
    """Write a file, with all folders above it."""
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(png() if data is None else data)
    if mtime is not None:
        os.utime(path, (mtime, mtime))
    return path
