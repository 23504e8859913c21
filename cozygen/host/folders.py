"""Where pictures, inputs, models and workflows lie, as the host says."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Folders(Protocol):
    """The folders of a host. Asked at use time, because ComfyUI may change them."""

    @property
    def data(self) -> Path:
        """CozyGen's own documents and caches."""

    @property
    def workflows(self) -> Path:
        """The user's workflow files."""

    @property
    def models(self) -> Path:
        """The folder with one sub-folder per kind of model."""

    @property
    def input(self) -> Path:
        """Pictures to work from."""

    def outputs(self) -> list[Path]:
        """The output roots; the first is where new pictures are written."""


@dataclass(frozen=True)
class FixedFolders:
    """Folders that were decided at start: those of `cozygen serve`."""

    data: Path
    workflows: Path
    models: Path
    input: Path
    output_roots: tuple[Path, ...]

    def outputs(self) -> list[Path]:
        """The output roots in order."""
        return list(self.output_roots)
