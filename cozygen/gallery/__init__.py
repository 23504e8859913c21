"""The library of pictures, clips and sounds: listing, metadata, changes."""

from cozygen.gallery.library import Gallery
from cozygen.gallery.raw_prompts import RawPrompts

__all__ = ["Gallery", "RawPrompts"]
