"""A node pack for a real ComfyUI that has no model: it draws slowly, with progress and previews.

It answers to the id of the sketch engine's node, so that the sample workflows run there too.
"""

import hashlib
import time

import torch
from comfy.utils import ProgressBar
from PIL import Image


class SlowPicture:
    """Colours drawn from words and seed, one band for each step."""

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "draw"
    CATEGORY = "test"

    @classmethod
    def INPUT_TYPES(cls):  # noqa: N802 - ComfyUI's name
        """The inputs of the sketch engine's node."""
        side = ("INT", {"default": 512, "min": 64, "max": 2048})
        return {
            "required": {
                "positive": ("STRING", {"multiline": True}),
                "negative": ("STRING", {"multiline": True}),
                "seed": ("INT", {"default": 0, "min": 0, "max": 2**64 - 1}),
                "steps": ("INT", {"default": 20, "min": 1, "max": 200}),
                "width": side,
                "height": side,
                "batch_size": ("INT", {"default": 1, "min": 1, "max": 16}),
            }
        }

    def draw(self, positive, negative, seed, steps, width, height, batch_size):
        """The batch."""
        digest = hashlib.sha256(f"{positive}\0{negative}\0{seed}".encode()).digest()
        dice = torch.Generator().manual_seed(int.from_bytes(digest[:7], "big"))
        pictures = torch.zeros(batch_size, height, width, 3)
        bar = ProgressBar(steps)
        for step in range(steps):
            rows = slice(height * step // steps, height * (step + 1) // steps)
            pictures[:, rows] = torch.rand(batch_size, 1, 1, 3, generator=dice)
            shown = Image.fromarray((pictures[0, ::8, ::8] * 255).byte().numpy())
            bar.update_absolute(step + 1, steps, ("JPEG", shown, 256))
            time.sleep(0.05)
        return (pictures,)


NODE_CLASS_MAPPINGS = {"CozyGenSketch": SlowPicture}
