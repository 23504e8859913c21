"""What the gallery asks of the store of typed prompts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol


class RawPrompts(Protocol):
    """Texts with their aliases, remembered for files that were made from them."""

    def lookup(self, filename: str, subfolder: str, *, mtime_ns: int, size: int) -> Mapping[str, str] | None:
        """What was typed for a file, by `<node id>:<input>`, unless another file took its name since."""


class NoRawPrompts:
    """Nothing was remembered."""

    def lookup(self, filename: str, subfolder: str, *, mtime_ns: int, size: int) -> Mapping[str, str] | None:
        """Nothing."""
        return None
