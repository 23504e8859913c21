"""What every CozyGen node shares: its host, its name in errors, its common inputs."""

from __future__ import annotations

from typing import Any, ClassVar

from cozygen.node_types.errors import NodeInputError
from cozygen.node_types.node_host import NodeHost, PrefixError, SaveTarget


class CozyGenNode:
    """A ComfyUI node class of the first kind (it works on 0.3.64 and on the newest).

    `host` is set on the subclass that `cozygen.nodes.node_classes` makes.
    """

    host: ClassVar[NodeHost]
    DISPLAY_NAME: ClassVar[str]

    @classmethod
    def fault(cls, input_name: str, message: str) -> NodeInputError:
        """An error that names this node and one of its inputs."""
        return NodeInputError(cls.DISPLAY_NAME, input_name, message)

    @classmethod
    def save_target(cls, prefix: str, width: int, height: int) -> SaveTarget:
        """Where the next file goes; a prefix that cannot be used is this node's fault."""
        if "\0" in prefix:
            raise cls.fault("filename_prefix", "it contains a NUL character")
        try:
            return cls.host.save_target(prefix, width, height)
        except PrefixError as problem:
            raise cls.fault("filename_prefix", str(problem)) from None


def text(default: str, tooltip: str, **more: Any) -> tuple[str, dict[str, Any]]:
    """A one-line text input."""
    return ("STRING", {"default": default, "multiline": False, "tooltip": tooltip, **more})


def priority() -> tuple[str, dict[str, Any]]:
    """The place of a field in the form: lower numbers come first."""
    return (
        "INT",
        {"default": 10, "min": -1000000, "max": 1000000, "tooltip": "Lower comes first in the form."},
    )


def flag(tooltip: str) -> tuple[str, dict[str, Any]]:
    """A switch that starts off."""
    return ("BOOLEAN", {"default": False, "tooltip": tooltip})
