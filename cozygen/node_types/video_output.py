"""CozyGenVideoOutput: a batch of pictures as MP4, WebM or GIF."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, ClassVar

import av

from cozygen.node_types.arrays import Bytes, batch_shape, frames
from cozygen.node_types.base import CozyGenNode, flag, text
from cozygen.node_types.node_host import SavedFile
from cozygen.node_types.saving import complete_file, metadata_texts, numbered, results
from cozygen.node_types.video_writer import Clip, write_gif, write_mp4, write_webm

FORMATS: dict[str, tuple[str, Callable[[Clip], None]]] = {
    "video/webm": ("webm", write_webm),
    "video/mp4": ("mp4", write_mp4),
    "image/gif": ("gif", write_gif),
}


class CozyGenVideoOutput(CozyGenNode):
    """Saves a batch as a clip with its graph inside."""

    DISPLAY_NAME: ClassVar[str] = "CozyGen Video Output"
    DESCRIPTION: ClassVar[str] = (
        "Saves frames as MP4 (plays everywhere), WebM or GIF, for the CozyGen gallery."
    )
    CATEGORY: ClassVar[str] = "CozyGen"
    RETURN_TYPES: ClassVar[tuple[Any, ...]] = ()
    FUNCTION: ClassVar[str] = "save_video"
    OUTPUT_NODE: ClassVar[bool] = True

    @classmethod
    def INPUT_TYPES(cls) -> dict[str, Any]:  # noqa: N802 - ComfyUI's name
        """The inputs, as ComfyUI asks for them."""
        return {
            "required": {
                "images": ("IMAGE", {"tooltip": "The frames, in order."}),
                "frame_rate": ("INT", {"default": 8, "min": 1, "max": 120, "tooltip": "Frames a second."}),
                "loop_count": (
                    "INT",
                    {"default": 0, "min": 0, "max": 100, "tooltip": "How often a GIF repeats; 0: for ever."},
                ),
                "filename_prefix": text("CozyGen/video", "Folder and name of the file."),
                "format": (list(FORMATS), {"tooltip": "MP4 plays on every phone."}),
                "pingpong": flag("Play forwards, then backwards."),
            },
            "hidden": {"prompt": "PROMPT", "extra_pnginfo": "EXTRA_PNGINFO"},
        }

    def save_video(
        self,
        images: Any,
        frame_rate: int,
        loop_count: int,
        filename_prefix: str,
        format: str,  # noqa: A002 - the input's name in saved graphs
        pingpong: bool,
        prompt: Any = None,
        extra_pnginfo: Any = None,
    ) -> dict[str, Any]:
        """ComfyUI's answer: the file under `images` with `animated`, as its own SaveVideo gives it."""
        count, height, width, channels = self._checked_shape(images, format)
        order = play_order(count, pingpong)
        clip = Clip(
            path=Path(),
            width=width,
            height=height,
            alpha=channels == 4,
            frame_rate=frame_rate,
            count=len(order),
            frames=lambda: _ordered(images, order),
            texts=metadata_texts(prompt, extra_pnginfo) if self.host.writes_metadata() else {},
            loop_count=loop_count,
        )
        try:
            file = self._save(clip, filename_prefix, format)
        except (OSError, av.FFmpegError) as problem:
            reason = getattr(problem, "strerror", None) or type(problem).__name__
            raise self.fault("format", f"the clip could not be saved as {format}: {reason}") from None
        self.host.saved("video", [file])
        return {"ui": {"images": results([file]), "animated": (True,)}}

    def _checked_shape(self, images: Any, kind: str) -> tuple[int, int, int, int]:
        if kind not in FORMATS:
            raise self.fault("format", f"{kind!r} is not one of {', '.join(FORMATS)}")
        try:
            shape = batch_shape(images)
        except ValueError as problem:
            raise self.fault("images", str(problem)) from None
        if 0 in shape:
            raise self.fault("images", "the batch is empty")
        if shape[3] not in (1, 3, 4):
            raise self.fault("images", f"frames with {shape[3]} channels cannot be saved")
        return shape

    def _save(self, clip: Clip, prefix: str, kind: str) -> SavedFile:
        extension, write = FORMATS[kind]
        target = self.save_target(prefix, clip.width, clip.height)
        name, _ = numbered(target, extension, 0)
        with complete_file(target.folder, name) as draft:
            write(replace(clip, path=draft))
        return SavedFile(target.folder / name, target.subfolder, *self.host.running())


def play_order(count: int, pingpong: bool) -> list[int]:
    """The frame numbers as they play; forwards and backwards without the ends twice."""
    forwards = list(range(count))
    return forwards + forwards[-2:0:-1] if pingpong else forwards


def _ordered(images: Any, order: list[int]) -> Iterator[Bytes]:
    for number in order:
        yield from frames(images[number : number + 1])
