"""What a ComfyUI elsewhere offers: model files, samplers, schedulers; kept for a moment."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from cozygen.host.protocol import HostDownError, HostReply

KEPT_S: Final = 30.0
_OF_SAMPLER: Final = {"sampler": "sampler_name", "scheduler": "scheduler"}
# Old names that ComfyUI maps itself, but not in this address.
_TODAY: Final = {"unet": "diffusion_models", "clip": "text_encoders"}

Ask = Callable[[str], HostReply]


class FarLists:
    """Blocking: call it in a thread. `ask(path)` answers a GET."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._known: dict[str, tuple[float, list[str]]] = {}

    def kinds(self) -> list[str]:
        """Every kind that `of` knows."""
        return self._remembered("", False, lambda: [*_names(self._ask("/models").body), *_OF_SAMPLER])

    def of(self, kind: str, *, refresh: bool) -> list[str]:
        """The values of one kind; KeyError for an unknown one."""
        return self._remembered(kind, refresh, lambda: self._read(kind))

    def _remembered(self, key: str, refresh: bool, read: Callable[[], list[str]]) -> list[str]:
        known = self._known.get(key)
        if known is not None and not refresh and time.monotonic() - known[0] < KEPT_S:
            return known[1]
        try:
            self._known[key] = (time.monotonic(), read())
        except HostDownError:
            # While it is away, what was last known is better than nothing.
            if known is None:
                raise KeyError(key) from None
            return known[1]
        return self._known[key][1]

    def _read(self, kind: str) -> list[str]:
        if kind in _OF_SAMPLER:
            return self._of_sampler(kind)
        reply = self._ask(f"/models/{_TODAY.get(kind, kind)}")
        if reply.status != 200:
            raise KeyError(kind)
        return _names(reply.body)

    def _of_sampler(self, kind: str) -> list[str]:
        reply = self._ask("/object_info/KSampler")
        try:
            options = reply.body["KSampler"]["input"]["required"][_OF_SAMPLER[kind]]
            return _names(options[1]["options"] if options[0] == "COMBO" else options[0])
        except (TypeError, KeyError, IndexError):
            raise KeyError(kind) from None


def _names(value: Any) -> list[str]:
    return [name for name in value if isinstance(name, str)] if isinstance(value, list) else []
