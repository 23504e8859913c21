"""Pictures between ComfyUI's tensors and bytes: float 0..1, batch x height x width x channels.

Inside ComfyUI the arrays are torch tensors; the sketch engine and the tests use numpy arrays.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]


def to_host_array(values: Floats) -> Any:
    """A tensor where torch is loaded (ComfyUI always has it loaded), else the array itself."""
    torch = sys.modules.get("torch")
    return values if torch is None else torch.from_numpy(values)


def frames(images: Any) -> Iterator[Bytes]:
    """Each picture of a batch as bytes, one at a time: a long clip is never held twice."""
    for image in images:
        yield as_bytes(image)


def as_bytes(image: Any) -> Bytes:
    """One picture (height, width, channels) clipped to 0..255, without dither, as SaveImage does."""
    plain = image.detach().cpu().float().numpy() if hasattr(image, "detach") else image
    values: Floats = np.asarray(plain, dtype=np.float32)
    scaled = np.nan_to_num(values * np.float32(255.0), nan=0.0)
    clipped: Bytes = np.clip(scaled, 0.0, 255.0).astype(np.uint8)
    return clipped


def batch_shape(images: Any) -> tuple[int, int, int, int]:
    """(count, height, width, channels); ValueError when it is not a batch of pictures."""
    shape = tuple(int(side) for side in getattr(images, "shape", ()))
    if len(shape) != 4:
        raise ValueError("expected a batch of pictures")
    return shape[0], shape[1], shape[2], shape[3]
