"""aiohttp's route paths (`/workflows/{name:.+}`) as regular expressions."""

from __future__ import annotations

import functools
import re

_VARIABLE = re.compile(r"\{(\w+)(?::([^{}]+(?:\{[^{}]*\}[^{}]*)*))?\}")


@functools.lru_cache(maxsize=1024)
def pattern(path: str) -> re.Pattern[str]:
    """Matches what aiohttp would route to `path`; groups are its variables."""
    parts = _VARIABLE.split(path)
    made = re.escape(parts[0])
    for name, rule, text in zip(parts[1::3], parts[2::3], parts[3::3], strict=True):
        made += f"(?P<{name}>{rule or '[^/]+'})" + re.escape(text)
    return re.compile(made)
