"""What the server says of itself: parts with a state, and notices for people."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

State = Literal["ok", "warning", "error"]


@dataclass(frozen=True)
class Part:
    """State of one part, e.g. the index: a word, a sentence and figures."""

    state: State
    message: str = ""
    figures: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Notice:
    """Something that happened and that the owner should know, e.g. a restored backup."""

    code: str
    message: str
    at: float
    details: dict[str, Any] = field(default_factory=dict)


class Health:
    """Collects the parts' probes and the notices. Probes are cheap and in memory."""

    def __init__(self, *, keep: int = 50) -> None:
        self._probes: dict[str, Callable[[], Part]] = {}
        self._notices: list[Notice] = []
        self._keep = keep

    def register(self, name: str, probe: Callable[[], Part]) -> None:
        """Add a part; its probe is called at every question."""
        self._probes[name] = probe

    def notice(self, code: str, message: str, **details: Any) -> None:
        """Remember something for the owner; the oldest are dropped."""
        self._notices.append(Notice(code, message, time.time(), details))
        del self._notices[: -self._keep]

    def ok(self) -> bool:
        """Whether no part is in error."""
        return all(probe().state != "error" for probe in self._probes.values())

    def report(self) -> dict[str, Any]:
        """All parts and notices, for somebody who is signed in."""
        parts = {name: asdict(probe()) for name, probe in self._probes.items()}
        return {"parts": parts, "notices": [asdict(entry) for entry in self._notices]}
