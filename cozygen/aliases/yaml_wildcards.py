"""Wildcards from YAML files, as Dynamic Prompts and the Impact Pack keep them.

`clothes.yaml` with `shirts: {warm: [a, b]}` answers to `__shirts/warm__` and to `__clothes/shirts/warm__`;
a name that leads to several lists takes them together.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

log = logging.getLogger(__name__)

ENDINGS: Final = (".yaml", ".yml")
MAX_BYTES: Final = 4 * 1024 * 1024
MAX_OPTIONS: Final = 100_000
"""Of one file; a few lines of YAML can stand for any number."""
_MAX_DEPTH: Final = 16

Lists = dict[str, list[str]]


def read_yaml(path: Path, base: str) -> Lists:
    """The lists of a file by name, with and without `base` before it. Raises OSError.

    A file that is no YAML or too large has none, which the log says.
    """
    if path.stat().st_size > MAX_BYTES:
        log.warning("The wildcard file %s is larger than %d MiB and is left out.", base, MAX_BYTES // 2**20)
        return {}
    document = _parsed(path.read_bytes(), base)
    found: Lists = {}
    for count, (name, option) in enumerate(_options(document, "", 0)):
        if count >= MAX_OPTIONS:
            log.warning("The wildcard file %s holds too much; the rest is left out.", base)
            break
        for key in filter(None, (name, f"{base}/{name}".strip("/"))):
            found.setdefault(key, []).append(option)
    return found


def _parsed(data: bytes, base: str) -> Any:
    # Here and not above: most libraries have no YAML, and reading the parser takes 20 ms.
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return yaml.load(data, Loader=loader)
    except (yaml.YAMLError, RecursionError, UnicodeDecodeError, ValueError) as error:
        log.warning("The wildcard file %s is no YAML: %s", base, str(error).splitlines()[0][:200])
        return None


def _options(value: Any, name: str, depth: int) -> Iterator[tuple[str, str]]:
    """(name, option) pairs, in the order of the file."""
    if depth > _MAX_DEPTH or value is None:
        return
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _options(inner, f"{name}/{key}".strip("/"), depth + 1)
    elif isinstance(value, list):
        for inner in value:
            yield from _options(inner, name, depth + 1)
    elif str(value).strip():
        yield name, str(value).strip()
