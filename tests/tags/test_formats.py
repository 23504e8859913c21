"""Every format that lists come in, told apart by content; and rows that are broken."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cozygen_core import IndexCorruptError, TagIndex, TagListReport
from tests.tags.conftest import Build, tags_of


def load(tmp_path: Path, content: str | bytes, name: str = "list.dat", scheme: str | None = None) -> TagIndex:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return TagIndex.build([(path, "list", scheme)])


def everything(index: TagIndex) -> dict[str, tuple[int, str]]:
    return {hit.tag: (hit.count, hit.category) for hit in index.search("", limit=100, nsfw="show").hits}


def report_of(index: TagIndex) -> TagListReport:
    return index.reports()[0]


MARKDOWN = """\
# Title

## pose_action (2)
- `standing` — 90
-  `sitting` — 80
## nsfw_nudity
- `bare` — 5
## namespace_x
- `:d` — 4
- `9:30` — 3
- `a:b` — 2
"""


@pytest.mark.parametrize(
    ("content", "form", "wanted"),
    [
        ('a,0,9,"b,c"\nd,4,8\n', "tagcomplete csv", {"a": (9, "general"), "d": (8, "character")}),
        (
            "a,0,9,\nmasterpiece,5,Quality tag,,\nb,1,3,\n",
            "tagcomplete csv",
            {"a": (9, "general"), "b": (3, "artist")},
        ),
        ("tag,type,count,aliases\na,3,9,x\n", "csv with header", {"a": (9, "copyright")}),
        ("tag,category,count,alias\na,0,9,x\n", "csv with header", {"a": (9, "general")}),
        ("tag_id,name,category,count\n1,general,9,5\n2,a,4,7\n", "csv with header", {"a": (7, "character")}),
        (
            "id,name,post_count,category,is_deprecated,created_at,updated_at,words\n1,a,9,1,0,x,y,a\n2,b,8,0,1,x,y,b\n",
            "csv with header",
            {"a": (9, "artist")},
        ),
        (
            "id,name,category,post_count\n1,a,5,9\n2,b,7,8\n",
            "csv with header",
            {"a": (9, "species"), "b": (8, "meta")},
        ),
        ("# comment\na\nb c\n", "plain text", {"a": (0, "general"), "b c": (0, "general")}),
        ("a\\(b\\),12\nc,3\n", "name,count", {"a(b)": (12, "general"), "c": (3, "general")}),
        (
            MARKDOWN,
            "markdown",
            {
                "standing": (90, "pose"),
                "sitting": (80, "pose"),
                "bare": (5, "nsfw"),
                ":d": (4, "expression"),
                "9:30": (3, "general"),
                "a:b": (2, "fandom"),
            },
        ),
        (
            '[{"name":"a","post_count":9,"category":4,"is_deprecated":false},{"name":"b","post_count":1,"is_deprecated":true}]',
            "json",
            {"a": (9, "character")},
        ),
        (
            '{"name":"a","post_count":9,"category":1}\n{"name":"b","post_count":8}\n',
            "json",
            {"a": (9, "artist"), "b": (8, "general")},
        ),
        (
            '[{"name":"Best","terms":"hi,quality","content":"(best quality:1.2)","color":1}]',
            "json",
            {"Best": (0, "chant")},
        ),
        ("﻿a,0,9,\r\nb,0,8,\r\n", "tagcomplete csv", {"a": (9, "general"), "b": (8, "general")}),
        (
            "a,0,9,\rb,0,8,\nc,0,7,\n\x00\x00\x00",
            "tagcomplete csv",
            {"a": (9, "general"), "b": (8, "general"), "c": (7, "general")},
        ),
    ],
)
def test_the_format_is_found_by_content(
    tmp_path: Path, content: str, form: str, wanted: dict[str, tuple[int, str]]
) -> None:
    index = load(tmp_path, content)
    assert report_of(index).format == form
    found = everything(index)
    assert {tag: found.get(tag) for tag in wanted} == wanted
    assert set(found) - set(wanted) <= {"masterpiece"}


def test_yaml_wildcards_give_their_leaves(tmp_path: Path) -> None:
    index = load(
        tmp_path, "hair:\n  color:\n    - red hair\n    - '{a|b} hair'\n    - \"blue hair\"\n", "hair.yaml"
    )
    assert set(everything(index)) == {"red hair", "blue hair"}
    assert report_of(index).skipped == 1


@pytest.mark.parametrize(
    "pack", [gzip.compress, lambda data: b"\xff\xfe" + data.decode().encode("utf-16-le")]
)
def test_packed_and_wide_files_are_read(tmp_path: Path, pack: object) -> None:
    index = load(tmp_path, pack(b"solo,0,9,\nhat,0,8,\n"))  # type: ignore[operator]  # either of two functions
    assert set(everything(index)) == {"solo", "hat"}


def test_m_18_mixed_line_endings_and_trailing_nuls(tmp_path: Path) -> None:
    index = load(tmp_path, b"- `a` \xe2\x80\x94 3\r\n- `b` \xe2\x80\x94 2\r- `c` \xe2\x80\x94 1\n\x00\x00")
    assert list(everything(index)) == ["a", "b", "c"]


def test_five_and_seven_mean_what_the_source_says(tmp_path: Path) -> None:
    e621 = "wolf,5,90,\nhi_res,7,80,\nlore_x,8,3,\n"
    assert everything(load(tmp_path, e621)) == {
        "wolf": (90, "species"),
        "hi_res": (80, "meta"),
        "lore_x": (3, "lore"),
    }
    assert everything(load(tmp_path, "highres,5,90,\n"))["highres"] == (90, "meta")
    assert everything(load(tmp_path, "wolf,5,90,\n", scheme="e621"))["wolf"] == (90, "species")
    with pytest.raises(ValueError, match="scheme"):
        load(tmp_path, "a,0,1,\n", scheme="fantasy")


def test_broken_rows_are_left_out_one_by_one(tmp_path: Path) -> None:
    index = load(
        tmp_path,
        'a,0,9,"x\nb,0,8,"y,z"\n,0,7,\n"c"d,0,6,\ne,0,-5,\nf,0,99999999999999,\n' + "g" * 400 + ",0,1,\n",
    )
    assert set(everything(index)) == {"b", "e", "f"}
    report = report_of(index)
    assert report.skipped == 4
    assert [why for _, why, _ in report.examples][:3] == [
        "a quote is never closed",
        "an empty name",
        "a quote is never closed",
    ]
    assert all(len(row) <= 80 for _, _, row in report.examples)


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"   \n\n", "empty"),
        (b"\x89PNG\r\n\x1a\n" + bytes(4000), "binary"),
        (b"<!DOCTYPE html><html></html>", "web page"),
        (b"%PDF-1.7 ...", "web page"),
        (b'[{"name": "a"', "JSON"),
        (b"\x1f\x8b\x08\x00garbage", "cannot be read"),
    ],
)
def test_what_is_no_list_is_said_and_the_others_still_count(tmp_path: Path, content: bytes, why: str) -> None:
    (tmp_path / "bad").write_bytes(content)
    (tmp_path / "good").write_text("solo,0,9,\n")
    index = TagIndex.build([(tmp_path / "bad", "bad", None), (tmp_path / "good", "good", None)])
    bad, good = index.reports()
    assert why in bad.error
    assert str(tmp_path) not in bad.error
    assert (good.error, good.tags) == ("", 1)


def test_a_missing_list_is_said(tmp_path: Path) -> None:
    index = TagIndex.build([(tmp_path / "none", "none", None)])
    assert "cannot be read" in index.reports()[0].error
    assert index.search("a").hits == []


def test_a_list_that_is_too_large_is_refused_before_it_is_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.csv"
    with huge.open("wb") as file:
        file.truncate(500_000_000)
    report = TagIndex.build([(huge, "huge", None)]).reports()[0]
    assert "too large: 500 MB" in report.error
    bomb = tmp_path / "bomb.gz"
    bomb.write_bytes(gzip.compress(b"a\n" * 1_000_000))
    assert "too large" in TagIndex.build([(bomb, "bomb", None)], list_bytes=100_000).reports()[0].error


def test_the_same_name_in_two_lists_is_one_row(build: Build) -> None:
    index = build("hat,0,5,\n", **{"other.csv": 'hat,4,900,"cap"\nscarf,0,7,\n'})
    hit = index.search("hat", limit=1).hits[0]
    assert (hit.count, hit.category, hit.sources) == (5, "general", ["small", "other"])
    assert index.search("cap", limit=1).hits[0].tag == "hat"
    assert tags_of(index.search("", sources=["small"]).hits) == ["hat"]


def test_a_list_without_counts_takes_them_from_the_next(build: Build) -> None:
    index = build("hat\nscarf\n", **{"other.csv": "hat,0,900,\n"})
    assert everything(index) == {"hat": (900, "general"), "scarf": (0, "general")}


def test_aliases_and_names_of_tags_that_are_in_no_list_are_said(build: Build) -> None:
    index = build("hat,0,5,\n", **{"alias.csv": "antecedent,consequent\ncap,hat\nfez,nothing\n"})
    report = index.reports()[1]
    assert (report.links, report.skipped, report.examples[0][1]) == (1, 1, "its tag is in no list")


def test_a_quality_word_ranks_before_rare_tags_and_shows_its_text(build: Build) -> None:
    index = build(
        "master_sword,0,4000,\n", **{"q.csv": "masterpiece,5,Quality tag,,\nbest,5,Quality tag,,\n"}
    )
    hit = index.search("master", limit=1).hits[0]
    assert (hit.tag, hit.count, hit.note) == ("masterpiece", 0, "Quality tag")


def test_a_chant_is_found_by_its_terms_and_inserts_its_content(tmp_path: Path) -> None:
    index = load(tmp_path, '[{"name":"Best","terms":"hi,quality","content":"(best quality:1.2)","color":1}]')
    hit = index.search("quality", limit=1).hits[0]
    assert (hit.tag, hit.alias, hit.insert, hit.note) == ("Best", "quality", "(best quality:1.2)", None)


@pytest.mark.parametrize("cut", [0, 10, 63, 64, 700, -1])
def test_a_cache_that_was_cut_off_is_refused(build: Build, tmp_path: Path, cut: int) -> None:
    cache = tmp_path / "cache"
    build("hat,0,5,\n", cache=cache)
    assert len(TagIndex.open(cache)) == 1
    part = tmp_path / "part"
    part.write_bytes(cache.read_bytes()[:cut])
    with pytest.raises((IndexCorruptError, OSError)):
        TagIndex.open(part)


def test_a_cache_with_any_byte_changed_is_refused(build: Build, tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    build("hat,0,5,\nlong_hair,0,4,\n", cache=cache)
    whole = cache.read_bytes()
    step = max(1, len(whole) // 300)
    changed = tmp_path / "changed"
    for at in range(0, len(whole), step):
        changed.unlink(missing_ok=True)
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        if 32 <= at < 64:
            continue  # the unused end of the header
        with pytest.raises(IndexCorruptError):
            TagIndex.open(changed)
    with pytest.raises(FileNotFoundError):
        TagIndex.open(tmp_path / "none")


@pytest.mark.parametrize(
    ("file", "least", "most_skipped"),
    [
        ("danbooru_150k.csv", 150_000, 5),
        ("danbooru_tags_150k.md.gz", 150_000, 5),
        ("e621_140k.csv", 139_000, 60),
        ("derpibooru_110k.csv", 110_000, 60),
        ("wd_selected_tags.csv", 10_800, 4),
        ("extra-quality-tags.csv", 6, 0),
        ("demo-chants.json", 6, 0),
    ],
)
def test_real_lists_are_read_nearly_whole(
    shared_data: Path, file: str, least: int, most_skipped: int
) -> None:
    report = TagIndex.build([(shared_data / file, "real", None)]).reports()[0]
    assert report.error == ""
    assert report.tags >= least
    blocked_or_broken = [entry for entry in report.examples if entry[1] not in ("its tag is in no list",)]
    assert report.skipped <= most_skipped, blocked_or_broken
