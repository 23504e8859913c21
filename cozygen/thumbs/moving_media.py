"""What the poster worker answers about clips, sounds, and pictures that only Pillow reads."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

import av
from PIL import Image, ImageOps, UnidentifiedImageError

from cozygen.thumbs.clip import preview
from cozygen.thumbs.containers import MediaError, head_of, opened
from cozygen.thumbs.frames import ClipFacts, Still, moving_stream, poster
from cozygen.thumbs.waveform import sound_still

Answer = tuple[dict[str, Any], bytes]
_AVIF: Final = (b"ftypavif", b"ftypavis")

# FFmpeg's own words go nowhere: a hostile file could fill the log with them.
av.logging.set_level(None)


def still(path: Path, box: int, max_pixels: int) -> Answer:
    """A still, its size, and what is known of the file."""
    try:
        made, facts = _avif(path, box, max_pixels) if _is_avif(path) else _still(path, box, max_pixels)
    except MediaError as error:
        return {"error": error.code, "message": error.message}, b""
    pixels = [made.width, made.height, made.channels]
    return {"facts": asdict(facts), "pixels": pixels}, made.pixels


def _still(path: Path, box: int, max_pixels: int) -> tuple[Still, ClipFacts]:
    with opened(path) as container:
        stream = moving_stream(container)
        if stream is None:
            return sound_still(container, box, max_pixels)
        return poster(container, stream, box, max_pixels)


def clip(path: Path, box: int, max_pixels: int) -> Answer:
    """The preview clip, and what is known of the file."""
    try:
        with opened(path) as container:
            stream = moving_stream(container)
            if stream is None:
                raise MediaError("unsupported_format", "This file does not move.")
            data, facts = preview(container, stream, box, max_pixels)
    except MediaError as error:
        return {"error": error.code, "message": error.message}, b""
    return {"facts": asdict(facts)}, data


def _is_avif(path: Path) -> bool:
    return head_of(path)[4:12] in _AVIF


def _avif(path: Path, box: int, max_pixels: int) -> tuple[Still, ClipFacts]:
    """AVIF is refused by the core; Pillow of this age may read it."""
    try:
        with Image.open(path, formats=("AVIF",)) as file:
            if file.width * file.height > max_pixels:
                raise MediaError("too_large", f"{file.width}x{file.height} pixels")
            picture = ImageOps.exif_transpose(file)
            shown = picture.size
            picture.thumbnail((2 * box, 2 * box), Image.Resampling.BOX)
            picture = picture.convert("RGBA" if picture.has_transparency_data else "RGB")
    except (KeyError, UnidentifiedImageError) as error:
        raise MediaError("unsupported_format", "There is no decoder for this kind of file.") from error
    channels = len(picture.getbands())
    return Still(picture.tobytes(), *picture.size, channels), ClipFacts(*shown)
