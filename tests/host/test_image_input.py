"""CozyGenImageInput: every picture mode as LoadImage gives it, and no way out of the folders."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from cozygen.node_types.arrays import Floats
from cozygen.node_types.errors import NodeInputError
from tests.host.node_stand_in import NodeStandIn


@pytest.fixture
def host(tmp_path: Path) -> NodeStandIn:
    return NodeStandIn(tmp_path)


def _load(host: NodeStandIn, name: str) -> tuple[Floats, Floats]:
    images, masks = host.node("CozyGenImageInput").load_image(image_filename=name, param_name="p")
    return np.asarray(images), np.asarray(masks)


@pytest.mark.parametrize(
    ("mode", "colour", "rgb"),
    [
        ("RGB", (255, 0, 51), (1.0, 0.0, 0.2)),
        ("L", 51, (0.2, 0.2, 0.2)),
        ("1", 1, (1.0, 1.0, 1.0)),
        ("P", 1, None),
        ("LA", (51, 255), (0.2, 0.2, 0.2)),
        ("RGBA", (255, 0, 51, 255), (1.0, 0.0, 0.2)),
        ("CMYK", (0, 255, 204, 0), None),
        ("I;16", 13107, (0.2, 0.2, 0.2)),
        ("I", 13107, (0.2, 0.2, 0.2)),
    ],
)
def test_every_mode_becomes_three_channels(
    host: NodeStandIn, mode: str, colour: float | tuple[int, ...], rgb: tuple[float, ...] | None
) -> None:
    ending = "tif" if mode in ("CMYK", "I") else "png"
    Image.new(mode, (6, 4), colour).save(host.input_folder() / f"a.{ending}")
    images, masks = _load(host, f"a.{ending}")
    assert images.shape == (1, 4, 6, 3)
    assert images.dtype == masks.dtype == np.float32
    assert 0.0 <= images.min() <= images.max() <= 1.0
    if rgb is not None:
        assert images[0, 0, 0] == pytest.approx(rgb, abs=0.005)


def test_the_mask_is_what_load_image_gives(host: NodeStandIn) -> None:
    Image.new("RGBA", (6, 4), (255, 0, 0, 64)).save(host.input_folder() / "half.png")
    Image.new("RGB", (6, 4)).save(host.input_folder() / "solid.png")
    _, half = _load(host, "half.png")
    assert half.shape == (1, 4, 6)
    assert half[0, 0, 0] == pytest.approx(1 - 64 / 255)
    _, solid = _load(host, "solid.png")
    assert solid.shape == (1, 64, 64)
    assert not solid.any()


def test_a_palette_with_a_transparent_colour_has_a_mask(host: NodeStandIn) -> None:
    picture = Image.new("P", (4, 4), 0)
    picture.putpalette([255, 0, 0, 0, 255, 0])
    picture.putpixel((1, 0), 1)
    picture.save(host.input_folder() / "p.png", transparency=0)
    _, mask = _load(host, "p.png")
    assert (mask[0, 0, 0], mask[0, 0, 1]) == (1.0, 0.0)


def test_a_phone_photo_stands_upright(host: NodeStandIn) -> None:
    picture = Image.new("RGB", (8, 4))
    exif = Image.Exif()
    exif[0x0112] = 6  # turn a quarter clockwise
    picture.save(host.input_folder() / "phone.jpg", exif=exif)
    images, _ = _load(host, "phone.jpg")
    assert images.shape == (1, 8, 4, 3)


def test_an_animation_becomes_a_batch(host: NodeStandIn) -> None:
    frames = [Image.new("RGB", (6, 4), (shade, 0, 0)) for shade in (0, 128, 255)]
    frames[0].save(host.input_folder() / "a.gif", save_all=True, append_images=frames[1:], duration=100)
    images, masks = _load(host, "a.gif")
    assert images.shape == (3, 4, 6, 3)
    assert masks.shape[0] == 3
    assert [round(float(image[0, 0, 0]), 1) for image in images] == [0.0, 0.5, 1.0]


@pytest.mark.parametrize(
    ("reference", "folder", "name"),
    [
        ("photo.png", "input", "photo.png"),
        ("  photo.png  ", "input", "photo.png"),
        ("sub/photo.png", "input", "sub/photo.png"),
        ("sub\\photo.png", "input", "sub/photo.png"),
        ("/photo.png", "input", "photo.png"),
        ("bild 🖼 ö.png", "input", "bild 🖼 ö.png"),
        ("output::a.png", "output", "a.png"),
        ("output::::a.png", "output", "a.png"),
        ("output::x/y::a.png", "output", "x/y/a.png"),
        ("output::x::a::b.png", "output", "x/a::b.png"),
        ("output::a::b.png", "output", "a::b.png"),
        ("x/a.png [output]", "output", "x/a.png"),
        ("a.png [input]", "input", "a.png"),
    ],
)
def test_a_reference_finds_its_file(host: NodeStandIn, reference: str, folder: str, name: str) -> None:
    path = host.base / folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (3, 2)).save(path)
    assert host.node("CozyGenImageInput").VALIDATE_INPUTS(reference) is True
    assert _load(host, reference)[0].shape == (1, 2, 3, 3)


@pytest.mark.parametrize(
    "reference",
    [
        "",
        "   ",
        "absent.png",
        "../secret.png",
        "sub/../../secret.png",
        "..\\secret.png",
        "output::../::secret.png",
        "output::..::secret.png",
        "../secret.png [output]",
        "linked.png",
        "linked_folder/secret.png",
        "loop.png",
        "folder",
        ".",
        "nul\0byte.png",
        "x" * 5000,
        "output::",
    ],
)
def test_nothing_else_is_read(host: NodeStandIn, reference: str) -> None:
    Image.new("RGB", (3, 2)).save(host.base / "secret.png")
    (host.input_folder() / "folder").mkdir()
    (host.input_folder() / "linked.png").symlink_to(host.base / "secret.png")
    (host.input_folder() / "linked_folder").symlink_to(host.base)
    (host.input_folder() / "loop.png").symlink_to(host.input_folder() / "loop.png")
    node = host.node("CozyGenImageInput")
    assert "CozyGen Image Input, image_filename" in node.VALIDATE_INPUTS(reference)
    with pytest.raises(NodeInputError, match="CozyGen Image Input, image_filename") as refusal:
        node.load_image(image_filename=reference)
    assert str(host.base) not in str(refusal.value), "no path of the machine"


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, b"<svg/>"])
def test_a_file_that_is_no_picture_is_named(host: NodeStandIn, content: bytes) -> None:
    (host.input_folder() / "a.png").write_bytes(content)
    with pytest.raises(NodeInputError, match=r"a\.png: the file is not a picture"):
        _load(host, "a.png")


def test_a_truncated_picture_is_an_error_not_half_a_picture(host: NodeStandIn) -> None:
    path = host.input_folder() / "a.png"
    Image.effect_noise((64, 64), 80).save(path)
    path.write_bytes(path.read_bytes()[:-500])
    with pytest.raises(NodeInputError, match="damaged"):
        _load(host, "a.png")


def test_a_huge_picture_is_refused_before_it_is_decoded(
    host: NodeStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    Image.new("RGB", (100, 100)).save(host.input_folder() / "a.png")
    monkeypatch.setattr("cozygen.node_types.image_reader.MAX_PIXELS", 9_999)
    monkeypatch.setattr(Image.Image, "convert", lambda *_: pytest.fail("it was decoded"))
    with pytest.raises(NodeInputError, match="10,000 pixels"):
        _load(host, "a.png")


def test_a_replaced_file_is_read_again(host: NodeStandIn) -> None:
    path = host.input_folder() / "a.png"
    Image.new("RGB", (3, 2)).save(path)
    node = host.node("CozyGenImageInput")
    before = node.IS_CHANGED(image_filename="a.png", param_name="p")
    assert node.IS_CHANGED(image_filename="a.png", param_name="other") == before
    Image.new("RGB", (300, 200)).save(path)
    assert node.IS_CHANGED(image_filename="a.png") != before
    path.unlink()
    assert node.IS_CHANGED(image_filename="a.png") == "a.png"
