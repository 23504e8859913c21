"""Names for people: `scifi_city_01` is `Sci-Fi - City`. The same as `js/src/prompt/friendly.js`."""

from __future__ import annotations

import re
from typing import Final

_SPELLED: Final = (
    "Sci-Fi NSFW SFW HDR DoF VHS LoRA 3D 2D UI VFX CGI I2V T2I T2V Img2Img Txt2Img E-girl High-Leg WebP PNG "
    "JPEG RPG FPS POV ISO RGB LED UV TV DVD CCTV NPC SDXL VR AI"
)
SPELLINGS: Final = {word.lower().replace("-", ""): word for word in _SPELLED.split()}
_PAIRS: Final = {("one", "piece"), ("three", "quarter")}
_NUMBERED: Final = re.compile(r"_[0-9]+\Z")


def friendly_name(token: str, name: str = "") -> str:
    """The given name, else the token after its first colon, in words."""
    plain = _NUMBERED.sub("", name or token.partition(":")[2] or token)
    parts = [part for part in plain.split("_") if part]
    if not parts:
        return plain
    if len({part.lower() for part in parts}) == 1:
        return _word(parts[0])
    words = _paired([parts[0], *parts[1:]])
    return words[0] if len(words) == 1 else f"{words[0]} - {' '.join(words[1:])}"


def _paired(parts: list[str]) -> list[str]:
    words: list[str] = []
    index = 0
    while index < len(parts):
        pair = tuple(part.lower() for part in parts[index : index + 2])
        if pair in _PAIRS:
            words.append("-".join(_word(part) for part in parts[index : index + 2]))
            index += 2
        else:
            words.append(_word(parts[index]))
            index += 1
    return words


def _word(part: str) -> str:
    return SPELLINGS.get(part.lower().replace("-", "")) or part[:1].upper() + part[1:].lower()
