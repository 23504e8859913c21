"""What is remembered of files that cannot be shown, and for how long."""

from __future__ import annotations

from pathlib import Path

import pytest

from cozygen.thumbs import failures
from cozygen.thumbs.errors import NoDecoderError, TooSlowError
from cozygen.thumbs.failures import Failures


def test_a_file_without_a_decoder_is_not_tried_again_after_a_restart(tmp_path: Path) -> None:
    Failures(tmp_path).remember("clip", NoDecoderError("There is no decoder."))
    with pytest.raises(NoDecoderError):
        Failures(tmp_path).check("clip")


def test_a_cozygen_with_another_decoder_tries_it_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Failures(tmp_path).remember("clip", NoDecoderError("There is no decoder."))
    monkeypatch.setattr(failures, "DECODERS", failures.DECODERS + 1)
    Failures(tmp_path).check("clip")


@pytest.mark.parametrize(
    "line", [b'{"key": "clip", "code": "unsupported_format"}', b'{"key": "clip"', b"[]", b""]
)
def test_lines_of_an_older_cozygen_and_broken_ones_are_forgotten(tmp_path: Path, line: bytes) -> None:
    (tmp_path / "failed.jsonl").write_bytes(line + b"\n")
    memory = Failures(tmp_path)
    memory.check("clip")
    assert len(memory) == 0


def test_a_slow_file_is_tried_again_after_a_restart(tmp_path: Path) -> None:
    memory = Failures(tmp_path)
    memory.remember("big", TooSlowError("That took too long."))
    with pytest.raises(TooSlowError):
        memory.check("big")
    Failures(tmp_path).check("big")
