"""Where SaveImage puts the next file: prefix, variables, counter (comfyui.md A.7)."""

from __future__ import annotations

import re
import time
from pathlib import Path

from cozygen.node_types.node_host import PrefixError, SaveTarget


class OutsideOutputError(PrefixError):
    """As ComfyUI's own SaveImage words it."""


def save_target(output: Path, prefix: str, width: int, height: int) -> SaveTarget:
    """Expand the prefix, make its folder, find the next free number."""
    now = time.localtime()
    words = {
        "width": str(width),
        "height": str(height),
        "year": str(now.tm_year),
        "month": f"{now.tm_mon:02}",
        "day": f"{now.tm_mday:02}",
        "hour": f"{now.tm_hour:02}",
        "minute": f"{now.tm_min:02}",
        "second": f"{now.tm_sec:02}",
    }
    plain = re.sub(r"%([a-z]+)%", lambda match: words.get(match[1], match[0]), prefix)
    path = (output / plain.replace("\\", "/")).resolve()
    folder = path.parent
    root = output.resolve()
    if folder != root and root not in folder.parents:
        raise OutsideOutputError("**** ERROR: Saving image outside the output folder is not allowed.")
    folder.mkdir(parents=True, exist_ok=True)
    subfolder = folder.relative_to(root).as_posix()
    return SaveTarget(
        folder, "" if subfolder == "." else subfolder, path.name, _next_number(folder, path.name)
    )


def _next_number(folder: Path, stem: str) -> int:
    """One more than the highest number in use, as ComfyUI counts."""
    pattern = re.compile(re.escape(stem) + r"_(\d+)_", re.IGNORECASE)
    numbers = [int(match[1]) for file in folder.iterdir() if (match := pattern.match(file.name))]
    return max(numbers, default=0) + 1
