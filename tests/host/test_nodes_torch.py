"""The nodes with real tensors; runs where torch is installed (a ComfyUI's own Python), else says why not."""

from __future__ import annotations

import importlib
import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.host.node_stand_in import NodeStandIn, gradient

pytestmark = pytest.mark.skipif(
    importlib.util.find_spec("torch") is None, reason="torch is not installed here"
)


@pytest.fixture
def torch() -> Any:
    return importlib.import_module("torch")


def test_a_picture_becomes_tensors_like_load_images(torch: Any, tmp_path: Path) -> None:
    host = NodeStandIn(tmp_path)
    Image.new("RGBA", (6, 4), (255, 0, 51, 64)).save(host.input_folder() / "a.png")
    image, mask = host.node("CozyGenImageInput").load_image(image_filename="a.png")
    assert (image.dtype, mask.dtype) == (torch.float32, torch.float32)
    assert (tuple(image.shape), tuple(mask.shape)) == ((1, 4, 6, 3), (1, 4, 6))
    assert float(mask[0, 0, 0]) == pytest.approx(1 - 64 / 255)


@pytest.mark.parametrize("kind", ["float32", "float16", "bfloat16", "float64"])
def test_tensors_of_every_precision_are_saved(torch: Any, tmp_path: Path, kind: str) -> None:
    host = NodeStandIn(tmp_path)
    images = torch.from_numpy(gradient(2, 8, 8)).to(getattr(torch, kind)).requires_grad_()
    answer = host.node("CozyGenOutput").save_images(images, "a")
    assert answer["result"][0] is images
    with Image.open(host.output_folder() / "a_00001_.png") as picture:
        saved = np.asarray(picture).astype(int)
    assert np.abs(saved - (gradient(2, 8, 8)[0] * 255).astype(int)).max() <= 2


def test_tensors_become_a_clip(torch: Any, tmp_path: Path) -> None:
    host = NodeStandIn(tmp_path)
    host.node("CozyGenVideoOutput").save_video(
        images=torch.zeros((3, 16, 16, 3)),
        frame_rate=8,
        loop_count=0,
        filename_prefix="a",
        format="video/mp4",
        pingpong=False,
    )
    assert (host.output_folder() / "a_00001_.mp4").stat().st_size > 500
