"""Names under which uploads are kept: unique, harmless on every system, still telling what they are."""

from __future__ import annotations

import re
import unicodedata
import uuid
from pathlib import PurePosixPath
from typing import Final

_LONGEST_STEM: Final = 60
_ODD: Final = re.compile(r"[^\w-]+")


def new_name(wanted: str, suffix: str) -> str:
    """`<uuid>_<what the client called it><suffix>`; only letters, digits, `_` and `-` of it stay."""
    return f"{uuid.uuid4()}_{safe_stem(wanted)}{suffix}"


def safe_stem(wanted: str) -> str:
    """The base name without its ending; `upload` where nothing usable is left."""
    base = PurePosixPath(wanted.replace("\\", "/").replace("\0", "")).name
    stem = unicodedata.normalize("NFC", base.rsplit(".", 1)[0] or base)
    return _ODD.sub("_", stem).strip("_")[:_LONGEST_STEM] or "upload"
