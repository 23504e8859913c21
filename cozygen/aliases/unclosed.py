"""Alias tokens whose closing dollar is missing."""

from __future__ import annotations

import re
from typing import Final

from cozygen.aliases.syntax import tree, walk

_OPENED: Final = re.compile(r"(?<![\\$A-Za-z0-9_])\$([A-Za-z0-9_:\-]+)(?!\$)(?![A-Za-z0-9_:\-])")


def unclosed_tokens(text: str) -> list[tuple[int, int, str]]:
    """Start, end and name of each."""
    if "$" not in text:
        return []
    whole = {node.start for node in walk(tree(text)) if node.kind == "alias"}
    closing = {node.end - 1 for node in walk(tree(text)) if node.kind == "alias"}
    return [
        (match.start(), match.end(), match.group(1))
        for match in _OPENED.finditer(text)
        if match.start() not in whole and match.start() not in closing
    ]
