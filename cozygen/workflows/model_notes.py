"""What is written about a model: beside it by its manager, and in its own header.

Read are Civitai Helper's `.civitai.info`, the web UI's `.json`, LoRA Manager's
`.metadata.json`, Stability Matrix' `.cm-info.json`, and the header of a
safetensors file. All of it is anybody's text: sizes are bounded, wrong shapes
count as nothing, markup is taken out.
"""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from cozygen.storage import json_text

SIDECARS: Final = (".civitai.info", ".metadata.json", ".cm-info.json", ".json")
MOST_SIDECAR: Final = 2 * 1024 * 1024
MOST_HEADER: Final = 16 * 1024 * 1024
LONGEST_TEXT: Final = 2000
LONGEST_WORD: Final = 200
MOST_WORDS: Final = 50
_MARKUP: Final = re.compile(r"<[^<>]{0,2000}>")
_SPACES: Final = re.compile(r"\s+")

_TITLE: Final = ("model.name", "model_name", "ModelName", "modelspec.title", "ss_output_name")
_BASE: Final = (
    "baseModel",
    "base_model",
    "BaseModel",
    "sd version",
    "modelspec.architecture",
    "ss_base_model_version",
)
_TEXT: Final = (
    "model.description",
    "modelDescription",
    "ModelDescription",
    "description",
    "modelspec.description",
)
_NOTES: Final = ("notes",)
_TRIGGERS: Final = (
    "trainedWords",
    "civitai.trainedWords",
    "TrainedWords",
    "activation text",
    "modelspec.trigger_phrase",
)
_TAGS: Final = ("model.tags", "tags", "Tags", "modelspec.tags")
_WEIGHT: Final = ("preferred weight", "preferred_weight")
_NSFW: Final = ("model.nsfw", "nsfw", "Nsfw")


@dataclass(frozen=True)
class Notes:
    """What is known of a model; nothing of it is needed."""

    title: str = ""
    base_model: str = ""
    description: str = ""
    notes: str = ""
    triggers: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    weight: float | None = None
    nsfw: bool | None = None
    sources: tuple[str, ...] = ()
    """Endings of the files that said it, `header` for the model itself."""


def read_notes(model: Path) -> Notes:
    """All notes of a model, the manager's own file before the header; blocking."""
    stem = model.with_suffix("")
    found = {ending: _sidecar(stem.with_name(stem.name + ending)) for ending in SIDECARS}
    found["header"] = header_of(model)
    told = {source: value for source, value in found.items() if value}
    values = list(told.values())
    return Notes(
        title=_text(values, _TITLE, LONGEST_WORD),
        base_model=_text(values, _BASE, LONGEST_WORD),
        description=_text(values, _TEXT, LONGEST_TEXT),
        notes=_text(values, _NOTES, LONGEST_TEXT),
        triggers=_words(values, _TRIGGERS),
        tags=_words(values, _TAGS) or _trained_tags(told.get("header", {})),
        weight=_weight(values),
        nsfw=next((value for value in _found(values, _NSFW) if isinstance(value, bool)), None),
        sources=tuple(source.lstrip(".") for source in told),
    )


def _sidecar(path: Path) -> Mapping[str, Any]:
    try:
        with path.open("rb") as file:
            data = file.read(MOST_SIDECAR + 1)
    except OSError:
        return {}
    return _object(data) if len(data) <= MOST_SIDECAR else {}


def header_of(model: Path) -> Mapping[str, Any]:
    """`__metadata__` of a safetensors file; empty for other files and for a header beyond the bound."""
    if model.suffix.lower() not in (".safetensors", ".sft"):
        return {}
    try:
        with model.open("rb") as file:
            head = file.read(8)
            length = struct.unpack("<Q", head)[0] if len(head) == 8 else 0
            if not 2 <= length <= MOST_HEADER:
                return {}
            metadata = _object(file.read(length)).get("__metadata__")
    except OSError:
        return {}
    return metadata if isinstance(metadata, dict) else {}


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json_text.loads(data)
    except json_text.JsonTextError:
        return {}
    return value if isinstance(value, dict) else {}


def _found(values: Iterable[Mapping[str, Any]], names: Iterable[str]) -> Iterable[Any]:
    """What the named members hold: a whole name first, else a way through nested objects."""
    names = list(names)
    for value in values:
        for name in names:
            found: Any = value.get(name)
            if found is None and "." in name:
                outer, _, inner = name.partition(".")
                holder = value.get(outer)
                found = holder.get(inner) if isinstance(holder, dict) else None
            if found is not None:
                yield found


def _text(values: Iterable[Mapping[str, Any]], names: Iterable[str], longest: int) -> str:
    texts = (plain(found, longest) for found in _found(values, names) if isinstance(found, str))
    return next((text for text in texts if text and text != "Unknown"), "")


def plain(text: str, longest: int) -> str:
    """Text without markup and in one line, at most so long."""
    short = html.unescape(_MARKUP.sub(" ", text[: 20 * longest]))
    # Half a character cannot travel as UTF-8.
    line = _SPACES.sub(" ", short).strip().encode("utf-8", "replace").decode()
    return line if len(line) <= longest else line[: longest - 1].rstrip() + "…"


def _words(values: Iterable[Mapping[str, Any]], names: Iterable[str]) -> tuple[str, ...]:
    for found in _found(values, names):
        listed = found.split(",") if isinstance(found, str) else found if isinstance(found, list) else []
        words = [plain(word, LONGEST_WORD) for word in listed[:MOST_WORDS] if isinstance(word, str)]
        if unique := tuple(dict.fromkeys(word for word in words if word)):
            return unique
    return ()


def _trained_tags(header: Mapping[str, Any]) -> tuple[str, ...]:
    """The most frequent tags of the pictures that a LoRA learned from."""
    text = header.get("ss_tag_frequency")
    sets = _object(text.encode("utf-8", "replace")) if isinstance(text, str) else {}
    counts: dict[str, int] = {}
    for frequencies in sets.values():
        for tag, count in frequencies.items() if isinstance(frequencies, dict) else ():
            if isinstance(count, int):
                counts[tag.strip()] = counts.get(tag.strip(), 0) + count
    most = sorted(counts, key=lambda tag: -counts[tag])[:MOST_WORDS]
    return tuple(plain(tag, LONGEST_WORD) for tag in most if tag)


def _weight(values: Iterable[Mapping[str, Any]]) -> float | None:
    for found in _found(values, _WEIGHT):
        try:
            weight = float(found)
        except (TypeError, ValueError, OverflowError):
            continue
        if 0 < abs(weight) <= 10:
            return weight
    return None
