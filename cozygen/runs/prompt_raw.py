"""`prompt_raw_store.json`: prompts as they were written, with their aliases, per run and per file.

The fallback for pictures that do not carry it themselves. The oldest entries go
first: at most 2,000 prompts, 4,000 files and 32 MiB.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, Final

from cozygen.errors import InvalidError
from cozygen.storage import json_text
from cozygen.storage.batched import Batched
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.foreign_values import check_storable
from cozygen.storage.json_document import JsonDocument

MAX_PROMPTS: Final = 2000
MAX_FILES: Final = 4000
MAX_BYTES: Final = 32 * 1024 * 1024


def _default() -> Value:
    return {"version": 1, "prompts": {}, "files": {}}


def _screen(value: Value, screening: Screening) -> None:
    for part, is_good in (("prompts", _is_prompt), ("files", _is_file)):
        if not isinstance(value.setdefault(part, {}), dict):
            screening.take(value, part, reason="not an object")
            value[part] = {}
        for key in [key for key, entry in value[part].items() if not is_good(entry)]:
            screening.take(value[part], key, part, reason="not understood")


def _is_prompt(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("raw"), dict)


def _is_file(entry: Any) -> bool:
    return isinstance(entry, dict) and isinstance(entry.get("prompt_id"), str)


PROMPT_RAW: Final = DocumentFormat("prompt_raw_store", 1, default=_default, screen=_screen)


def file_key(subfolder: str, filename: str) -> str:
    """`<subfolder>::<filename>`, or the file name alone at the root."""
    folder = subfolder.replace("\\", "/").strip("/")
    return f"{folder}::{filename}" if folder else filename


def cleaned(raw: Any) -> dict[str, str]:
    """The usable entries of a posted map; InvalidError when there is none."""
    if not isinstance(raw, dict) or not raw:
        raise InvalidError("Send the raw prompts as an object.", code="prompt_raw required")
    kept = {key.strip(): text for key, text in raw.items() if key.strip() and isinstance(text, str)}
    if not kept:
        raise InvalidError("No entry of the raw prompts is a text.", code="prompt_raw invalid")
    check_storable(kept)
    return kept


class PromptRawStore:
    """Reads and fills `prompt_raw_store.json`; what comes during a write shares the next one."""

    def __init__(self, document: JsonDocument, clock: Callable[[], float] = time.time) -> None:
        self.document = document
        self._clock = clock
        self._batched = Batched(document)

    async def store(self, prompt_id: str, raw: dict[str, str]) -> None:
        """Remember the raw prompts of a run, in the place of an earlier map."""
        entry = {"raw": raw, "ts": self._clock()}

        def change(value: Value) -> None:
            value["prompts"].pop(prompt_id, None)
            value["prompts"][prompt_id] = entry
            trim(value)

        await self._batched.apply(change)

    async def record(
        self, subfolder: str, filename: str, prompt_id: str, *, mtime_ns: int, size: int
    ) -> None:
        """Remember which run made a file; its identity tells a later file of the same name apart."""
        entry = {"prompt_id": prompt_id, "ts": self._clock(), "mtime_ns": mtime_ns, "size": size}

        def change(value: Value) -> None:
            if prompt_id in value["prompts"]:
                value["files"][file_key(subfolder, filename)] = entry
                trim(value)

        await self._batched.apply(change)

    async def forget(self, files: list[tuple[str, str]]) -> None:
        """Forget files (subfolder, filename) that were deleted, in one write."""
        keys = [file_key(subfolder, filename) for subfolder, filename in files]

        def change(value: Value) -> None:
            for key in keys:
                value["files"].pop(key, None)

        await self._batched.apply(change)

    async def find(
        self, subfolder: str, filename: str, *, mtime_ns: int | None = None, size: int | None = None
    ) -> dict[str, str] | None:
        """The raw prompts of a file, unless another file took its name since."""
        value = (await self.document.read()).value
        return _find(value, file_key(subfolder, filename), mtime_ns, size)

    def lookup(
        self, filename: str, subfolder: str, *, mtime_ns: int | None = None, size: int | None = None
    ) -> dict[str, str] | None:
        """As `find`, from memory at once."""
        present = self.document.latest
        return (
            None if present is None else _find(present.value, file_key(subfolder, filename), mtime_ns, size)
        )

    async def close(self) -> None:
        """Wait for what is being written."""
        await self._batched.close()


def _find(value: Value, key: str, mtime_ns: int | None, size: int | None) -> dict[str, str] | None:
    entry = value["files"].get(key)
    if entry is None or _replaced(entry, mtime_ns, size):
        return None
    prompt = value["prompts"].get(entry["prompt_id"])
    return None if prompt is None else dict(prompt["raw"])


def _replaced(entry: dict[str, Any], mtime_ns: int | None, size: int | None) -> bool:
    known = entry.get("mtime_ns"), entry.get("size")
    pairs = zip(known, (mtime_ns, size), strict=True)
    return any(one is not None and other is not None and one != other for one, other in pairs)


def trim(value: Value) -> None:
    """Drop the oldest prompts with their files, then the oldest files, down to the caps."""
    prompts, files = value["prompts"], value["files"]
    excess = max(len(prompts) - MAX_PROMPTS, 0)
    oldest = sorted(prompts, key=lambda key: _time_of(prompts[key])) if excess or len(prompts) > 64 else []
    _drop_prompts(value, oldest[:excess])
    for key in sorted(files, key=lambda key: _time_of(files[key]))[: max(len(files) - MAX_FILES, 0)]:
        del files[key]
    rest, size = oldest[excess:], _size_of(value)
    while size > MAX_BYTES and len(rest) > 1:
        # Half at a time: measuring costs more than dropping.
        half, rest = rest[: len(rest) // 2], rest[len(rest) // 2 :]
        _drop_prompts(value, half)
        size = _size_of(value)


def _drop_prompts(value: Value, keys: list[str]) -> None:
    if not keys:
        return
    gone = set(keys)
    for key in keys:
        del value["prompts"][key]
    for key in [key for key, entry in value["files"].items() if entry["prompt_id"] in gone]:
        del value["files"][key]


def _size_of(value: Value) -> int:
    return len(json_text.dumps(value["prompts"]))


def _time_of(entry: dict[str, Any]) -> float:
    moment = entry.get("ts")
    return float(moment) if isinstance(moment, (int, float)) else 0.0
