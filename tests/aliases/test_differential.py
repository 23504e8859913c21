"""The server's and the browser's model say the same of generated prompts."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from cozygen.aliases.grammar import MAX_MARKS
from tests.aliases.described import Case, describe
from tests.aliases.generate import case

SCRIPT = Path(__file__).parent / "model.mjs"

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")


def generated(seed: int, count: int) -> list[Case]:
    rng = random.Random(seed)
    return [case(rng) for _ in range(count)]


def differences(cases: list[Case]) -> list[str]:
    lines = "\n".join(json.dumps(entry) for entry in cases)
    run = subprocess.run(["node", SCRIPT], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == len(cases)
    return [
        entry["text"]
        for entry, answer in zip(cases, answers, strict=True)
        if json.loads(json.dumps(describe(entry))) != answer
    ]


def test_f_05_one_thousand_prompts_are_read_edited_and_expanded_alike() -> None:
    assert differences(generated(20261124, 1000)) == []


def test_texts_with_more_tokens_than_are_read_end_alike() -> None:
    texts = [("(a:1.2), $hero$, ", 3), ("\\(a\\) [x]{b|c}", 4), ("P::scene, ($hero$:1.2)(", 5)]
    rest: Case = {"library": {"hero": "x", "P::scene": "y"}, "stream": "", "wildcards": None, "edits": []}
    assert not differences(
        [{"text": text * (MAX_MARKS // marks + 100), "seed": "1", **rest} for text, marks in texts]
    )


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(10))
def test_f_05_fifty_thousand_prompts_are_read_edited_and_expanded_alike(part: int) -> None:
    assert differences(generated(part, 5000)) == []
