"""The linter as Compose shows it: one mistake, one piece of advice, one fix."""

from __future__ import annotations

from typing import Any

import pytest

from cozygen.aliases.expand import expand
from cozygen.aliases.judge import Models, Verdict
from cozygen.aliases.library import AliasLibrary
from cozygen.aliases.lint import Issue, lint, read

LIBRARY = AliasLibrary.from_document(
    {"hero": "tag_one, tag_two", "P::scene": "a", "Q::scene": "b", "loop": "$loop$, x"}
)
KNOWN = {
    "1girl",
    "2girls",
    "solo",
    "long hair",
    "blue eyes",
    "saber (fate)",
    "smile",
    "masterpiece",
    "night",
    "day",
}
RENAMED = {"peace sign": "v", "hires": "highres"}
MEANT = {"lnog hair": "long_hair", "saber (fat)": "saber_(fate)", "smlie": "smile"}
MODELS = Models(frozenset({"easynegative"}), frozenset({"glow"}), {"glow": ["gl0w style"]})


def verdict(name: str) -> Verdict:
    meant = [MEANT[name]] if name in MEANT else []
    return Verdict(name in KNOWN or name in RENAMED, RENAMED.get(name), meant)


def advice(text: str, *, models: Models = MODELS, **more: Any) -> list[Issue]:
    reading = read(text)
    verdicts = [verdict(tag.normal) for tag in reading.judged]
    return lint(reading, expand(text, LIBRARY), LIBRARY, verdicts, models, **more)


def mended(text: str) -> str:
    """The text with its first fix applied."""
    fix = next(issue.fix for issue in advice(text) if issue.fix is not None)
    return text[: fix.start] + fix.text + text[fix.end :]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1girl, solo, long hair",
        "(long_hair:1.2), ((smile)), [blue eyes]",
        "saber \\(fate\\), $hero$, <lora:glow:0.8>, gl0w style",
        "a photo of a cat that sits on a mat, 1girl",
        "A girl. She smiles",
        "embedding:easynegative, BREAK, {day|night}",
        "solo, 1girl BREAK smile",
    ],
)
def test_a_good_prompt_gets_no_advice(text: str) -> None:
    assert [issue for issue in advice(text) if issue.code != "unknown_tag"] == []


@pytest.mark.parametrize(
    ("text", "code", "fixed"),
    [
        ("1girl, lnog hair", "unknown_tag", "1girl, long hair"),
        ("1girl, lnog_hair", "unknown_tag", "1girl, long_hair"),
        ("(lnog hair:1.2), solo", "unknown_tag", "(long hair:1.2), solo"),
        ("((smlie))", "unknown_tag", "((smile))"),
        ("saber \\(fat\\)", "unknown_tag", "saber \\(fate\\)"),
        ("peace sign, solo", "deprecated_tag", "v, solo"),
        ("1girl, solo, 1girl", "duplicate", "1girl, solo"),
        ("long hair, long_hair", "duplicate", "long hair"),
        ("smile, Smile, solo", "duplicate", "smile, solo"),
        ("smile, ;), solo", "unbalanced_bracket", "smile, ;\\), solo"),
        ("(smile, solo", "unbalanced_bracket", "\\(smile, solo"),
        ("$hreo$, solo", "unknown_alias", "$hero$, solo"),
        ("$hero, solo", "unclosed_alias", "$hero$, solo"),
        ("<lora:glwo:1>, solo", "missing_lora", "<lora:glow:1>, solo"),
        ("embedding:easynegativ, solo", "missing_embedding", "embedding:easynegative, solo"),
        ("solo, <lora:glow:1>", "missing_trigger", "solo, <lora:glow:1>, gl0w style"),
        ("<lora:glow:1>, solo, ", "missing_trigger", "<lora:glow:1>, solo, gl0w style"),
    ],
)
def test_a_mistake_gets_one_fix(text: str, code: str, fixed: str) -> None:
    assert code in [issue.code for issue in advice(text)]
    assert mended(text) == fixed


@pytest.mark.parametrize(
    ("text", "code", "where"),
    [
        ("1girl, 2girls", "contradiction", "2girls"),
        ("(1girl:1.1), solo, multiple girls", "contradiction", "multiple girls"),
        ("no humans, 1girl", "contradiction", "1girl"),
        ("day, (night:1.2)", "contradiction", "night"),
        ("$scene$, solo", "ambiguous_alias", "$scene$"),
        ("solo, $loop$", "cyclic_alias", "$loop$"),
        ("solo, nonsense", "unknown_tag", "nonsense"),
        ("a), solo", "unbalanced_bracket", ")"),
    ],
)
def test_advice_names_its_place(text: str, code: str, where: str) -> None:
    found = next(issue for issue in advice(text) if issue.code == code)
    assert where in text[found.start : found.end] or text[found.start : found.end] in where


def test_a_lora_of_the_form_asks_for_its_trigger_word_too() -> None:
    assert [issue.code for issue in advice("solo", extra_loras=["glow"])] == ["missing_trigger"]
    assert advice("solo, gl0w style", extra_loras=["glow"])[0].code == "unknown_tag"


@pytest.mark.parametrize(
    ("text", "suggestions", "meant"),
    [
        ("golden light", ["jinguang_budaixi"], None),
        ("misty mountains at sunset", ["at_the_mountains_of_madness"], None),
        ("golden light", ["jinguang_budaixi", "golden_lights"], "golden lights"),
        ("cta", ["cat"], "cat"),
        ("hair long", ["long_hair"], "long hair"),
        ("初音ミク", ["hatsune_miku"], "hatsune miku"),
        ("nonsense", [], None),
    ],
)
def test_only_what_looks_like_the_words_is_offered_in_their_place(
    text: str, suggestions: list[str], meant: str | None
) -> None:
    verdicts = [Verdict(False, None, suggestions)]
    (issue,) = lint(read(text), expand(text, LIBRARY), LIBRARY, verdicts, Models())
    assert (issue.fix.text if issue.fix else None) == meant
    assert issue.level == ("info" if meant is None else "warning")


def test_without_lists_nothing_is_called_unknown() -> None:
    text = "nonsense, <lora:any:1>, embedding:any"
    assert lint(read(text), expand(text, LIBRARY), LIBRARY, None, Models()) == []


def test_a_duplicate_inside_a_group_is_shown_without_a_fix_that_would_break_it() -> None:
    (issue,) = advice("smile, (solo, smile:1.2)")
    assert (issue.code, issue.fix) == ("duplicate", None)


def test_advice_on_a_hostile_prompt_is_bounded() -> None:
    assert len(advice("(" * 10_000)) == 200
    assert len(advice("nonsense, " * 5_000)) == 200
