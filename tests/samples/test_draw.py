"""The sample library is what it says: drawn, dated, and with metadata as ComfyUI writes it."""

from __future__ import annotations

import json
from pathlib import Path

import av
import numpy as np
from PIL import Image
from PIL.ExifTags import IFD, Base

from cozygen.host.sketch.scenes import SCENES, draw
from tests.samples.draw import main, plan


def test_the_plan_spreads_over_formats_folders_and_months() -> None:
    samples = list(plan(Path("out"), 36))
    assert {sample.path.suffix for sample in samples} == {".png", ".jpg", ".webp"}
    assert len({sample.path.parent for sample in samples}) == 4
    assert len({sample.path for sample in samples}) == 36
    assert samples[0].mtime - samples[-1].mtime > 40 * 86400


def test_a_scene_is_its_seed_and_nothing_else() -> None:
    for scene in SCENES:
        first, again, other = (draw(scene, seed, 96, 64) for seed in (1, 1, 2))
        assert np.array_equal(first, again)
        assert not np.array_equal(first, other)
        assert first.shape == (64, 96, 3)
        assert first.std() > 5, "not a flat colour"


def test_files_carry_their_graphs(tmp_path: Path) -> None:
    main(tmp_path, count=6)
    found = {path.suffix: path for path in (tmp_path / "output").rglob("sample_*")}
    with Image.open(found[".png"]) as png:
        assert "KSampler" in str(json.loads(png.info["prompt"]))
        assert "NaN" in png.info["prompt"], "as ComfyUI really writes it"
    with Image.open(found[".webp"]) as webp:
        assert webp.getexif()[Base.Model].startswith("prompt:{")
    with Image.open(found[".jpg"]) as jpg:
        comment = jpg.getexif().get_ifd(IFD.Exif)[Base.UserComment]
        assert "Negative prompt:" in comment[8:].decode("utf-16-be")
    with av.open(str(found[".mp4"])) as clip:
        assert "KSampler" in clip.metadata["prompt"]
    with Image.open(tmp_path / "input" / "sample_from_a_phone.jpg") as phone:
        assert phone.getexif()[Base.Orientation] == 6
