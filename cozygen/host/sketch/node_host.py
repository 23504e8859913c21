"""What CozyGen's own nodes ask of the sketch engine."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from cozygen.host.sketch.folders import SketchFolders
from cozygen.host.sketch.save_path import save_target
from cozygen.node_types.arrays import Bytes
from cozygen.node_types.node_host import FileMemory, SavedFile, SaveTarget
from cozygen.workflows.choices import MODEL_KINDS, SAMPLERS, SCHEDULERS, model_files


class SketchNodeHost:
    """Folders of the engine; sampler names from the code, model files from the models folder."""

    def __init__(
        self, folders: SketchFolders, models: Path, running: Callable[[], tuple[str | None, str | None]]
    ) -> None:
        self._folders = folders
        self._models = models
        self._running = running
        self.memory: FileMemory | None = None

    def output_folder(self) -> Path:
        """The output root."""
        return self._folders.output

    def input_folder(self) -> Path:
        """The input root."""
        return self._folders.input

    def save_target(self, prefix: str, width: int, height: int) -> SaveTarget:
        """ComfyUI's rule for the next file."""
        return save_target(self._folders.output, prefix, width, height)

    def choice_types(self) -> list[str]:
        """Model folders, `sampler`, `scheduler`."""
        return [*sorted(MODEL_KINDS), "sampler", "scheduler"]

    def choices(self, kind: str) -> list[str]:
        """The values of one kind; KeyError for an unknown one."""
        if kind == "sampler":
            return list(SAMPLERS)
        if kind == "scheduler":
            return list(SCHEDULERS)
        if kind not in MODEL_KINDS:
            raise KeyError(kind)
        return model_files(self._models, kind)

    def writes_metadata(self) -> bool:
        """Always."""
        return True

    def running(self) -> tuple[str | None, str | None]:
        """(prompt id, node id) of what runs now."""
        return self._running()

    def wrote(self, file: SavedFile, pixels: Bytes) -> None:
        """Keep the thumbnail now, while the pixels are at hand."""
        if self.memory is not None:
            self.memory.wrote(file, pixels)

    def saved(self, kind: str, files: list[SavedFile]) -> None:
        """Remember the files; the messages of the run announce them."""
        if self.memory is not None:
            self.memory.saved(files)
