"""How many misspellings of the 20,000 most used tags lead back to them, by kind of edit."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.tags.queries import SEED, misspelt
from cozygen_core import TagIndex

POPULAR = 20_000
TYPOS = 3_000
LETTERS = "abcdefghijklmnopqrstuvwxyz"
Typo = Callable[[str, random.Random], str]


def at_border(name: str, rng: random.Random) -> str:
    """One edit beside or across the border of two words: `lon_ghair`, `longhair`, `lo_ng_hair`."""
    borders = [at for at in range(1, len(name) - 1) if name[at] == "_"]
    if not borders:
        return name
    at = rng.choice(borders)
    return rng.choice(
        (
            name[:at] + name[at + 1 :],
            name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
            name[:at] + name[at + 1] + name[at] + name[at + 2 :],
            name[: at - 1] + name[at:],
            name[: at + 1] + name[at + 2 :],
            name[:at] + rng.choice(LETTERS) + name[at:],
            name[: at + 1] + rng.choice(LETTERS) + name[at + 1 :],
        )
    )


KINDS: dict[str, Typo] = {
    "one edit anywhere": lambda name, rng: misspelt(name, 1, rng),
    "two edits anywhere": lambda name, rng: misspelt(name, 2, rng),
    "one edit at a word's border": at_border,
}


def measure(lists: Sequence[Path], folder: Path, say: Callable[[str], None]) -> None:
    """Validate the misspellings, as the app does, and search for them, as one who types does."""
    index = TagIndex.build([(path, path.stem, None) for path in lists], cache_path=folder / "cache")
    names = [hit.tag for hit in index.search("", limit=POPULAR, nsfw="show").hits]
    say(f"\n## Misspellings of the {len(names):,} most used tags\n")
    say("A misspelling that is another tag's name cannot be told from it and is left out.\n")
    say("| misspelling | judged | right tag suggested | right tag first | found while typing |")
    say("| --- | ---: | ---: | ---: | ---: |")
    for kind, typo in KINDS.items():
        say(_row(index, kind, _typos(names, kind, typo)))


def _typos(names: list[str], kind: str, typo: Typo) -> list[tuple[str, str]]:
    rng = random.Random(f"{SEED}{kind}")
    fit = [name for name in names if len(name) >= 5 and name.isascii()]
    typos: list[tuple[str, str]] = []
    while len(typos) < TYPOS:
        name = rng.choice(fit)
        wrong = typo(name, rng)
        if wrong != name:
            typos.append((name, wrong))
    return typos


def _row(index: TagIndex, kind: str, typos: list[tuple[str, str]]) -> str:
    verdicts = index.validate([wrong for _, wrong in typos])
    judged = [(*pair, verdict) for pair, verdict in zip(typos, verdicts, strict=True) if not verdict.valid]
    there = sum(name in verdict.suggestions for name, _, verdict in judged)
    first = sum(verdict.suggestions[:1] == [name] for name, _, verdict in judged)
    typed = sum(
        name in [hit.tag for hit in index.search(wrong, limit=20, nsfw="show").hits]
        for name, wrong, _ in judged
    )
    shares = " | ".join(f"{100 * part / len(judged):.1f} %" for part in (there, first, typed))
    return f"| {kind} | {len(judged):,} | {shares} |"
