"""What holds for any prompt and any library."""

from __future__ import annotations

import random

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cozygen.aliases import edits
from cozygen.aliases.elements import Prompt, parse
from cozygen.aliases.expand import MAX_LENGTH, expand, units
from cozygen.aliases.library import AliasLibrary
from tests.aliases.generate import library as any_library
from tests.aliases.generate import piece
from tests.aliases.generate import text as any_text

ALPHABET = "aB1,, \n()[]{}<>$$|\\:_.-é𝒳\ud800\r\t\u00a0"
noise = st.text(alphabet=ALPHABET, max_size=60) | st.text(max_size=40)
typed = st.randoms(use_true_random=False).map(any_text)
prompts = noise | typed
libraries = st.randoms(use_true_random=False).map(any_library)
weights = st.integers(0, 400).map(lambda hundredths: hundredths / 100)
TAGS = ("a", "long hair", "$hero$", "(b:1.2)", "((c))", "[d]", "saber (fate)", "<lora:x:0.8>", "{x|y}", "x:y")
tidy = st.lists(st.sampled_from(TAGS), min_size=1, max_size=8).map(", ".join)

often = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@often
@given(prompts)
def test_f_04_printing_what_was_read_gives_the_text_back(text: str) -> None:
    assert str(parse(text)) == text


@often
@given(prompts)
def test_elements_stand_in_order_and_are_never_blank(text: str) -> None:
    prompt = parse(text)
    end = 0
    for element, (start, stop) in zip(prompt.elements, prompt.spans(), strict=True):
        assert end <= start < stop
        assert text[start:stop] == element.source == element.source.strip(" \t\r\n\f\v\u00a0\u3000,")
        end = stop
    assert "".join(prompt.gaps).strip(" \t\r\n\f\v\u00a0\u3000,") == ""


@often
@given(tidy, st.integers(0, 7), weights)
def test_a_weight_and_then_1_gives_the_text_back(text: str, place: int, weight: float) -> None:
    prompt = parse(text)
    index = place % len(prompt.elements)
    element = prompt.elements[index]
    if element.weight is not None:
        return
    weighted = edits.set_weight(prompt, element, weight)
    assert str(edits.set_weight(weighted, weighted.elements[index], 1)) == text


@often
@given(tidy, st.integers(0, 7), st.lists(weights, min_size=1, max_size=6))
def test_moving_a_strength_many_times_is_moving_it_once(text: str, place: int, steps: list[float]) -> None:
    prompt = parse(text)
    index = place % len(prompt.elements)
    once = edits.set_weight(prompt, prompt.elements[index], steps[-1])
    for weight in steps:
        prompt = edits.set_weight(prompt, prompt.elements[index], weight)
    assert str(prompt) == str(once)


@often
@given(tidy, st.integers(0, 7), st.integers(0, 7))
def test_moving_there_and_back_gives_the_text_back(text: str, here: int, there: int) -> None:
    prompt = parse(text)
    here, there = here % len(prompt.elements), there % len(prompt.elements)
    element = prompt.elements[here]
    moved = edits.move(prompt, element, there)
    assert moved.elements[there] is element
    assert str(edits.move(moved, element, here)) == text


@often
@given(tidy, st.integers(0, 7), st.integers(0, 7), st.sampled_from(TAGS))
def test_an_edited_prompt_reads_as_the_elements_it_has(text: str, place: int, to: int, other: str) -> None:
    prompt = parse(text)
    element = prompt.elements[place % len(prompt.elements)]
    results = [
        edits.remove(prompt, element),
        edits.move(prompt, element, to),
        edits.insert(prompt, to, other),
        edits.replace(prompt, element, other),
        edits.set_weight(prompt, element, 1.3),
    ]
    for result in results:
        assert sources(parse(str(result))) == sources(result)


@often
@given(tidy, st.integers(0, 7), st.sampled_from(TAGS))
def test_inserting_and_removing_gives_the_text_back(text: str, to: int, other: str) -> None:
    prompt = parse(text)
    to %= len(prompt.elements) + 1
    grown = edits.insert(prompt, to, other)
    assert str(edits.remove(grown, grown.elements[to])) == text


@often
@given(prompts, libraries, st.none() | st.integers(0, 2**64 - 1))
def test_f_03_expansion_ends_is_bounded_and_repeats(text: str, document: object, seed: int | None) -> None:
    library = AliasLibrary.from_document(document)
    result = expand(text, library, seed=seed)
    assert units(result.text) <= MAX_LENGTH
    assert expand(text, library, seed=seed) == result
    for put in result.puts:
        assert 0 <= put.start <= put.end <= len(result.text)
        assert 0 <= put.source_start < put.source_end <= len(text)


@often
@given(st.randoms(use_true_random=False))
def test_f_03_an_expanded_prompt_expands_to_itself(rng: random.Random) -> None:
    values = {f"k{number}": piece(rng, 2).replace("$", "S").replace("::", ":") for number in range(5)}
    values["k5"] = "$k0$, ($k1$:1.2)"
    library = AliasLibrary.from_document(values)
    text = ", ".join(
        rng.choice(("$k5$", "($k2$:0.7)", "$k3$", "saber \\(fate\\)", "((a:1.1))")) for _ in range(5)
    )
    once = expand(text, library)
    # A value may end in a backslash or hold half a bracket; a dollar left over means a token stayed.
    if "$" not in once.text:
        assert expand(once.text, library).text == once.text


@often
@given(prompts, libraries)
def test_a_text_without_a_token_is_never_changed(text: str, document: object) -> None:
    plain = text.replace("$", "").replace("::", ":")
    assert expand(plain, AliasLibrary.from_document(document)).text == plain


def sources(prompt: Prompt) -> list[str]:
    return [element.source for element in prompt.elements]
