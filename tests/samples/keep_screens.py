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
SCALES = (1.0, 0.75, 0.6)
COLOURS = 256


def keep(name: str) -> None:
    """Write one picture in as many colours as a palette has, smaller where it would be too heavy."""
    picture = Image.open(TAKEN / f"{name}.png").convert("RGB")
    target = KEPT / f"{name}.png"
    for scale in SCALES:
        size = (round(picture.width * scale), round(picture.height * scale))
        smaller = picture.resize(size, Image.Resampling.LANCZOS) if scale < 1 else picture
        smaller.quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
        if target.stat().st_size <= LARGEST_BYTES:
            return


if __name__ == "__main__":
    KEPT.mkdir(exist_ok=True)
    for each in NAMES:
        keep(each)
