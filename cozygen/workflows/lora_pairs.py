"""High and low LoRAs of video models, shown as one field (predecessor's section 2.8)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cozygen.workflows.form import Field, LoraPair

MOST_PAIRS = 16
_NOISE = re.compile(r"[\s\-_]+")
_FILE = re.compile(r"^(?P<base>.+?)[-_ ]?(?P<side>high|low)(?P<ending>\.[^.]+)$", re.IGNORECASE)


def with_pairs(fields: Sequence[Field]) -> list[Field]:
    """The fields, with a pair before each high LoRA that has its low one."""
    by_key = {_key(field.name): field for field in fields}
    pairs = {pair.pair.high: pair for pair in _pairs(by_key) if pair.pair}
    part_of = {name: pair.name for pair in pairs.values() for name in _members(pair)}
    made: list[Field] = []
    for field in fields:
        if field.name in pairs:
            made.append(pairs[field.name])
        made.append(replace(field, part_of=part_of.get(field.name)))
    return made


def _key(name: str) -> str:
    """A name without its case and separators: all spellings of a pair are equal."""
    return _NOISE.sub("", name).lower()


def _pairs(by_key: dict[str, Field]) -> Iterator[Field]:
    for number in range(1, MOST_PAIRS + 1):
        high, low = by_key.get(f"lorahigh{number}"), by_key.get(f"loralow{number}")
        if high is None or low is None or not high.choices or not low.choices:
            continue
        files = tuple(file_pairs(high.choices, low.choices))
        if files:
            yield _pair_field(number, high, low, by_key, files)


def _pair_field(
    number: int, high: Field, low: Field, by_key: dict[str, Field], files: tuple[tuple[str, str, str], ...]
) -> Field:
    name = f"Video LoRA {number}"
    pair = LoraPair(
        high.name, low.name, _strength(by_key, "high", number), _strength(by_key, "low", number), files
    )
    chosen = next((label for label, *both in files if both == [high.default, low.default]), "")
    return Field(
        name=name,
        label=name,
        kind="lora_pair",
        default=chosen,
        targets=(),
        role="lora",
        choices=tuple(label for label, _high, _low in files),
        bypass=high.bypass,
        priority=high.priority,
        pair=pair,
    )


def _strength(by_key: dict[str, Field], side: str, number: int) -> str | None:
    for key in (f"lora{side}strength{number}", f"lorastrength{side}{number}", f"lora{side}{number}strength"):
        if key in by_key:
            return by_key[key].name
    return None


def _members(field: Field) -> list[str]:
    pair = field.pair
    if pair is None:
        return []
    return [name for name in (pair.high, pair.low, pair.strength_high, pair.strength_low) if name]


def file_pairs(high: Sequence[str], low: Sequence[str]) -> Iterator[tuple[str, str, str]]:
    """(label, high file, low file) of files that differ only in `-high` and `-low`, by label."""
    highs, lows = _by_base(high, "high"), _by_base(low, "low")
    found = [(_label(base), highs[base], lows[base]) for base in highs if base in lows]
    yield from sorted(found, key=lambda entry: entry[0].lower())


def _by_base(files: Sequence[str], side: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for file in files:
        match = _FILE.match(file)
        if match and match["side"].lower() == side:
            found.setdefault(match["base"].lower().replace("\\", "/") + match["ending"].lower(), file)
    return found


def _label(base: str) -> str:
    words = _NOISE.sub(" ", base.rsplit("/", 1)[-1].rsplit(".", 1)[0]).strip()
    return words[:1].upper() + words[1:]
