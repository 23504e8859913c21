from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cozygen.storage.disk import Disk
from cozygen.storage.document_format import DocumentFormat
from cozygen.storage.json_document import JsonDocument
from tests.storage.notes import NOTES, Notices


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    """The data folder, not made yet; in memory where possible: thousands of fsyncs take minutes."""
    if not os.access("/dev/shm", os.W_OK):
        yield tmp_path / "data"
        return
    with tempfile.TemporaryDirectory(dir="/dev/shm", prefix="cozygen-") as place:
        yield Path(place) / "data"


@pytest.fixture
def make(folder: Path, notices: Notices) -> Any:
    """Builds a document as a fresh process would; files count as settled at once."""

    def build(
        form: DocumentFormat = NOTES, *, disk: Disk | None = None, settle_s: float = 0.0, wait_s: float = 5.0
    ) -> JsonDocument:
        return JsonDocument(form, folder, notices, disk=disk, settle_s=settle_s, lock_timeout_s=wait_s)

    return build
