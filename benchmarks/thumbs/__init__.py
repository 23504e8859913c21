"""Thumbnails: ours beside Pillow, pyvips and sharp, in turn in one run."""
