"""Texts and libraries made to hurt: they end soon, say what is wrong and are never changed by looking."""

from __future__ import annotations

import sys
from typing import Any

import pytest

from cozygen.aliases import edits
from cozygen.aliases.elements import parse
from cozygen.aliases.expand import MAX_LENGTH, expand, units
from cozygen.aliases.grammar import MAX_MARKS
from cozygen.aliases.library import AliasLibrary

MEBI = 1 << 20
HOSTILE = {
    "10,000 open parentheses": "(" * 10_000,
    "10,000 pairs of parentheses": "(" * 10_000 + "a" + ")" * 10_000,
    "10,000 weighted groups inside each other": "(" * 10_000 + "a" + ":1.1)" * 10_000,
    "crossed brackets": "([{" * 5_000 + ")]}" * 5_000,
    "nested choices": "{a|" * 10_000 + "b" + "}" * 10_000,
    "1 MB of spaces": " " * MEBI,
    "1 MB of commas": "," * MEBI,
    "1 MB of dollars": "$" * MEBI,
    "1 MB of colons": ":" * MEBI,
    "1 MB of underscores": "_" * MEBI,
    "1 MB of backslashes": "\\" * MEBI,
    "1 MB in one word": "a" * MEBI,
    "unfinished LoRA tags": "<lora:" * 50_000,
    "unfinished choices": "{1$$" * 50_000,
    "unfinished wildcards": "__a" * 100_000,
    "a number without end": "(a:1." + "0" * 100_000 + ")",
    "1 MB of alias tokens": "$a$" * (MEBI // 3),
    "1 MB of weighted alias tokens": "($a$:1.2)" * (MEBI // 9),
    "1 MB of little groups": "(a)" * (MEBI // 3),
    "1 MB of bare tokens": "a::b " * (MEBI // 5),
    "1 MB of LoRA tags": "<lora:a:1>" * (MEBI // 10),
    "1 MB of choices": "{a|b}" * (MEBI // 5),
    "lone surrogates": "\ud800, \udfff$hero$\ud83d, (\udc00:1.2)",
    "control characters": "a\x00, b\x1f, \x7f",
    "right-to-left marks": "\u202ea, b\u202c",
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_is_read_and_printed_unchanged(text: str) -> None:
    prompt = parse(text)
    assert str(prompt) == text
    if prompt.elements and len(text) < 100_000:
        weighted = edits.set_weight(prompt, prompt.elements[0], 1.2)
        assert str(edits.remove(weighted, weighted.elements[0])) is not None


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_a_hostile_text_expands_within_bounds(text: str) -> None:
    result = expand(text, AliasLibrary.from_document({"hero": "x"}), seed=1)
    assert units(result.text) <= max(MAX_LENGTH, units(text))


@pytest.mark.parametrize("token", ["$hero$", "($hero$:1.2)", "(a)$hero$"])
def test_more_tokens_than_are_read_are_left_as_they_are_and_reported(token: str) -> None:
    library = AliasLibrary.from_document({"hero": "x"})
    count = 2 * MAX_MARKS // (1 if token == "$hero$" else 3)
    text = token * count
    result = expand(text, library)
    first = result.problems[0]
    assert (first.code, first.start, first.end) == ("too_large", 0, len(text))
    assert {problem.code for problem in result.problems} == {"too_large"}
    assert result.text.startswith(str(expand(token, library).text))
    assert result.text.endswith(token * 1000)
    within = token * 100
    assert expand(within, library).problems == []


def test_an_alias_with_more_tokens_than_are_read_is_reported() -> None:
    library = AliasLibrary.from_document({"big": "(a)" * MAX_MARKS})
    result = expand("$big$", library)
    assert [(problem.code, problem.name) for problem in result.problems] == [("too_large", "big")]
    assert result.text == "(a)" * MAX_MARKS


def test_deep_brackets_need_no_deep_stack() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        text = "(" * 300 + "$a$" + ":1.1)" * 300
        assert str(parse(text)) == text
        assert "x" in expand(text, AliasLibrary.from_document({"a": "x"}), seed=1).text
    finally:
        sys.setrecursionlimit(limit)


def test_a_prompt_of_more_than_a_megabyte_is_left_alone_and_reported() -> None:
    text = "$hero$, " + "a" * MAX_LENGTH
    result = expand(text, AliasLibrary.from_document({"hero": "x"}))
    assert result.text == text
    assert [(problem.code, problem.start, problem.end) for problem in result.problems] == [
        ("too_large", 0, len(text))
    ]


def billion_laughs(levels: int = 30, width: int = 10) -> dict[str, str]:
    return {f"b{level}": ", ".join([f"$b{level + 1}$"] * width) for level in range(levels)} | {
        f"b{levels}": "lol"
    }


BOMBS: dict[str, tuple[Any, str]] = {
    "a billion laughs": (billion_laughs(), "$b0$"),
    "the same, weighted": (billion_laughs(), "($b0$:1.000000000001)"),
    "two to the hundredth": ({f"d{n}": f"$d{n + 1}$$d{n + 1}$" for n in range(100)} | {"d100": "x"}, "$d0$"),
    "doubling itself": ({"a": "$a$$a$"}, "$a$"),
    "many empty draws": ({"a": "{|}", "b": "$a$" * 1000, "c": "$b$" * 1000, "d": "$c$" * 1000}, "$d$"),
    "long separators": ({"a": "{9999$$" + "s" * 5000 + "$$" + "|" * 5000 + "}"}, "$a$, " * 100),
    "a long weight over many parts": ({"a": "x," * 5000}, "($a$:1.000000000001), " * 200),
    "nested weights": ({f"w{n}": f"($w{n + 1}$:1.1), x" for n in range(200)}, "$w0$"),
}


@pytest.mark.parametrize(("library", "text"), BOMBS.values(), ids=BOMBS)
def test_f_03_an_alias_bomb_is_cut_off_and_named(library: Any, text: str) -> None:
    result = expand(text, AliasLibrary.from_document(library), seed=7)
    assert units(result.text) <= MAX_LENGTH
    assert {problem.code for problem in result.problems} & {"too_large", "too_deep", "cyclic_alias"}
    assert all(text[problem.start : problem.end].strip(", ") for problem in result.problems)


def test_a_chain_of_forty_aliases_is_resolved_and_one_of_a_hundred_is_reported() -> None:
    chain = {f"k{n}": f"$k{n + 1}$" for n in range(100)}
    forty = AliasLibrary.from_document(chain | {"k40": "END"})
    assert expand("$k0$", forty).text == "END"
    result = expand("$k0$", AliasLibrary.from_document(chain | {"k100": "END"}))
    assert [problem.code for problem in result.problems] == ["too_deep"]


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        7,
        "text",
        {"items": []},
        {"items": {"a": 1, "": "x", "b": None, "c": " "}},
        {"categories": {"a": "b"}},
    ],
)
def test_a_broken_library_is_an_empty_one(document: object) -> None:
    library = AliasLibrary.from_document(document)
    assert library.aliases == ()
    assert expand("$a$, lighting::dust", library).text == "$a$, lighting::dust"


def test_an_element_of_another_prompt_is_refused() -> None:
    prompt, other = parse("a, b"), parse("a, b")
    with pytest.raises(ValueError, match="not part of this prompt"):
        edits.remove(prompt, other.elements[0])


def test_m_12_names_of_the_language_are_ordinary_names() -> None:
    library = AliasLibrary.from_document({"__class__": "x", "constructor": "y"})
    assert expand("$__class__$, $constructor$, $__init__$", library).text == "x, y, $__init__$"
