"""The rows of tests/vectors, which the browser's model is held to as well."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from cozygen.aliases import edits
from cozygen.aliases.elements import parse
from cozygen.aliases.expand import expand
from cozygen.aliases.friendly import friendly_name
from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.randomness import Draws
from cozygen.aliases.subcategory import subcategory
from tests.aliases.described import Case, ListedWildcards, edited, places
from tests.conftest import CHECKOUT

PREDECESSORS = re.compile(r"[A-Z]+\d+[a-z]?")
VECTORS = Path(__file__).parent.parent / "vectors"


def rows(name: str) -> Any:
    cases = json.loads((VECTORS / f"{name}.json").read_text())["cases"]
    return pytest.mark.parametrize("case", cases, ids=[case["id"] for case in cases])


@rows("prompt_parse")
def test_a_prompt_is_read_as_these_elements_and_prints_as_it_was(case: Case) -> None:
    text = case["text"]
    prompt = parse(text)
    found = zip(prompt.elements, prompt.spans(), strict=True)
    assert [[e.kind, e.text, *(places(text, span) or ()), e.weight, e.emphasis] for e, span in found] == case[
        "elements"
    ]
    assert str(prompt) == text


@rows("prompt_weight")
def test_a_weight_changes_one_element(case: Case) -> None:
    prompt = parse(case["text"])
    element = prompt.elements[case["element"] - 1]
    assert str(edits.set_weight(prompt, element, case["weight"])) == case["want"]


@rows("prompt_edit")
def test_an_edit_leaves_a_tidy_prompt(case: Case) -> None:
    argument = case["to"] - 1 if "to" in case else case.get("with")
    result = edited(parse(case["text"]), case["operation"], case["element"] - 1, argument)
    assert str(result) == case["want"]
    assert [e.source for e in parse(case["want"]).elements] == [e.source for e in result.elements]


@rows("alias_weight")
def test_an_alias_token_gets_a_weight_wherever_it_stands(case: Case) -> None:
    prompt = parse(case["text"])
    token = edits.alias_tokens(prompt)[0]
    assert token.weight == case["weight"]
    assert str(edits.set_alias_weight(prompt, token, 1.3)) == case["at_1_3"]
    assert str(edits.set_alias_weight(prompt, token, 1)) == case["at_1"]


@rows("alias_expand")
def test_a_prompt_expands_to_this_and_says_what_stayed(case: Case) -> None:
    text = case["text"]
    wildcards = ListedWildcards(case["wildcards"]) if "wildcards" in case else None
    seed = int(case["seed"]) if "seed" in case else None
    library = AliasLibrary.from_document(case["library"])
    result = expand(text, library, seed=seed, stream=case.get("stream", ""), wildcards=wildcards)
    assert result.text == case["want"]
    assert [
        [p.code, p.name, *(places(text, (p.start, p.end)) or ()), list(p.via), list(p.candidates)]
        for p in result.problems
    ] == case.get("problems", [])


@rows("prompt_random")
def test_a_seed_gives_these_numbers(case: Case) -> None:
    draws = Draws(int(case["seed"]), case["stream"], case["place"])
    assert [draws.word() for _ in case["words"]] == case["words"]


@rows("friendly")
def test_a_token_reads_as_words(case: Case) -> None:
    assert friendly_name(case["token"]) == case["friendly"]


@pytest.mark.parametrize(
    "case",
    json.loads((VECTORS / "friendly.json").read_text())["subcategories"],
    ids=lambda case: str(case["id"]),
)
def test_a_name_tells_its_subcategory(case: Case) -> None:
    assert subcategory(case["name"], case["category"]) == case["subcategory"]


def case_ids() -> list[str]:
    """Of every row about prompts and aliases; the other vectors are about forms and names."""
    files = [path for group in ("alias_*", "prompt_*") for path in VECTORS.glob(f"{group}.json")]
    return [case["id"] for path in files for case in json.loads(path.read_text("utf-8"))["cases"]]


def test_there_are_enough_rows_of_our_own() -> None:
    """Rows of the predecessor's tables are numbered as there; the others are ours."""
    ids = case_ids()
    assert len([name for name in ids if not PREDECESSORS.fullmatch(name)]) >= 150
    assert {f"A{number}" for number in range(1, 66)} <= set(ids)


def test_every_row_of_the_list_of_mended_bugs_is_tested() -> None:
    page = (CHECKOUT / "docs" / "prompts.md").read_text("utf-8")
    listed = re.findall(r"^\| ([APSO]\d+) \|", page, re.MULTILINE)
    assert set(listed) <= set(case_ids())
    bugs = "A32 A33 A34 A41 A58 A59 A61 A62 A65 P20 P21 P22 P25 P26 P27 P28 P40 P41 P42 P43 P44 S23 S24 S25"
    assert {*bugs.split(), "O3", "O17", "O18"} <= set(listed)
    tests = re.findall(r"^`(test_\w+)`", page, re.MULTILINE)
    assert len(tests) == 4
    assert all(name in globals() for name in tests)
