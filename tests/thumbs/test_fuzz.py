"""Mutated files of every format: an error of the core or a picture, never a crash, a hang or growth."""

from __future__ import annotations

import pytest

from .fuzz import Findings, mutated, run
from .seeds import seeds

GROWTH_KIB = 32 << 10
#: What one decode may take.
PEAK_KIB = 256 << 10


def _sound(found: Findings, least: int) -> None:
    assert found.problems == []
    assert found.cases >= least
    assert 0 < found.pictures < found.cases, "some mutations leave a picture, some do not"
    assert found.grown_kib < GROWTH_KIB
    assert found.peak_kib < PEAK_KIB


def test_i_72_a_slice_of_mutated_files() -> None:
    _sound(run(first=0, count=1500, seconds=60), least=1500)


@pytest.mark.long
@pytest.mark.timeout(1500)
def test_i_72_mutated_files_for_twenty_minutes() -> None:
    _sound(run(first=1_000_000, count=1 << 40, seconds=1200), least=10_000)


def test_a_case_can_be_had_again() -> None:
    files = seeds()
    assert mutated(files, 4711) == mutated(files, 4711)
    assert len({mutated(files, number) for number in range(50)}) > 40
