"""What an `<img>` shows where there is no thumbnail: a neutral frame, never the picture."""

from __future__ import annotations

from typing import Final

TYPE: Final = "image/svg+xml"
SVG: Final = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">'
    b'<rect width="96" height="96" fill="#80808033"/>'
    b'<g fill="none" stroke="#808080" stroke-width="3" stroke-linejoin="round">'
    b'<path d="M28 32h40v32H28z"/><path d="m28 58 12-12 8 8 6-6 14 14"/>'
    b'<path d="m46 26-4 16 10 6-4 20"/></g></svg>'
)
