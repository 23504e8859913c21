"""The one error a node raises: it names the node and the input, so that a person can mend the graph."""

from __future__ import annotations


class NodeInputError(ValueError):
    """`node` is the node's display name, `input_name` the input at fault, `message` one sentence."""

    def __init__(self, node: str, input_name: str, message: str) -> None:
        super().__init__(f"{node}, {input_name}: {message}")
        self.node = node
        self.input_name = input_name
        self.message = message
