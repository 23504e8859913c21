"""A host that is killed at an exact moment of saving: its worker stops there, nothing follows."""

from __future__ import annotations

import asyncio
import threading
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from cozygen.host.sketch.engine import SketchHost
from cozygen.host.sketch.executor import InterruptedRunError
from cozygen.host.sketch.node_host import SketchNodeHost

MOMENTS = ["save 1", "half 1", "saved 1", "half 2", "saved 2", "told"]
"""Before a picture, in the middle of its file, after it; after the host told of them and before its end."""
WORKER = "cozygen-sketch"


class Death:
    """`await reached()`, take the host down, `bury()`."""

    def __init__(self, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
        self._moment = moment
        self._reached = threading.Event()
        self._buried = threading.Event()
        self._saves = self._wrote = 0
        save, wrote = Image.Image.save, SketchNodeHost.wrote

        def saving(image: Image.Image, path: Any, *args: Any, **options: Any) -> None:
            if threading.current_thread().name != WORKER or not isinstance(path, Path):
                save(image, path, *args, **options)
                return
            self._saves += 1
            number = self._saves
            self._at(f"save {number}")
            if self._moment == f"half {number}":
                whole = BytesIO()
                save(image, whole, *args, **{**options, "format": "PNG"})
                path.write_bytes(whole.getvalue()[: len(whole.getvalue()) // 2])
                self._at(f"half {number}")
            save(image, path, *args, **options)
            if not path.name.startswith("."):
                self._at(f"saved {number}")

        def written(host: SketchNodeHost, *about: Any) -> None:
            """Ours get their name only when they are whole."""
            self._wrote += 1
            self._at(f"saved {self._wrote}")
            wrote(host, *about)

        monkeypatch.setattr(Image.Image, "save", saving)
        monkeypatch.setattr(SketchNodeHost, "wrote", written)

    def haunts(self, engine: SketchHost) -> None:
        """Of this engine, also after it told what it saved."""
        send = engine.messages.send

        def telling(kind: str, data: Any, to: str | None) -> None:
            try:
                if kind == "execution_success":
                    self._at("told")
            except InterruptedRunError:
                return
            send(kind, data, to)

        engine.messages.send = telling  # type: ignore[method-assign]  # observed

    def _at(self, moment: str) -> None:
        if moment == self._moment and not self._reached.is_set():
            self._reached.set()
            self._buried.wait(30)
            raise InterruptedRunError

    async def reached(self) -> None:
        """Wait for the moment."""
        assert await asyncio.to_thread(self._reached.wait, 20), f"never came to {self._moment}"

    def bury(self) -> None:
        """Let the worker of the host that is gone end, having done nothing more."""
        self._buried.set()
