"""The server's and the browser's model say the same of generated prompts."""

from __future__ import annotations

import json
import random
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.aliases.described import describe
from tests.aliases.generate import case

SCRIPT = Path(__file__).parent / "model.mjs"

pytestmark = pytest.mark.skipif(shutil.which("node") is None, reason="needs Node")


def differences(seed: int, count: int) -> list[str]:
    rng = random.Random(seed)
    cases = [case(rng) for _ in range(count)]
    lines = "\n".join(json.dumps(entry) for entry in cases)
    run = subprocess.run(["node", SCRIPT], input=lines, capture_output=True, text=True, check=True)
    answers = [json.loads(line) for line in run.stdout.splitlines()]
    assert len(answers) == count
    return [
        entry["text"]
        for entry, answer in zip(cases, answers, strict=True)
        if json.loads(json.dumps(describe(entry))) != answer
    ]


def test_f_05_one_thousand_prompts_are_read_edited_and_expanded_alike() -> None:
    assert differences(20261124, 1000) == []


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("part", range(10))
def test_f_05_fifty_thousand_prompts_are_read_edited_and_expanded_alike(part: int) -> None:
    assert differences(part, 5000) == []
