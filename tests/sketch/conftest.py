"""The sketch engine belongs to the stand-alone server."""

from __future__ import annotations

import pytest


@pytest.fixture
def place() -> str:
    return "alone"
