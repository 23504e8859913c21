"""What an input means in a graph: the positive prompt, the seed, the width.

A role is found where the value arrives (the sampler's input, or the text
encoder that leads to its `positive`), else by the input's name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from cozygen.workflows.graph import Graph, Link, as_link, downstream, inputs_of, readers_of, upstream

_BY_INPUT = {
    "seed": "seed",
    "noise_seed": "seed",
    "steps": "steps",
    "cfg": "cfg",
    "guidance": "cfg",
    "sampler_name": "sampler",
    "scheduler": "scheduler",
    "denoise": "denoise",
    "width": "width",
    "height": "height",
    "batch_size": "batch",
    "length": "length",
    "ckpt_name": "model",
    "unet_name": "model",
    "model_name": "model",
    "lora_name": "lora",
    "strength_model": "lora_strength",
    "strength_clip": "lora_strength",
    "vae_name": "vae",
    "clip_name": "clip",
    "clip_name1": "clip",
    "clip_name2": "clip",
}
# Width and height mean the picture's size only where a picture or a latent begins.
_SIZE = frozenset({"width", "height", "batch"})
_TEXT = frozenset({"text", "text_g", "text_l", "prompt", "clip_l", "t5xxl", "positive", "negative"})
_SIDES = ("positive", "negative")
# A value's meaning is near; a large graph without any must not be walked once for every field.
_FARTHEST = 200


class Roles:
    """The roles of all inputs of one graph."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._side = dict(_prompt_sides(graph))
        self.readers = readers_of(graph)

    def of(self, node_id: str, name: str) -> str | None:
        """The role of one input, if it has one."""
        node = self._graph[node_id]
        if name in _TEXT:
            return self._side.get(node_id) or (name if name in _SIDES else None)
        role = _BY_INPUT.get(name)
        if role in _SIZE and not _begins_a_picture(str(node["class_type"])):
            return None
        return role

    def of_source(self, node_id: str) -> str | None:
        """The role of a node that only supplies a value: that of the first input it reaches."""
        for consumer in islice(downstream(self.readers, node_id), _FARTHEST):
            role = self.of(consumer.node_id, consumer.input)
            if role is not None:
                return role
        return None


def _begins_a_picture(class_type: str) -> bool:
    return "latent" in class_type.lower() or class_type in {"EmptyImage", "WanImageToVideo", "CozyGenSketch"}


def _prompt_sides(graph: Graph) -> Iterator[tuple[str, str]]:
    """(text encoder, side) pairs; a node that feeds both sides is positive."""
    for side in reversed(_SIDES):
        sources = (as_link(inputs_of(node).get(side)) for node in graph.values())
        yield from ((node_id, side) for node_id in _encoders(graph, sources))
    # A guider or a model without a negative side takes plain conditioning.
    guided = (node for node in graph.values() if "guider" in str(node["class_type"]).lower())
    sources = (as_link(inputs_of(node).get("conditioning")) for node in guided)
    yield from ((node_id, "positive") for node_id in _encoders(graph, sources))


def _encoders(graph: Graph, sources: Iterable[Link | None]) -> Iterator[str]:
    """Nodes upstream of any of the sources that take text; one walk for all of them."""
    for node_id in upstream(graph, [source.node_id for source in sources if source]):
        inputs = inputs_of(graph[node_id])
        if any(name in inputs for name in _TEXT):
            yield node_id
