"""`object_info` of a node class, in ComfyUI's shape (comfyui.md A.6)."""

from __future__ import annotations

from typing import Any

NodeClasses = dict[str, Any]
"""Node id → ComfyUI-style class (`INPUT_TYPES`, `RETURN_TYPES`, `FUNCTION`, …)."""


def object_info(node_id: str, node: Any) -> dict[str, Any]:
    """The description of one class."""
    inputs = node.INPUT_TYPES()
    types = list(node.RETURN_TYPES)
    return {
        "input": {
            group: {name: _config(entry) for name, entry in members.items()}
            for group, members in inputs.items()
        },
        "input_order": {group: list(members) for group, members in inputs.items()},
        "output": types,
        "output_is_list": list(getattr(node, "OUTPUT_IS_LIST", [False] * len(types))),
        "output_name": list(getattr(node, "RETURN_NAMES", types)),
        "name": node_id,
        "display_name": getattr(node, "DISPLAY_NAME", node_id),
        "description": getattr(node, "DESCRIPTION", ""),
        "python_module": "custom_nodes.cozygen" if node_id.startswith("CozyGen") else "nodes",
        "category": getattr(node, "CATEGORY", "sd"),
        "output_node": bool(getattr(node, "OUTPUT_NODE", False)),
    }


def _config(entry: Any) -> Any:
    return list(entry) if isinstance(entry, tuple) else entry


def declared_inputs(node: Any) -> dict[str, tuple[Any, dict[str, Any], bool]]:
    """Required and optional inputs of a class: name → (type, options, required)."""
    found: dict[str, tuple[Any, dict[str, Any], bool]] = {}
    inputs = node.INPUT_TYPES()
    for group in ("required", "optional"):
        for name, entry in inputs.get(group, {}).items():
            options = entry[1] if len(entry) > 1 else {}
            found[name] = (entry[0], options, group == "required")
    return found
