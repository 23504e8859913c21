"""The subcategory that an alias is shown under, from its name. The same as `js/src/prompt/friendly.js`."""

from __future__ import annotations

from typing import Final

_EVERYDAY: Final = dict.fromkeys(("casual", "street", "lounge", "dress"), "everyday")
_LIGHTS: Final = {
    "fire": ("fire", "candle", "torch", "ember", "campfire", "lantern"),
    "night": ("night", "moon", "moonlight", "star", "starlight", "dark"),
    "neon": ("neon", "led", "cyber", "hologram", "holographic", "uv"),
    "studio": ("studio", "softbox", "rim", "key", "three", "ring", "spot", "spotlight", "butterfly"),
    "natural": (
        "natural",
        "sun",
        "sunlight",
        "sunset",
        "sunrise",
        "golden",
        "blue",
        "day",
        "window",
        "overcast",
    ),
    "effects": (
        "effects",
        "lens",
        "bokeh",
        "god",
        "volumetric",
        "dust",
        "spark",
        "sparks",
        "fog",
        "glow",
        "bloom",
    ),
}
_LIGHT_OF: Final = {word: bucket for bucket, words in _LIGHTS.items() for word in words}
_OF_WORD: Final[dict[str, dict[str, str]]] = {
    "outfit": {"swim": "swimwear", "costume": "costumes", "tech": "costumes", **_EVERYDAY},
    "lighting": _LIGHT_OF,
}
_ONLY: Final[dict[str, frozenset[str]]] = {
    "character": frozenset(
        ("fantasy", "scifi", "horror", "cyberpunk", "historical", "wasteland", "occult", "mythology")
    ),
}
_SECOND: Final = {"hair": ("hair",), "lighting": ("special", "particle")}
OTHER: Final = "other"


def subcategory(name: str, category: str) -> str:
    """`outfit`, `swim_red_bikini` → `swimwear`; empty where the name says none."""
    group = category.lower()
    words = [word for word in name.lower().split("_") if word]
    second = len(words) > 1 and words[0] in _SECOND.get(group, ())
    word = words[1] if second else (words[0] if words else "")
    known = _OF_WORD.get(group, {}).get(word)
    if known is not None:
        return known
    if group in _ONLY:
        return word if word in _ONLY[group] else OTHER
    if second and group == "hair":
        return word
    return words[0] if len(words) > 1 else ""
