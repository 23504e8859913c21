"""The whole of Danbooru with aliases, names and implications: golden answers and misspellings."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest

from benchmarks.tags.queries import misspelt
from cozygen_core import TagIndex
from tests.conftest import CHECKOUT

GOLDEN = Path(__file__).with_name("golden_ranking.csv")
LISTS = (
    "danbooru_925k.csv.gz",
    "danbooru_aliases.csv",
    "danbooru_other_names.csv.gz",
    "danbooru_implications.csv",
)


@pytest.fixture(scope="module")
def real(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> TagIndex:
    """All lists of the test data that belong together, and the shipped ones."""
    files = [shared_data / name for name in LISTS]
    files += [CHECKOUT / "data" / name for name in ("danbooru_tags.md", "quality_words.csv")]
    cache = tmp_path_factory.mktemp("real") / "cache"
    return TagIndex.build([(path, path.stem, None) for path in files], cache_path=cache)


def golden() -> list[tuple[str, str, list[str]]]:
    with GOLDEN.open(encoding="utf-8", newline="") as file:
        return [
            (row["class"], row["query"], row["first"].split("|"))
            for row in csv.DictReader(file, delimiter="\t")
        ]


def test_the_golden_file_covers_every_class_of_query() -> None:
    rows = golden()
    assert len(rows) >= 150
    assert len({kind for kind, _, _ in rows}) >= 14
    assert len({query for _, query, _ in rows}) == len(rows)


def test_golden_queries_find_what_was_meant(real: TagIndex) -> None:
    wrong = []
    for kind, query, wanted in golden():
        got = [hit.tag for hit in real.search(query, limit=5).hits]
        # A misspelling may mean several tags: the one that was meant is among the first three.
        good = wanted[0] in got[:3] if kind == "typos" else got[: len(wanted)] == wanted
        if not good:
            wrong.append((kind, query, wanted, got[:3]))
    assert wrong == []


def mean_typos(real: TagIndex, edits: int, count: int) -> list[tuple[str, str]]:
    """Misspellings of the 20,000 most used tags, anywhere in the name, also at a word's border."""
    rng = random.Random(f"misspelt{edits}")
    names = [hit.tag for hit in real.search("", limit=20_000, nsfw="show").hits if hit.note is None]
    typos: list[tuple[str, str]] = []
    while len(typos) < count:
        name = rng.choice(names)
        typo = misspelt(name, edits, rng) if len(name) >= 5 else name
        if typo != name and name.isascii():
            typos.append((name, typo))
    return typos


@pytest.mark.parametrize(("edits", "least"), [(1, 0.95), (2, 0.80)])
def test_the_right_tag_is_suggested_for_misspellings(real: TagIndex, edits: int, least: float) -> None:
    typos = mean_typos(real, edits, 1_200)
    verdicts = real.validate([typo for _, typo in typos])
    # A misspelling that is another tag's name cannot be told from it.
    judged = [
        (name, verdict) for (name, _), verdict in zip(typos, verdicts, strict=True) if not verdict.valid
    ]
    assert len(judged) >= 1_000
    found = sum(name in verdict.suggestions for name, verdict in judged)
    assert found / len(judged) >= least, f"{found} of {len(judged)}"


def test_nothing_that_sexualises_minors_survives_from_the_whole_list(real: TagIndex) -> None:
    for word in ("loli", "shota", "lolicon", "shotacon", "toddlercon"):
        hits = real.search(word, limit=50, nsfw="show", literal=True).hits
        assert [hit.tag for hit in hits if word in hit.tag.split("_")] == []
