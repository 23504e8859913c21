"""Pictures as ComfyUI saves them, drawn here: smooth colour, 1/f noise, a little grain.

The smooth ones make libpng choose the Paeth filter for nearly every row, as
most renderings do; the grainy ones have coloured film grain, and a third of
their rows other filters.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image
from PIL.PngImagePlugin import PngInfo


def draw(side: int, seed: int, *, grainy: bool = False) -> Image.Image:
    """One picture, drawn at half size and enlarged as renderings are; the same for the same seed."""
    dice, half = np.random.default_rng(seed), side // 2
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(half), np.fft.rfftfreq(half), indexing="ij"))
    frequency[0, 0] = 1
    base = _field(dice, half, frequency, 1.6)
    bands = [0.85 * base + 0.3 * _field(dice, half, frequency, 1.8) for _ in range(3)]
    small = (128 + 52 * np.stack(bands, axis=-1)).clip(0, 255).astype(np.uint8)
    large = Image.fromarray(small).resize((side, side), Image.Resampling.BICUBIC)
    grain = dice.normal(0, 1.5, (side, side, 3)) if grainy else dice.normal(0, 0.7, (side, side, 1))
    pixels = np.asarray(large, np.float64) + grain
    return Image.fromarray(pixels.round().clip(0, 255).astype(np.uint8))


def _field(
    dice: np.random.Generator, side: int, frequency: NDArray[np.float64], steepness: float
) -> NDArray[np.float64]:
    spectrum = np.fft.rfft2(dice.normal(size=(side, side))) / frequency**steepness
    field: NDArray[np.float64] = np.fft.irfft2(spectrum, (side, side))
    return (field - field.mean()) / field.std()


def comfy_metadata() -> PngInfo:
    """About 14 kB of prompt and workflow."""
    info = PngInfo()
    nodes = {str(i): {"class_type": "KSampler", "inputs": {"seed": i * 7919, "cfg": 7.0}} for i in range(90)}
    info.add_text("prompt", json.dumps(nodes))
    info.add_text("workflow", json.dumps({"nodes": list(nodes.values())}))
    return info


def make(folder: Path, count: int) -> dict[str, list[Path]]:
    """The files of every kind; drawn once, kept for the next run."""
    folder.mkdir(parents=True, exist_ok=True)
    kinds: dict[str, list[Path]] = {}
    for kind, suffix, side, number in (
        ("png1024", "png", 1024, count),
        ("png2048", "png", 2048, max(4, count // 3)),
        ("grainy1024", "png", 1024, max(4, count // 2)),
        ("grainy2048", "png", 2048, max(4, count // 4)),
        ("jpeg2048", "jpeg", 2048, max(6, count // 2)),
        ("webp1024", "webp", 1024, max(4, count // 3)),
    ):
        kinds[kind] = [folder / f"{kind}-{seed:03}.{suffix}" for seed in range(number)]
        for seed, path in enumerate(kinds[kind]):
            if not path.exists():
                _save(draw(side, seed, grainy=kind.startswith("grainy")), path)
    return kinds


def _save(picture: Image.Image, path: Path) -> None:
    if path.suffix == ".png":
        picture.save(path, compress_level=4, pnginfo=comfy_metadata())
    else:
        picture.save(path, quality=92)


def paeth_share(path: Path) -> float:
    """The part of a PNG's rows that have the Paeth filter."""
    import zlib

    data, at, packed = path.read_bytes(), 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        packed += data[at + 8 : at + 8 + length] if kind == b"IDAT" else b""
        at += length + 12
    with Image.open(path) as picture:
        stride = picture.width * 3 + 1
    filters = np.frombuffer(zlib.decompress(packed), np.uint8)[::stride]
    return float((filters == 4).mean())
