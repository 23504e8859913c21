"""A picture file as ComfyUI's LoadImage would give it: every mode, rotation, mask and frame."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile, ImageOps, ImageSequence

from cozygen.node_types.arrays import Floats

# Four bytes a pixel as float32 times three channels: 256 megapixels are 3 GB.
MAX_PIXELS = 256_000_000
EMPTY_MASK = (64, 64)  # what LoadImage gives for a picture without transparency
STILL_FORMATS = frozenset({"MPO"})  # several pictures of one shot, not an animation


class UnreadablePictureError(ValueError):
    """The file is no picture, is broken or is too large; the text is one sentence."""


def read_picture(path: Path) -> tuple[Floats, Floats]:
    """(images, masks): frames x height x width x 3 and frames x height x width, floats 0..1.

    The mask is 1 where the picture is transparent. Frames whose size differs from the first are left out.
    """
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                _check_size(picture)
                return _batch(picture)
    except (OSError, SyntaxError, ValueError, EOFError, Image.DecompressionBombError) as problem:
        if isinstance(problem, UnreadablePictureError):
            raise
        raise UnreadablePictureError(_reason(problem)) from problem


def fingerprint(path: Path) -> str:
    """Changes whenever the file is replaced; one stat, no reading."""
    state = path.stat()
    return f"{os.path.normcase(path)}:{state.st_size}:{state.st_mtime_ns}"


def _check_size(picture: ImageFile.ImageFile) -> None:
    width, height = picture.size
    pixels = width * height * getattr(picture, "n_frames", 1)
    if pixels > MAX_PIXELS:
        raise UnreadablePictureError(f"the picture has {pixels:,} pixels, more than {MAX_PIXELS:,}")


def _batch(picture: ImageFile.ImageFile) -> tuple[Floats, Floats]:
    images: list[Floats] = []
    masks: list[Floats] = []
    for image, mask in _frames(picture):
        if not images or image.shape == images[0].shape:
            images.append(image)
            masks.append(mask)
    if picture.format in STILL_FORMATS:
        images, masks = images[:1], masks[:1]
    return np.stack(images), np.stack(masks)


def _frames(picture: ImageFile.ImageFile) -> Iterator[tuple[Floats, Floats]]:
    for frame in ImageSequence.Iterator(picture):
        upright = ImageOps.exif_transpose(frame)
        yield _colours(upright), _mask(upright)


def _colours(picture: Image.Image) -> Floats:
    """RGB floats; 16-bit gray keeps its range instead of clipping to white."""
    if picture.mode.startswith("I"):
        deep = _floats(picture, 65535.0)
        return np.repeat(np.clip(deep, 0.0, 1.0)[..., None], 3, axis=2)
    return _floats(picture.convert("RGB"), 255.0)


def _mask(picture: Image.Image) -> Floats:
    if "A" in picture.getbands():
        alpha = picture.getchannel("A")
    elif "transparency" in picture.info:
        alpha = picture.convert("RGBA").getchannel("A")
    else:
        return np.zeros(EMPTY_MASK, dtype=np.float32)
    return 1.0 - _floats(alpha, 255.0)


def _floats(picture: Image.Image, white: float) -> Floats:
    values: Floats = np.asarray(picture, dtype=np.float32) / np.float32(white)
    return values


def _reason(problem: BaseException) -> str:
    if isinstance(problem, Image.DecompressionBombError):
        return "the picture has too many pixels"
    return "the file is not a picture that can be read, or it is damaged"
