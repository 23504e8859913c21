"""What CozyGen's nodes ask of the program that runs them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from cozygen.node_types.arrays import Bytes


@dataclass(frozen=True)
class SaveTarget:
    """Where the next file of a node goes: `folder` is absolute, `subfolder` relative to the output root."""

    folder: Path
    subfolder: str
    stem: str
    counter: int


@dataclass(frozen=True)
class SavedFile:
    """One file a node wrote, and the run and node it belongs to (None outside a run)."""

    path: Path
    subfolder: str
    prompt_id: str | None
    node_id: str | None


class FileMemory(Protocol):
    """What CozyGen keeps of a file that a node wrote; called on the node's thread, never raises."""

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        """One picture, and the pixels it was written from."""

    def saved(self, files: list[SavedFile]) -> None:
        """All files of one node run."""


class PrefixError(Exception):
    """A prefix of file names that leads out of the output folder, or is none."""


class NodeHost(Protocol):
    """ComfyUI, or the sketch engine: folders, choices, and where results are announced."""

    def output_folder(self) -> Path:
        """The output root, absolute."""
        ...

    def input_folder(self) -> Path:
        """The input root, absolute."""
        ...

    def save_target(self, prefix: str, width: int, height: int) -> SaveTarget:
        """Expand `prefix` as SaveImage does, make its folder, find the next free number.

        Raises PrefixError where no file of the output folder can have that name.
        """
        ...

    def choice_types(self) -> list[str]:
        """Every kind `choices` knows: registered model folders, `sampler`, `scheduler`."""
        ...

    def choices(self, kind: str) -> list[str]:
        """The values of one kind, in the host's order; KeyError for an unknown kind."""
        ...

    def writes_metadata(self) -> bool:
        """False when the host was told to keep graphs out of files."""
        ...

    def running(self) -> tuple[str | None, str | None]:
        """(prompt id, node id) of what runs on this thread."""
        ...

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        """A picture is complete; `pixels` (height x width x channels) are what it was written from."""
        ...

    def saved(self, kind: str, files: list[SavedFile]) -> None:
        """Files of one node run are complete; `kind` is `images` or `video`."""
        ...
