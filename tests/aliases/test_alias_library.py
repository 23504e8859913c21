"""Finding, naming, grouping, importing and exporting aliases."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cozygen.aliases.categories import (
    CategoryChange,
    categories_of,
    change_category,
    remove_category,
    within,
)
from cozygen.aliases.exchange import Entry, plan_merge, read_entries, write_entries
from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.search import AliasSearch
from cozygen.aliases.tokens import count_tokens
from cozygen.aliases.wildcards import WildcardFiles
from cozygen.aliases.yaml_wildcards import MAX_OPTIONS
from cozygen.errors import CozyGenError, InvalidError, NotFoundError

DOCUMENT = {
    "items": {
        "hero": "1girl, armor",
        "outfit::red_dress": "red dress, frills",
        "outfit::blue_dress": "blue dress",
        "lighting::neon_night": "neon lights, night",
    },
    "categories": {"hero": "Character"},
    "categoryList": ["Character", "Mine"],
}
LIBRARY = AliasLibrary.from_document(DOCUMENT)


@pytest.mark.parametrize(
    ("query", "first"),
    [
        ("hero", "hero"),
        ("red", "outfit::red_dress"),
        ("dress blue", "outfit::blue_dress"),
        ("outfit:red", "outfit::red_dress"),
        ("frills", "outfit::red_dress"),
        ("neon lights", "lighting::neon_night"),
        ("neno nihgt", "lighting::neon_night"),
        ("reddress", "outfit::red_dress"),
        ("ARMOR", "hero"),
    ],
)
def test_an_alias_is_found_by_what_one_remembers(query: str, first: str) -> None:
    assert AliasSearch(LIBRARY.aliases).find(query)[0].key == first


def test_a_blank_search_shows_all_and_the_used_first() -> None:
    found = AliasSearch(LIBRARY.aliases).find("", used={"lighting::neon_night": 3})
    assert [alias.key for alias in found][:2] == ["lighting::neon_night", "hero"]
    assert len(found) == 4


def test_a_search_stays_inside_its_category() -> None:
    search = AliasSearch(LIBRARY.aliases)
    assert {alias.category for alias in search.find("dress", categories={"outfit"})} == {"outfit"}
    assert search.find("zzzzzz") == []
    assert search.find("(((*?[") == []


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_is_exported_comes_back_the_same(form: Any) -> None:
    text = write_entries(LIBRARY, DOCUMENT, form)
    merge = plan_merge(LIBRARY, read_entries(text))
    assert (merge.added, merge.conflicts, len(merge.same)) == ([], [], 4)


def test_chants_go_out_and_come_in_under_names_that_tokens_can_spell() -> None:
    chants = json.loads(write_entries(LIBRARY, DOCUMENT, "chants"))
    assert chants[0] == {"name": "hero", "terms": "Character,hero", "content": "1girl, armor", "color": 1}
    text = '[{"name": "My Chant!", "terms": "a", "content": "x, y", "color": 3}, {"name": 5}, 7]'
    assert read_entries(text) == [Entry("My_Chant_", "chants", "x, y")]


def test_the_demo_chants_of_the_extension_come_in(shared_data: Path) -> None:
    entries = read_entries((shared_data / "demo-chants.json").read_text("utf-8"))
    assert [entry.name for entry in entries].count("Pony-Positive") == 1
    assert len(entries) == 7
    assert entries[0].name == "Basic-NegativePrompt"


def test_csv_comes_in_with_or_without_header_and_with_line_ends_in_texts() -> None:
    assert read_entries('\ufeffname,category,text\r\nhero,P,"a, b\nc"\r\n') == [Entry("hero", "P", "a, b\nc")]
    assert read_entries('hero,"a, b"\n\nvillain,"c"') == [
        Entry("hero", "", "a, b"),
        Entry("villain", "", "c"),
    ]
    assert read_entries("text,name\nx,y") == [Entry("y", "", "x")]


@pytest.mark.parametrize("text", ["{", "[1, ", '{"a": 1}', '"x', "[" * 100_000])
def test_what_is_no_alias_file_is_refused(text: str) -> None:
    with pytest.raises(InvalidError):
        read_entries(text)


def test_a_merge_tells_new_from_known_and_different() -> None:
    merge = plan_merge(
        LIBRARY, [Entry("HERO", "", "1girl, armor"), Entry("outfit:red_dress", "", "x"), Entry("n", "", "y")]
    )
    assert [entry.name for entry in merge.same] == ["HERO"]
    assert [entry.name for entry in merge.conflicts] == ["outfit:red_dress"]
    assert [entry.name for entry in merge.added] == ["n"]


def test_the_built_in_topics_are_there_from_the_start() -> None:
    shown = {category.name: category for category in categories_of({})}
    assert shown["lighting"].parent == "Camera"
    assert shown["Camera"].color is not None
    assert shown["prompts_scifi"].label == "Prompts - Scifi"
    assert "prompts" not in shown


def test_a_category_can_be_coloured_moved_renamed_and_removed() -> None:
    document: dict[str, Any] = json.loads(json.dumps(DOCUMENT))
    change_category(
        document, "Mine", CategoryChange(color="#112233", parent="Subject", order=3, label="My own")
    )
    mine = next(category for category in categories_of(document) if category.name == "Mine")
    assert (mine.label, mine.color, mine.parent, mine.order) == ("My own", "#112233", "Subject", 3)
    change_category(document, "Character", CategoryChange(name="People"))
    assert document["categories"] == {"hero": "People"}
    assert "People" in document["categoryList"]
    remove_category(document, "People")
    assert document["categories"] == {}
    assert document["items"]["hero"] == "1girl, armor"
    assert "People" not in [category.name for category in categories_of(document)]


def test_a_category_cannot_be_inside_itself_or_take_anothers_name() -> None:
    document: dict[str, Any] = json.loads(json.dumps(DOCUMENT))
    change_category(document, "Mine", CategoryChange(parent="Character"))
    with pytest.raises(CozyGenError):
        change_category(document, "Character", CategoryChange(parent="Mine"))
    with pytest.raises(CozyGenError):
        change_category(json.loads(json.dumps(DOCUMENT)), "Mine", CategoryChange(name="character"))
    with pytest.raises(NotFoundError):
        remove_category(document, "nowhere")


def test_a_category_takes_in_those_inside_it_at_any_depth() -> None:
    document: dict[str, Any] = json.loads(json.dumps(DOCUMENT))
    change_category(document, "Mine", CategoryChange(parent="character"))
    change_category(document, "Deep", CategoryChange(parent="Mine"))
    assert within(categories_of(document), "Character") == {"character", "mine", "deep"}
    assert within(categories_of(document), "Deep") == {"deep"}
    assert within(categories_of(document), "") == set()
    assert within(categories_of(document), "nowhere") == {"nowhere"}


@pytest.fixture
def wildcards(tmp_path: Path) -> WildcardFiles:
    folder = tmp_path / "wildcards" / "hair"
    folder.mkdir(parents=True)
    (folder / "color.txt").write_text("# colours\nred\n\n  blue \n", "utf-8")
    (folder / "cut.txt").write_text("\ufeffbob\n", "utf-8")
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    return WildcardFiles(lambda: tmp_path)


def test_a_wildcard_is_a_file_with_an_option_a_line(wildcards: WildcardFiles) -> None:
    assert wildcards.options("hair/color") == ["red", "blue"]
    assert wildcards.options("hair/*") == ["red", "blue", "bob"]
    assert wildcards.names() == ["hair/color", "hair/cut"]


@pytest.mark.parametrize(
    "name", ["../secret", "/../secret", "hair/../../secret", "nope", "", "hair", "a\x00b", "x" * 300]
)
def test_a_wildcard_never_leaves_its_folder(wildcards: WildcardFiles, name: str) -> None:
    assert list(wildcards.options(name)) == []


@pytest.fixture
def lists(tmp_path: Path) -> Path:
    path = tmp_path / "wildcards" / "clothes.yaml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("shirts:\n  warm: [wool, 2, true]\n  cold:\n    - silk\nshoes: [boots]\n", "utf-8")
    return path


def test_a_yaml_file_holds_several_wildcards(wildcards: WildcardFiles, lists: Path) -> None:
    assert wildcards.options("shirts/warm") == ["wool", "2", "True"]
    assert wildcards.options("clothes/shirts/cold") == ["silk"]
    assert wildcards.options("shoes") == ["boots"]
    assert sorted(wildcards.options("clothes/*")) == ["2", "True", "boots", "silk", "wool"]
    assert "shirts/warm" in wildcards.names()


def test_a_text_file_comes_before_a_list_of_the_same_name(wildcards: WildcardFiles, lists: Path) -> None:
    lists.write_text("hair: {cut: [other]}", "utf-8")
    assert wildcards.options("hair/cut") == ["bob"]


def test_a_changed_yaml_file_is_read_again(wildcards: WildcardFiles, lists: Path) -> None:
    assert wildcards.options("shoes") == ["boots"]
    lists.write_text("shoes: [sandals, pumps]", "utf-8")
    assert wildcards.options("shoes") == ["sandals", "pumps"]


@pytest.mark.parametrize(
    "text",
    [
        "a: [",
        "\x00",
        "{" * 5000,
        "!!python/object/apply:os.system ['true']",
        "a: &a [*a]",
        "just words",
        "- 1\n- 2",
        "",
        "a: {b: {}}",
    ],
)
def test_a_yaml_file_that_is_none_holds_nothing(wildcards: WildcardFiles, lists: Path, text: str) -> None:
    lists.write_text(text, "utf-8")
    assert list(wildcards.options("a")) == []
    assert wildcards.options("hair/cut") == ["bob"]


def test_a_yaml_bomb_is_cut_off(wildcards: WildcardFiles, lists: Path) -> None:
    levels = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 9))
    lists.write_text("l0: &l0 [lol]\n" + levels, "utf-8")
    assert len(wildcards.options("l8")) <= MAX_OPTIONS


def test_a_changed_wildcard_file_is_read_again(wildcards: WildcardFiles, tmp_path: Path) -> None:
    assert wildcards.options("hair/cut") == ["bob"]
    (tmp_path / "wildcards" / "hair" / "cut.txt").write_text("pixie\nlong", "utf-8")
    assert wildcards.options("hair/cut") == ["pixie", "long"]


@pytest.mark.parametrize(
    ("text", "tokens", "chunks"),
    [
        ("", 0, [0]),
        ("1girl", 2, [2]),
        ("a, b", 3, [3]),
        ("(a:1.2), <lora:x:1>", 2, [2]),
        ("a BREAK b", 2, [1, 1]),
        ("a, " * 60, 120, [75, 45]),
        ("saber \\(fate\\)", 4, [4]),
    ],
)
def test_tokens_are_counted_about_right(text: str, tokens: int, chunks: list[int]) -> None:
    counted = count_tokens(text)
    assert (counted.tokens, counted.chunks) == (tokens, chunks)
