"""A file as clients name it."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from cozygen.storage.confine import relative_parts


@dataclass(frozen=True, slots=True)
class Place:
    """`root` is output or input; folders may stand in `subfolder`, in `filename`, or in both."""

    root: str
    subfolder: str
    filename: str

    def name(self, version: str) -> bytes:
        """16 bytes for the file with that content. Raises InvalidError, ForbiddenError."""
        parts = [*relative_parts(self.subfolder), *relative_parts(self.filename)]
        return name_of(self.root, "/".join(parts), version)


def name_of(root: str, path: str, version: str) -> bytes:
    """The same from a path with slashes."""
    text = f"{root}\0{path}\0{version}"
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=16).digest()
