"""Keep ten of the pictures that `make screens` takes, for the documentation.

`python -m tests.samples.keep_screens`
"""

from __future__ import annotations

from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parents[2]
TAKEN = ROOT / ".build" / "screens"
KEPT = ROOT / "docs" / "screens"
NAMES = (
    "home-phone-dark",
    "create-phone-light",
    "create-running-phone-dark",
    "create-kinds-phone-light",
    "create-wrong-phone-dark",
    "compose-phone-light",
    "runs-phone-dark",
    "viewer-phone-dark",
    "create-running-desktop-dark",
    "gallery-desktop-light",
)
LARGEST_BYTES = 150_000
PALETTES = (256, 128, 64, 32)


def keep(name: str) -> None:
    """Write one picture with as many colours as its size allows."""
    picture = Image.open(TAKEN / f"{name}.png").convert("RGB")
    target = KEPT / f"{name}.png"
    for colours in PALETTES:
        picture.quantize(colours, dither=Image.Dither.FLOYDSTEINBERG).save(target, optimize=True)
        if target.stat().st_size <= LARGEST_BYTES:
            return


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for each in NAMES:
        keep(each)
