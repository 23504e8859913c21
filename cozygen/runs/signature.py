"""Which run made a file: the prompt id that rides along into what is saved, and whether the file is whole."""

from __future__ import annotations

import contextlib
import mmap
import re
import struct
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final

from cozygen.node_types.signing import BATCH_KEY, RUN_KEY
from cozygen.storage import json_text

_PNG: Final = b"\x89PNG\r\n\x1a\n"
_TEXT_LIMIT: Final = 4096


@dataclass(frozen=True)
class Signature:
    """The run of a file; which picture of how many of which node it is, where the node says so."""

    prompt_id: str
    node_id: str | None = None
    number: int = 0
    count: int | None = None


def signature_of(path: Path, prompt_ids: Collection[str]) -> Signature | None:
    """The signature of a whole file of one of these runs; None for any other. Blocking. Raises OSError."""
    with path.open("rb") as file:
        if file.read(len(_PNG)) == _PNG:
            return _of_png(file, prompt_ids)
        size = path.stat().st_size
        if size == 0:
            return None
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            # Every other format keeps the texts as they are, somewhere.
            found = re.search(b"|".join(re.escape(name.encode()) for name in prompt_ids), content)
            return Signature(found[0].decode()) if found and _is_whole(content) else None


def _of_png(file: BinaryIO, prompt_ids: Collection[str]) -> Signature | None:
    """Texts come before the pixels; IEND is the last thing that is written."""
    texts: dict[str, Any] = {}
    for kind, content in _chunks(file):
        if kind == b"tEXt":
            name, _, text = content.partition(b"\0")
            with contextlib.suppress(json_text.JsonTextError):
                texts[name.decode("latin-1")] = json_text.loads(text)
        elif kind == b"IDAT" and texts.get(RUN_KEY) not in prompt_ids:
            return None
        elif kind == b"IEND":
            return _signature(texts)
    return None


def _chunks(file: BinaryIO) -> Iterator[tuple[bytes, bytes]]:
    """Kind and content of short texts; of everything else only the kind, once it is known to be all there."""
    size = file.seek(0, 2)
    at = len(_PNG)
    while at + 12 <= size:
        file.seek(at)
        length, kind = struct.unpack(">I4s", file.read(8))
        at += 12 + length
        if at > size:
            return
        yield kind, file.read(length) if kind == b"tEXt" and length <= _TEXT_LIMIT else b""


def _signature(texts: dict[str, Any]) -> Signature:
    batch = texts.get(BATCH_KEY)
    run = str(texts[RUN_KEY])
    match batch:
        case {"node": str(node), "number": int(number), "of": int(count)}:
            return Signature(run, node, number, count)
    return Signature(run)


def _is_whole(content: mmap.mmap) -> bool:
    """Whether a file that says its length has it: a host that was killed leaves half a file."""
    head = content[:12]
    if head[:4] == b"RIFF":
        return len(content) >= 8 + int(struct.unpack("<I", head[4:8])[0])
    if head[:3] == b"GIF":
        return content[-1:] == b";"
    if head[4:8] == b"ftyp":
        return _boxes_fit(content)
    return True


def _boxes_fit(content: mmap.mmap) -> bool:
    """MP4: the boxes end where the file ends, with the pictures and what explains them among them."""
    at, kinds = 0, set()
    while at + 16 <= len(content):
        length, kind = struct.unpack(">I4s", content[at : at + 8])
        if length == 1:
            (length,) = struct.unpack(">Q", content[at + 8 : at + 16])
        if length < 8:
            return False
        kinds.add(kind)
        at += length
    return at == len(content) and {b"moov", b"mdat"} <= kinds
