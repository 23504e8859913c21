"""Finds a predecessor (or a second CozyGen) that already took our addresses or node ids."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

PREFIX = re.compile(r"^/cozygen(/|$|\{)")


def find_clash(prompt_server: Any, node_mappings: Mapping[str, Any], node_ids: Iterable[str]) -> str | None:
    """The name of the pack that has to be disabled, or None."""
    for handler in _handlers(prompt_server):
        return _pack_of_handler(handler)
    for node_id in node_ids:
        if node_id in node_mappings:
            return _pack_of_node(node_mappings[node_id])
    return None


def find_late_clash(
    prompt_server: Any, node_mappings: Mapping[str, Any], node_ids: Iterable[str]
) -> str | None:
    """The name of a pack that was loaded after us and took the same addresses or node ids, or None."""
    handlers = (handler for handler in _handlers(prompt_server) if not _is_ours(handler))
    nodes = (node_mappings[name] for name in node_ids if not _is_ours(node_mappings.get(name, _is_ours)))
    named = [*map(_pack_of_handler, handlers), *map(_pack_of_node, nodes)]
    return next(iter(named), None)


def _is_ours(thing: Any) -> bool:
    return str(getattr(thing, "__module__", "")).startswith("cozygen.")


def _handlers(prompt_server: Any) -> Iterator[Any]:
    """The handlers under `/cozygen`, in ComfyUI's table and on the router itself."""
    for route in prompt_server.routes:
        if PREFIX.match(getattr(route, "path", getattr(route, "prefix", ""))):
            yield getattr(route, "handler", None)
    for resource in prompt_server.app.router.resources():
        if PREFIX.match(resource.canonical):
            yield next((route.handler for route in resource), None)


def _pack_of_handler(handler: Any) -> str:
    return _folder_name(getattr(handler, "__module__", "") or "")


def _pack_of_node(node: Any) -> str:
    """ComfyUI notes on the class from which pack it came."""
    named = getattr(node, "RELATIVE_PYTHON_MODULE", "")
    return named.split(".", 1)[1] if named.startswith("custom_nodes.") else _folder_name(node.__module__)


def _folder_name(module_name: str) -> str:
    """The pack's folder below `custom_nodes`, found by the module's file."""
    module = sys.modules.get(module_name)
    parts = Path(getattr(module, "__file__", None) or "").parts
    if "custom_nodes" in parts[:-1]:
        return parts[parts.index("custom_nodes") + 1]
    return module_name or "another pack"
