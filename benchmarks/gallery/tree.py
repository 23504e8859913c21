"""A tree of small ComfyUI PNGs, for measuring."""

from __future__ import annotations

import json
from pathlib import Path

from tests.gallery.files import GRAPH, png

PER_FOLDER = 500


def grow(root: Path, files: int) -> None:
    """Make `files` PNGs with graphs of about 2 kB, 500 a folder; what is there already stays."""
    done = root / f".{files}"
    if done.exists():
        return
    graph = json.dumps(GRAPH)
    for start in range(0, files, PER_FOLDER):
        folder = root / f"day_{start // PER_FOLDER:05}"
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(start, min(start + PER_FOLDER, files)):
            text = graph.replace("a cat", f"a cat, number {number}")
            (folder / f"ComfyUI_{number:07}_.png").write_bytes(png({"prompt": text, "workflow": text}))
    done.touch()
