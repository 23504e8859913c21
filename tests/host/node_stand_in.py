"""A host for nodes without ComfyUI and without torch: folders of a test, numpy arrays."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from cozygen.node_types.arrays import Bytes, Floats
from cozygen.node_types.node_host import SavedFile, SaveTarget
from cozygen.nodes import node_classes
from tests.host.stand_in.folder_paths import get_save_image_path


@dataclass
class NodeStandIn:
    """Folders below `base`; what was announced is remembered."""

    base: Path
    lists: dict[str, list[str]] = field(default_factory=lambda: {"sampler": ["euler", "ddim"], "loras": []})
    metadata: bool = True
    pixels: list[tuple[SavedFile, Bytes]] = field(default_factory=list)
    announced: list[tuple[str, list[SavedFile]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in ("output", "input"):
            (self.base / name).mkdir(parents=True, exist_ok=True)

    def output_folder(self) -> Path:
        return self.base / "output"

    def input_folder(self) -> Path:
        return self.base / "input"

    def save_target(self, prefix: str, width: int, height: int) -> SaveTarget:
        folder, stem, counter, subfolder, _ = get_save_image_path(
            prefix, str(self.output_folder()), width, height
        )
        return SaveTarget(Path(folder), subfolder, stem, counter)

    def choice_types(self) -> list[str]:
        return sorted(self.lists)

    def choices(self, kind: str) -> list[str]:
        return self.lists[kind]

    def writes_metadata(self) -> bool:
        return self.metadata

    def running(self) -> tuple[str | None, str | None]:
        return "run-1", "7"

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        self.pixels.append((file, pixels))

    def saved(self, kind: str, files: list[SavedFile]) -> None:
        self.announced.append((kind, files))

    def node(self, node_id: str) -> Any:
        """A fresh node, as ComfyUI makes it."""
        return node_classes(self)[node_id]()


def gradient(count: int, height: int, width: int, channels: int = 3) -> Floats:
    """Frames whose every pixel and frame differ, so that an order or a scale gone wrong shows."""
    size = count * height * width * channels
    values: Floats = (np.arange(size) % 256 / 255).astype(np.float32)
    return values.reshape(count, height, width, channels)


def colours(count: int, height: int = 32, width: int = 48) -> Floats:
    """Flat frames, each of its own brightness: they survive a lossy codec."""
    frames = np.zeros((count, height, width, 3), dtype=np.float32)
    frames[:] = np.linspace(0.1, 0.9, count, dtype=np.float32)[:, None, None, None]
    return frames
