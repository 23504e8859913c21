"""The folders of the sketch engine, and where a picture's reference leads."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path
from typing import Final

from cozygen.errors import CozyGenError
from cozygen.host.folders import Folders
from cozygen.storage.confine import resolve_inside

PICTURES: Final = frozenset({".png", ".jpg", ".jpeg", ".webp", ".bmp", ".gif", ".tif", ".tiff"})
_ANNOTATED = re.compile(r"^(?P<name>.*?)\s*\[(?P<kind>input|output|temp)\]$")


class SketchFolders:
    """Output, input and temporary folders; references are confined to them."""

    def __init__(self, folders: Folders) -> None:
        self._folders = folders
        self._temp: tempfile.TemporaryDirectory[str] | None = None

    @property
    def output(self) -> Path:
        """The first output root."""
        return self._folders.outputs()[0]

    @property
    def input(self) -> Path:
        """The input folder."""
        return self._folders.input

    @property
    def temp(self) -> Path:
        """A folder that goes with the server."""
        if self._temp is None:
            self._temp = tempfile.TemporaryDirectory(prefix="cozygen-")
        return Path(self._temp.name)

    def of(self, kind: str) -> Path | None:
        """The folder of a type word: `input`, `output`, `temp`."""
        return {"input": self.input, "output": self.output, "temp": self.temp}.get(kind) if kind else None

    def find(self, reference: str) -> Path | None:
        """The file of `name`, or of `name [output]`; None where there is none inside the folder."""
        match = _ANNOTATED.match(reference)
        folder = self.of(match["kind"]) if match else self.input
        name = match["name"] if match else reference
        if folder is None or not name:
            return None
        try:
            path = resolve_inside(folder, name)
        except CozyGenError:
            return None
        return path if path.is_file() else None

    def input_pictures(self) -> list[str]:
        """Names of the pictures in the input folder, sorted."""
        try:
            return sorted(
                entry.name
                for entry in self.input.iterdir()
                if entry.suffix.lower() in PICTURES and entry.is_file()
            )
        except OSError:
            return []

    def close(self) -> None:
        """Remove the temporary folder."""
        if self._temp is not None:
            self._temp.cleanup()
            self._temp = None
