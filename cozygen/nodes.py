"""The registry of CozyGen's ComfyUI nodes; the classes live in `cozygen.node_types`."""

from __future__ import annotations

from cozygen.node_types.base import CozyGenNode
from cozygen.node_types.choice_input import CozyGenChoiceInput
from cozygen.node_types.dynamic_input import CozyGenDynamicInput
from cozygen.node_types.image_input import CozyGenImageInput
from cozygen.node_types.image_output import CozyGenOutput
from cozygen.node_types.inputs import CozyGenFloatInput, CozyGenIntInput, CozyGenStringInput
from cozygen.node_types.node_host import NodeHost
from cozygen.node_types.video_output import CozyGenVideoOutput

NODE_CLASSES: tuple[type[CozyGenNode], ...] = (
    CozyGenDynamicInput,
    CozyGenImageInput,
    CozyGenFloatInput,
    CozyGenIntInput,
    CozyGenStringInput,
    CozyGenChoiceInput,
    CozyGenOutput,
    CozyGenVideoOutput,
)
NODE_IDS: tuple[str, ...] = tuple(node.__name__ for node in NODE_CLASSES)


def node_classes(host: NodeHost) -> dict[str, type[CozyGenNode]]:
    """Node id to class, bound to the host that runs them."""
    return {node.__name__: type(node.__name__, (node,), {"host": host}) for node in NODE_CLASSES}


def display_names() -> dict[str, str]:
    """Node id to the name people see."""
    return {node.__name__: node.DISPLAY_NAME for node in NODE_CLASSES}
