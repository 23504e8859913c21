"""F-06: whatever the list and whatever is typed, the core answers as the plain rules do."""

from __future__ import annotations

import csv
import tempfile
from pathlib import Path

import hypothesis.strategies as st
from hypothesis import given, settings

from cozygen_core import TagIndex, normal_tag
from tests.tags.oracle import Oracle, OracleTag

LETTERS = "abcde12"
words = st.text(LETTERS, min_size=1, max_size=4)
signs = st.sampled_from(["_", "-", "_(", "/", ":", "!_", "'"])
names = st.builds(
    lambda parts, tail: "".join(parts).rstrip("_") + tail,
    st.lists(st.one_of(words, signs), min_size=1, max_size=6),
    st.sampled_from(["", ")", "猫", "ミク", "!"]),
).filter(lambda text: normal_tag(text) not in ("",) and not text.startswith(("#", '"')) and "," not in text)
counts = st.integers(0, 300_000)
CATEGORIES = {"general": 0, "artist": 1, "character": 4}


@st.composite
def lists(draw: st.DrawFn) -> list[OracleTag]:
    """Tags with distinct names and aliases that are nobody else's name."""
    found = draw(st.lists(names, min_size=1, max_size=40, unique_by=normal_tag))
    split = draw(st.integers(1, len(found)))
    aliases = found[split:]
    tags = []
    for place, name in enumerate(found[:split]):
        own = tuple(aliases[place::split])
        tags.append(OracleTag(name, draw(counts), draw(st.sampled_from(sorted(CATEGORIES))), own))
    return tags


def compile_list(tags: list[OracleTag], folder: Path) -> TagIndex:
    """The same tags as a tagcomplete list."""
    path = folder / "list.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["tag", "category", "count", "alias"])
        for tag in tags:
            writer.writerow([tag.name, CATEGORIES[tag.category], tag.count, ",".join(tag.aliases)])
    return TagIndex.build([(path, "list", None)])


def plain(query: str) -> bool:
    """Whether the literal tiers alone answer the query."""
    text = normal_tag(query)
    sign = text.startswith(("@", "artist:", "by_", "/")) or "*" in text
    return bool(text) and not sign


@settings(max_examples=300, deadline=None)
@given(tags=lists(), data=st.data())
def test_f_06_the_core_answers_as_the_oracle_does(tags: list[OracleTag], data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(tags)).name
    low = data.draw(st.integers(0, len(name) - 1))
    piece = name[low : low + data.draw(st.integers(1, 8))]
    query = data.draw(
        st.one_of(st.just(piece), st.just(piece.upper()), names, st.builds("{} {}".format, words, words))
    )
    if not plain(query):
        return
    categories = data.draw(st.lists(st.sampled_from(sorted({tag.category for tag in tags})), max_size=2))
    with tempfile.TemporaryDirectory() as folder:
        index = compile_list(tags, Path(folder))
        for limit in (1, 3, 100):
            page = index.search(query, limit=limit, categories=categories, literal=True, count_to=1000)
            wanted = Oracle(tags).search(query, limit, categories=categories)
            got = [(hit.tag, hit.match) for hit in page.hits]
            if not wanted and got:
                # Nothing is called so as typed: prompt syntax was taken off.
                assert normal_tag(query.strip("()[]{}:, ")) != normal_tag(query)
                return
            assert got == wanted, (query, limit)


@settings(max_examples=300, deadline=None)
@given(text=st.text(max_size=400))
def test_f_06_any_unicode_is_a_query_and_its_normal_form_is_stable(text: str) -> None:
    text = text.encode("utf-8", "replace").decode("utf-8")
    assert normal_tag(normal_tag(text)) == normal_tag(text)
    for sort in ("relevance", "count", "name"):
        EVERYDAY.search(text, sort=sort, limit=5)
    EVERYDAY.validate([text])


def _everyday() -> TagIndex:
    tags = [OracleTag("long_hair", 900, aliases=("longhair",)), OracleTag(":d", 5), OracleTag("初音ミク", 3)]
    with tempfile.TemporaryDirectory() as folder:
        return compile_list(tags, Path(folder))


EVERYDAY = _everyday()
