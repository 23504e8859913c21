"""Thumbnails: made once, kept in memory and on disk, never in the way of generation."""

from cozygen.thumbs.place import Place
from cozygen.thumbs.service import Thumb, Thumbs
from cozygen.thumbs.variant import WIDTHS, Variant

__all__ = ["WIDTHS", "Place", "Thumb", "Thumbs", "Variant"]
