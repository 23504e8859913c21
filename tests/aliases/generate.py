"""Prompts, libraries and edits as people type them, and as nobody should."""

from __future__ import annotations

import random
from typing import Any

WORDS = (
    "1girl", "solo", "long hair", "blue_eyes", "a photo of a cat", "saber (fate)", r"saber \(fate\)", ":d",
    ">_<", ";)", "^_^", r"\m/", "o_o", "(o)_(o)", "初音ミク", "𝒳 ray", "score_9", "k-on!", "a", "b", "x",
    "BREAK", "break", "std::vector", "embedding:easyneg", "embedding:sub/neg.pt", "__hair/color__",
    "__outfit__", "__nope__", "__loop__", "media_char::lara", "lighting::dust", "hair-style::bob",
    "character::k1:", "output::CozyGen::out_1.png", "costs $5", "$1.2$", "re:zero", "50% off", "e\u0301",
    "\ud83d", "ＡＢＣ", "a|b", "100", "0.5", "\u00a0wide\u3000",
)  # fmt: skip
NAMES = (
    "hero", "HERO", "k0", "k1", "k2", "k3", "loop", "nope", "scene", "P:scene", "P::scene", "C:scene",
    "x:y:z", "z", "Character:hero", "both", "5", "big", "pick", "weights", "media_char:lara", "style:bob",
)  # fmt: skip
LIBRARY_KEYS = (
    "hero", "Hero", "k0", "k1", "k2", "k3", "loop", "P::scene", "C::scene", "x::y::z", "both", "Q::both",
    "5", "big", "pick", "weights", "media_char::lara", "hair-style::bob", "character::k1", "my hero",
    "a.b", " spaced ", "__proto__",
)  # fmt: skip
WEIGHTS = ("1.2", "0.70", ".5", "1", "2.", "-1", "1.2.3", " 1.1 ", "abc", "1234567", "0")
COUNTS = ("2", "1-2", "0-9", "-1", "1-", "3")
NOISE = "aB1, \n()[]{}<>$|\\:_.-é𝒳\ud800\t\r$$(())::"


def text(rng: random.Random, size: int = 12) -> str:
    """A prompt of some pieces."""
    if rng.random() < 0.15:
        return "".join(rng.choice(NOISE) for _ in range(rng.randrange(40)))
    separators = (", ", ", ", ", ", ",", "\n", ",\n", " ", "", " , ", "\r\n", ",,")
    out = rng.choice(("", "", "", " ", ",", "\n"))
    for _ in range(rng.randrange(size)):
        out += piece(rng, 3) + rng.choice(separators)
    return out


def piece(rng: random.Random, depth: int) -> str:
    """One element, sometimes broken."""
    kind = rng.randrange(22) if depth else rng.randrange(8)
    inner = piece(rng, depth - 1) if depth and kind > 7 else ""
    other = piece(rng, depth - 1) if depth and kind > 12 else ""
    shapes = {
        6: f"${rng.choice(NAMES)}$",
        7: f"<lora:x{rng.choice(('', ':0.8', ':-0.5', ':0.8:0.6', ':$hero$', ':'))}>",
        8: f"({inner}:{rng.choice(WEIGHTS)})",
        9: f"({rng.choice(('', ' '))}${rng.choice(NAMES)}${rng.choice(('', ' '))}:{rng.choice(WEIGHTS)})",
        10: f"({inner})",
        11: f"[{inner}]",
        12: f"(({inner}))",
        13: f"[{inner}:{other}:{rng.choice(WEIGHTS)}]",
        14: f"[{inner}|{other}]",
        15: f"{{{inner}|{other}}}",
        16: f"{{{rng.choice(COUNTS)}$${rng.choice(('', ' and $$', '$$'))}{inner}|{other}|z}}",
        17: f"{{0.5::{inner}|{rng.choice(WEIGHTS)}::{other}}}",
        18: f"{inner}, {other}",
        19: f"({inner}, {other}:{rng.choice(WEIGHTS)})",
        20: f"{inner}{other}",
        21: rng.choice("()[]{}<>$|\\:") + inner,
    }
    return shapes.get(kind) or rng.choice(WORDS)


def library(rng: random.Random) -> Any:
    """A document of a few aliases, some of which use each other."""
    items = {key: text(rng, 4) for key in rng.sample(LIBRARY_KEYS, rng.randrange(len(LIBRARY_KEYS)))}
    if rng.random() < 0.3:
        return items
    categories = {key: rng.choice(("Character", "P", "my cat", "")) for key in items if rng.random() < 0.3}
    return {
        "items": items,
        "categories": categories,
        "categoryList": ["std", 7] if rng.random() < 0.2 else ["Mine"],
    }


def case(rng: random.Random, size: int = 12) -> dict[str, Any]:
    """A whole case of the differential test."""
    wildcards = {
        "hair/color": ["red", "0.5::blue", "$hero$", "{a|b}"],
        "outfit": ["__hair/color__ dress"],
        "loop": ["__loop__"],
    }
    seed = rng.choice((None, "0", str(rng.randrange(1 << 32)), str(rng.randrange(1 << 64))))
    return {
        "text": text(rng, size),
        "library": library(rng),
        "seed": seed,
        "stream": rng.choice(("", "Prompt", "négatif")),
        "wildcards": rng.choice((None, wildcards)),
        "edits": [
            ["weight", rng.randrange(9), rng.choice((1.3, 1, None, "1.25", 0.125, -2, 0.005, 200, "x"))],
            ["alias_weight", rng.randrange(9), rng.choice((1.3, 1, 0.5))],
            ["remove", rng.randrange(9)],
            ["move", rng.randrange(9), rng.randrange(-1, 12)],
            ["insert", rng.randrange(9), text(rng, 2)],
            ["replace", rng.randrange(9), text(rng, 2)],
        ],
    }
