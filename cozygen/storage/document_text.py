"""The text of a document: the predecessor's shape, plus one key `_cozygen` that holds our envelope."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime, timezone
from typing import Any, Final

from cozygen.storage import json_text

META_KEY: Final = "_cozygen"
# Depth that every reader and writer of the house can take (orjson writes 254 levels).
MAX_DEPTH: Final = 200


class UnreadableError(ValueError):
    """The text is no document; the message says why, in words for a person."""


@dataclass(frozen=True)
class Envelope:
    """What the file says about itself; a file of the predecessor says nothing (rev 0)."""

    schema: str = ""
    version: int = 0
    rev: int = 0
    set_aside: tuple[Any, ...] = ()


def decode(raw: bytes) -> tuple[dict[str, Any], Envelope]:
    """Take a document's text apart into value and envelope; raises UnreadableError."""
    if not raw.strip(b"\0 \t\r\n"):
        raise UnreadableError("it is empty" if not raw else "it holds only blanks or zeros")
    try:
        value = json_text.loads(raw)
    except json_text.JsonTextError:
        raise UnreadableError("it is not JSON") from None
    if not isinstance(value, dict):
        raise UnreadableError("it is not a JSON object")
    if depth_of(value) > MAX_DEPTH:
        raise UnreadableError("it is nested too deeply")
    return value, _envelope(value.pop(META_KEY, None))


def _envelope(meta: Any) -> Envelope:
    if not isinstance(meta, dict):
        return Envelope()
    set_aside = meta.get("set_aside")
    return Envelope(
        schema=str(meta.get("schema", "")),
        version=_count(meta.get("version")),
        rev=_count(meta.get("rev")),
        set_aside=tuple(set_aside) if isinstance(set_aside, list) else (),
    )


def _count(value: Any) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value >= 0 else 0


def encode(value: dict[str, Any], envelope: Envelope) -> bytes:
    """The text of a document, indented for people, ending in a line break."""
    meta: dict[str, Any] = {
        "schema": envelope.schema,
        "version": envelope.version,
        "rev": envelope.rev,
        "written_at": datetime.now(timezone.utc).isoformat(timespec="seconds"),
    }
    if envelope.set_aside:
        meta["set_aside"] = list(envelope.set_aside)
    return json_text.dumps({**value, META_KEY: meta}, indent=True) + b"\n"


def etag_of(rev: int, body: bytes) -> str:
    """A strong ETag, `"<rev>-<hash8>"`."""
    return f'"{rev}-{hashlib.blake2b(body, digest_size=4).hexdigest()}"'


def depth_of(value: Any) -> int:
    """How deep lists and objects are nested (1 for a flat object); stops counting past MAX_DEPTH."""
    level, deep = [value], 0
    while deep <= MAX_DEPTH:
        level = [item for holder in level if (children := _children(holder)) for item in children]
        deep += 1
        if not level:
            break
    return deep


def _children(value: Any) -> Any:
    if isinstance(value, dict):
        return [item for item in value.values() if isinstance(item, (dict, list))] or ()
    if isinstance(value, list):
        return [item for item in value if isinstance(item, (dict, list))]
    return ()
