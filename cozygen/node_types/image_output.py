"""CozyGenOutput: pictures into the output folder, and from there into the gallery."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from PIL import Image
from PIL.PngImagePlugin import PngInfo

from cozygen.node_types.arrays import Bytes, batch_shape, frames
from cozygen.node_types.base import CozyGenNode, text
from cozygen.node_types.node_host import SavedFile
from cozygen.node_types.saving import complete_file, metadata_texts, numbered, results
from cozygen.node_types.signing import batch_text

COMPRESS_LEVEL = 4  # SaveImage's
MODES = {1: "L", 2: "LA", 3: "RGB", 4: "RGBA"}


class CozyGenOutput(CozyGenNode):
    """Saves a batch as PNG files with their graph inside, as SaveImage does."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Output"
    DESCRIPTION: ClassVar[str] = "Saves pictures as PNG with their graph, ready for the CozyGen gallery."
    CATEGORY: ClassVar[str] = "CozyGen"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ("IMAGE",)
    FUNCTION: ClassVar[str] = "save_images"
    OUTPUT_NODE: ClassVar[bool] = True

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        tooltip = "Folder and name; %year%, %month%, %day%, %width%, %height%, %batch_num% are filled in."
        return {
            "required": {"images": ("IMAGE", {"tooltip": "The pictures to save."})},
            "optional": {"filename_prefix": text("CozyGen/output", tooltip)},
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save_images(
        self,
        images: Any,
        filename_prefix: str = "CozyGen/output",
        prompt: Any = None,
        extra_pnginfo: Any = None,
    ) -> dict[str, Any]:
        """ComfyUI's answer: the files, and the pictures passed on."""
        self._check(images)
        try:
            files = self._save(images, filename_prefix, prompt, extra_pnginfo)
        except OSError as problem:
            reason = problem.strerror or type(problem).__name__
            raise self.fault("filename_prefix", f"the picture could not be saved: {reason}") from None
        self.host.saved("images", files)
        return {"ui": {"images": results(files)}, "result": (images,)}

    def _check(self, images: Any) -> None:
        try:
            count, height, width, channels = batch_shape(images)
        except ValueError as problem:
            raise self.fault("images", str(problem)) from None
        if 0 in (count, height, width):
            raise self.fault("images", "the batch is empty")
        if channels not in MODES:
            raise self.fault("images", f"pictures with {channels} channels cannot be saved")

    def _save(self, images: Any, prefix: str, prompt: Any, extra_pnginfo: Any) -> list[SavedFile]:
        count, height, width, _ = batch_shape(images)
        target = self.save_target(prefix, width, height)
        prompt_id, node_id = self.host.running()
        texts = metadata_texts(prompt, extra_pnginfo) if self.host.writes_metadata() else {}
        files = []
        for number, pixels in enumerate(frames(images)):
            name, target = numbered(target, "png", number)
            batch = batch_text(extra_pnginfo, node_id, number, count) if texts else {}
            with complete_file(target.folder, name) as draft:
                _write_png(draft, pixels, {**texts, **batch})
            files.append(SavedFile(target.folder / name, target.subfolder, prompt_id, node_id))
            self.host.wrote(files[-1], pixels)
        return files


def _write_png(path: Path, pixels: Bytes, texts: dict[str, str]) -> None:
    info = PngInfo()
    for key, value in texts.items():
        info.add_text(key, value)
    picture = Image.fromarray(pixels[..., 0] if pixels.shape[2] == 1 else pixels)
    picture.save(path, format="PNG", pnginfo=info if texts else None, compress_level=COMPRESS_LEVEL)
