"""Core image nodes that need no model, with ComfyUI's ids, inputs and results.

Pictures are float arrays 0..1 of shape (count, height, width, 3).
"""

from __future__ import annotations

import json
import random
import string
from pathlib import Path
from typing import Any, ClassVar

import numpy as np
from PIL import Image, ImageOps
from PIL.PngImagePlugin import PngInfo

from cozygen.host.sketch.folders import SketchFolders
from cozygen.host.sketch.save_path import save_target
from cozygen.node_types.arrays import Floats, frames

_LARGEST = 16384
_METHODS = {
    "nearest-exact": Image.Resampling.NEAREST,
    "bilinear": Image.Resampling.BILINEAR,
    "area": Image.Resampling.BOX,
    "bicubic": Image.Resampling.BICUBIC,
    "lanczos": Image.Resampling.LANCZOS,
}


class CoreNode:
    """A core node; `folders` is set on the subclass that the engine makes."""

    folders: ClassVar[SketchFolders]
    CATEGORY = "image"


def _side(default: int = 512, lowest: int = 1) -> tuple[str, dict[str, Any]]:
    return ("INT", {"default": default, "min": lowest, "max": _LARGEST, "step": 1})


class EmptyImage(CoreNode):
    """A batch of one colour."""

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "generate"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs."""
        return {
            "required": {
                "width": _side(),
                "height": _side(),
                "batch_size": ("INT", {"default": 1, "min": 1, "max": 4096}),
                "color": ("INT", {"default": 0, "min": 0, "max": 0xFFFFFF, "step": 1, "display": "color"}),
            }
        }

    def generate(self, width: int, height: int, batch_size: int, color: int) -> tuple[Floats]:
        """The batch."""
        channels = np.array([color >> 16 & 255, color >> 8 & 255, color & 255], dtype=np.float32) / 255
        return (np.broadcast_to(channels, (batch_size, height, width, 3)).copy(),)


class LoadImage(CoreNode):
    """A picture of the input folder and its mask (1 where it is transparent)."""

    RETURN_TYPES = ("IMAGE", "MASK")
    FUNCTION = "load_image"
    DISPLAY_NAME = "Load Image"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs; the list is that of the input folder now."""
        return {"required": {"image": (cls.folders.input_pictures(), {"image_upload": True})}}

    @classmethod
    def VALIDATE_INPUTS(cls, image: str) -> bool | str:  # noqa: N802 - ComfyUI's name
        """Whether the file is there."""
        return cls.folders.find(image) is not None or f"Invalid image file: {image}"

    @classmethod
    def IS_CHANGED(cls, image: str) -> str:  # noqa: N802 - ComfyUI's name
        """The file's version: a picture that was overwritten is read anew."""
        path = cls.folders.find(image)
        state = path.stat() if path else None
        return f"{state.st_mtime_ns}-{state.st_size}" if state else ""

    def load_image(self, image: str) -> tuple[Floats, Floats]:
        """The picture upright, and its mask."""
        path = self.folders.find(image)
        if path is None:
            raise FileNotFoundError(image)
        with Image.open(path) as opened:
            upright = ImageOps.exif_transpose(opened)
            pixels = np.asarray(upright.convert("RGBA"), dtype=np.float32) / np.float32(255)
        return pixels[None, :, :, :3], 1 - pixels[None, :, :, 3]


class ImageScale(CoreNode):
    """A batch in another size."""

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "upscale"
    CATEGORY = "image/upscaling"
    DISPLAY_NAME = "Upscale Image"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs."""
        return {
            "required": {
                "image": ("IMAGE",),
                "upscale_method": (list(_METHODS),),
                "width": _side(lowest=0),
                "height": _side(lowest=0),
                "crop": (["disabled", "center"],),
            }
        }

    def upscale(
        self, image: Floats, upscale_method: str, width: int, height: int, crop: str
    ) -> tuple[Floats]:
        """The batch resized; a side of 0 follows the other."""
        _count, old_height, old_width, _channels = image.shape
        if not width and not height:
            return (image,)
        width = width or max(1, round(old_width * height / old_height))
        height = height or max(1, round(old_height * width / old_width))
        method = _METHODS[upscale_method]
        resized = [_resized(Image.fromarray(frame), (width, height), method, crop) for frame in frames(image)]
        return (np.stack(resized).astype(np.float32) / np.float32(255),)


def _resized(image: Image.Image, size: tuple[int, int], method: Image.Resampling, crop: str) -> Any:
    fitted = ImageOps.fit(image, size, method) if crop == "center" else image.resize(size, method)
    return np.asarray(fitted)


class ImageInvert(CoreNode):
    """A batch with its colours inverted."""

    RETURN_TYPES = ("IMAGE",)
    FUNCTION = "invert"
    DISPLAY_NAME = "Invert Image"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs."""
        return {"required": {"image": ("IMAGE",)}}

    def invert(self, image: Floats) -> tuple[Floats]:
        """The inverted batch."""
        return (1.0 - image,)


class SaveImage(CoreNode):
    """Pictures as PNG with their graph in text chunks."""

    RETURN_TYPES: tuple[str, ...] = ()
    FUNCTION = "save_images"
    OUTPUT_NODE = True
    DISPLAY_NAME = "Save Image"
    DESCRIPTION = "Saves the input images to your ComfyUI output directory."
    type = "output"

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs."""
        return {
            "required": {
                "images": ("IMAGE", {"tooltip": "The images to save."}),
                "filename_prefix": ("STRING", {"default": "ComfyUI"}),
            },
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save_images(
        self, images: Floats, filename_prefix: str = "ComfyUI", prompt: Any = None, extra_pnginfo: Any = None
    ) -> dict[str, Any]:
        """Write every picture; returns what ComfyUI's interface shows."""
        target = save_target(self._root(), filename_prefix, images.shape[2], images.shape[1])
        saved = []
        for index, frame in enumerate(frames(images)):
            name = f"{target.stem}_{target.counter + index:05}_.png"
            Image.fromarray(frame).save(
                target.folder / name, pnginfo=_text(prompt, extra_pnginfo), compress_level=4
            )
            saved.append({"filename": name, "subfolder": target.subfolder, "type": self.type})
        return {"ui": {"images": saved}}

    def _root(self) -> Path:
        return self.folders.output


class PreviewImage(SaveImage):
    """Pictures for looking at now: in the temporary folder."""

    DISPLAY_NAME = "Preview Image"
    type = "temp"

    def __init__(self) -> None:
        self._prefix = "ComfyUI_temp_" + "".join(random.choices(string.ascii_lowercase, k=5))

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs."""
        return {
            "required": {"images": ("IMAGE",)},
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save_images(
        self, images: Floats, filename_prefix: str = "", prompt: Any = None, extra_pnginfo: Any = None
    ) -> dict[str, Any]:
        """Write every picture to the temporary folder."""
        return super().save_images(images, self._prefix, prompt, extra_pnginfo)

    def _root(self) -> Path:
        return self.folders.temp


def _text(prompt: Any, extra_pnginfo: Any) -> PngInfo:
    text = PngInfo()
    if prompt is not None:
        text.add_text("prompt", json.dumps(prompt))
    for key, value in (extra_pnginfo or {}).items():
        text.add_text(key, json.dumps(value))
    return text


CORE_NODES: tuple[type[CoreNode], ...] = (
    EmptyImage,
    LoadImage,
    ImageScale,
    ImageInvert,
    SaveImage,
    PreviewImage,
)
