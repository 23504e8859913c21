"""Brings prompts together with the tag lists and the models of the host."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

from cozygen.aliases.judge import Models, Verdict
from cozygen.aliases.prompts import USAGE, Prompts
from cozygen.aliases.wildcards import WildcardFiles
from cozygen.documents import Documents
from cozygen.errors import BadHostAnswerError, CozyGenError
from cozygen.host.protocol import Host
from cozygen.storage import json_text
from cozygen.storage.confine import resolve_inside
from cozygen.tags import TagLibrary

_FRESH_S: Final = 30.0
_SIDECARS: Final = (".civitai.info", ".metadata.json", ".json")
_SIDECAR_BYTES: Final = 4 * 1024 * 1024


class ListedTags:
    """Judges names by the tag lists."""

    def __init__(self, tags: TagLibrary) -> None:
        self._tags = tags

    async def judge(self, names: Sequence[str]) -> list[Verdict] | None:
        """A verdict for each name; None while there is no list."""
        loaded = await self._tags.current()
        if loaded is None or not len(loaded.index):
            return None
        verdicts = await self._tags.in_thread(lambda: loaded.index.validate(list(names)))
        return [Verdict(found.valid, found.canonical, found.suggestions) for found in verdicts]


class HostModels:
    """Names of embeddings and LoRAs as the host lists them; trigger words from files beside the LoRAs."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._known = Models()
        self._asked = float("-inf")

    async def models(self, loras: Sequence[str]) -> Models:
        """What is there; lists are asked for again after half a minute."""
        if time.monotonic() - self._asked > _FRESH_S:
            self._asked = time.monotonic()
            self._known = Models(await self._names("/embeddings"), await self._names("/models/loras"))
        triggers = await asyncio.to_thread(self._triggers, list(dict.fromkeys(loras)))
        return Models(self._known.embeddings, self._known.loras, triggers)

    async def _names(self, path: str) -> frozenset[str] | None:
        """A list of the host, with and without folders; None where it has none or cannot be asked."""
        if self._host.kind == "sketch":
            return None
        try:
            reply = await self._host.call("GET", path)
        except BadHostAnswerError:
            return None
        if reply.status != 200 or not isinstance(reply.body, list):
            return None
        plain = [_without_suffix(name) for name in reply.body if isinstance(name, str)]
        return frozenset(plain) | {name.rpartition("/")[2] for name in plain}

    def _triggers(self, loras: Sequence[str]) -> dict[str, list[str]]:
        folder = self._host.folders.models / "loras"
        return {name: words for name in loras if (words := _trigger_words(folder, name))}


def _without_suffix(name: str) -> str:
    stem, dot, suffix = name.replace("\\", "/").rpartition(".")
    return stem if dot and suffix in ("safetensors", "pt", "ckpt", "bin", "sft") else name.replace("\\", "/")


def _trigger_words(folder: Path, lora: str) -> list[str]:
    for suffix in _SIDECARS:
        try:
            path = resolve_inside(folder, _without_suffix(lora) + suffix)
            if path.stat().st_size <= _SIDECAR_BYTES:
                return _words_in(json_text.loads(path.read_bytes()))
        except (OSError, CozyGenError, json_text.JsonTextError):
            # A LoRA without a readable file beside it has no known trigger words.
            continue
    return []


def _words_in(value: Any) -> list[str]:
    if not isinstance(value, dict):
        return []
    inner = value.get("civitai")
    listed = value.get("trainedWords") or (inner.get("trainedWords") if isinstance(inner, dict) else None)
    if isinstance(listed, list):
        return [word.strip() for word in listed if isinstance(word, str) and word.strip()]
    text = value.get("activation text")
    return [text.strip()] if isinstance(text, str) and text.strip() else []


def build_prompts(documents: Documents, tags: TagLibrary, host: Host) -> Prompts:
    """Build the service; nothing is read yet."""
    return Prompts(
        documents.aliases,
        documents.store.add(USAGE),
        WildcardFiles(lambda: host.folders.data),
        tags=ListedTags(tags),
        models=HostModels(host),
    )
