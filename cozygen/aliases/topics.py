"""The categories that a new library starts with; everything in them can be changed as user data."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

_PROMPTS: Final = (
    "action", "adventure", "cinematic", "fantasy", "historical", "horror",
    "mystery", "nsfw", "romance", "scifi", "slice",
)  # fmt: skip

TOPICS: Final[dict[str, tuple[str, ...]]] = {
    "Subject": ("character", "media_char", "body", "expression", "outfit", "accessory"),
    "Pose": ("dynamic", "interaction", "media_pose", "posture", "nsfw"),
    "Scene": ("indoor", "outdoor", "urban", "everyday", "media", "art", "history", "speculative", "weather"),
    "Styles": ("artistic", "film", "game", "photo", "vintage"),
    "Camera": ("angles", "distance", "lens", "technique", "device", "lighting", "render", "filter"),
    "Prompts": ("prompts", *(f"prompts_{name}" for name in _PROMPTS)),
}
COLORS: Final = {
    "Subject": "#35c64a",
    "Pose": "#ff8a8b",
    "Scene": "#009be6",
    "Styles": "#c797ff",
    "Camera": "#ead084",
    "Prompts": "#9aa4b2",
}

KNOWN: Final = frozenset(topic.lower() for topic in TOPICS) | frozenset(
    category for categories in TOPICS.values() for category in categories
)
"""Names that count as a category in `category::name`, in lower case."""


@dataclass(frozen=True, slots=True)
class Category:
    """A category of aliases: `parent` is another category's name, `order` its place among its siblings."""

    name: str
    label: str
    color: str | None
    parent: str | None
    order: int


def built_in() -> list[Category]:
    """The topics and below each its categories, in order."""
    found: list[Category] = []
    for place, (topic, names) in enumerate(TOPICS.items()):
        found.append(Category(topic, topic, COLORS[topic], None, place))
        # A category that bears its topic's name is the topic itself: names differ by more than case.
        own = [name for name in names if name != topic.lower()]
        found += [Category(name, _label(topic, name), None, topic, order) for order, name in enumerate(own)]
    return found


def _label(topic: str, name: str) -> str:
    """`Camera - Lighting`."""
    own = name.removeprefix(topic.lower() + "_")
    return f"{topic} - {' '.join(word.capitalize() for word in own.split('_'))}"
