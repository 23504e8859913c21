"""The node that draws a prompt: a landscape from its words and its seed, no model."""

from __future__ import annotations

import hashlib
import io
import re
import time
from collections.abc import Callable
from typing import Any, ClassVar, Final

import numpy as np
from PIL import Image, ImageDraw, ImageFont

from cozygen.host.sketch.scenes import SCENES, draw
from cozygen.node_types.arrays import Floats

NODE_ID: Final = "CozyGenSketch"
PREVIEW_SIDE: Final = 256
# Long enough to see progress and to cancel, short enough not to wait.
STEP_S: Final = 0.03

_WORDS: Final = {
    "mountain": 0, "hill": 0, "sunset": 0, "mist": 0, "valley": 0, "castle": 0,
    "aurora": 1, "night": 1, "star": 1, "lake": 1, "forest": 1, "winter": 1, "snow": 1,
    "desert": 2, "dune": 2, "sand": 2, "beach": 2, "summer": 2,
    "planet": 3, "space": 3, "moon": 3, "galaxy": 3, "robot": 3, "cyberpunk": 3,
    "ink": 4, "abstract": 4, "water": 4, "swirl": 4, "marble": 4, "wave": 4,
    "flower": 5, "rose": 5, "garden": 5, "meadow": 5, "girl": 5, "cat": 5,
}  # fmt: skip
_TINTS: Final = {
    "red": (1.18, 0.86, 0.84), "blue": (0.84, 0.94, 1.2), "green": (0.86, 1.14, 0.88),
    "golden": (1.12, 1.02, 0.8), "pink": (1.14, 0.92, 1.06), "purple": (1.02, 0.86, 1.16),
    "dark": (0.7, 0.7, 0.74), "bright": (1.14, 1.14, 1.1),
}  # fmt: skip


class CozyGenSketch:
    """Draws a prompt; `report` is set on the subclass that the engine makes."""

    report: ClassVar[Callable[[int, int, bytes | None], None]]
    """Called with (value, maximum, JPEG preview or None) at every step; raises to interrupt."""

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "sketch"
    CATEGORY = "CozyGen"
    DISPLAY_NAME = "CozyGen Sketch"
    DESCRIPTION = "Draws a landscape from the prompt's words and the seed. No model is involved."

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, named as those of the usual nodes."""
        side = {"min": 64, "max": 2048, "step": 8}
        return {
            "required": {
                "positive": ("STRING", {"multiline": True, "default": "misty mountains at sunset"}),
                "negative": ("STRING", {"multiline": True, "default": ""}),
                "seed": ("INT", {"default": 0, "min": 0, "max": 2**64 - 1, "control_after_generate": True}),
                "steps": ("INT", {"default": 20, "min": 1, "max": 100}),
                "width": ("INT", {"default": 832, **side}),
                "height": ("INT", {"default": 1216, **side}),
                "batch_size": ("INT", {"default": 1, "min": 1, "max": 16}),
            }
        }

    def sketch(
        self, positive: str, negative: str, seed: int, steps: int, width: int, height: int, batch_size: int
    ) -> tuple[Floats]:
        """The pictures, after `steps` steps with previews each."""
        pictures = []
        for index in range(batch_size):
            picture = picture_of(positive, negative, (seed + index) % 2**64, width, height)
            self._pretend_to_sample(picture, steps, index * steps, batch_size * steps)
            pictures.append(captioned(picture, positive))
        return (np.stack(pictures).astype(np.float32) / np.float32(255),)

    def _pretend_to_sample(self, picture: Any, steps: int, done: int, total: int) -> None:
        small = Image.fromarray(picture)
        small.thumbnail((PREVIEW_SIDE, PREVIEW_SIDE))
        clear = np.asarray(small, dtype=np.float32)
        noise = np.random.default_rng(steps).normal(128, 64, clear.shape)
        for step in range(1, steps + 1):
            share = step / steps
            preview = _jpeg(clear * share + noise * (1 - share)) if step % 4 == 0 or step == steps else None
            type(self).report(done + step, total, preview)
            time.sleep(STEP_S)


def picture_of(positive: str, negative: str, seed: int, width: int, height: int) -> Any:
    """The picture of a prompt: bytes of shape (height, width, 3), the same for the same input."""
    words = re.findall(r"[a-z]+", positive.lower())
    scenes = list(SCENES)
    votes = [_WORDS[stem] for word in words for stem in (word, word.rstrip("s")) if stem in _WORDS]
    chosen = votes[0] if votes else int.from_bytes(_digest(positive, negative)[:2], "big") % len(scenes)
    own = int.from_bytes(_digest(positive, negative, str(seed))[:4], "big")
    picture = draw(scenes[chosen], own, width, height).astype(np.float32)
    for word in words:
        picture = picture * np.asarray(_TINTS.get(word, (1.0, 1.0, 1.0)), dtype=np.float32)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _digest(*parts: str) -> bytes:
    return hashlib.blake2b("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()


def captioned(picture: Any, prompt: str) -> Any:
    """The picture with a line that says what it is."""
    image = Image.fromarray(picture)
    pen = ImageDraw.Draw(image, "RGBA")
    size = max(11, image.width // 46)
    line = f"sketch · {' '.join(prompt.split())}"
    shown = line if len(line) <= 64 else line[:63] + "…"
    height = int(size * 2.1)
    pen.rectangle((0, image.height - height, image.width, image.height), (0, 0, 0, 96))
    font = ImageFont.load_default(size=size)
    printable = shown.encode("latin-1", "replace").decode("latin-1")
    pen.text((size, image.height - height // 2), printable, (255, 255, 255, 220), font=font, anchor="lm")
    return np.asarray(image)


def _jpeg(pixels: Any) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(buffer, "jpeg", quality=70)
    return buffer.getvalue()
