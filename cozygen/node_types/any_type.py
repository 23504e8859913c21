"""The `*` type, which ComfyUI's link check accepts everywhere."""

from __future__ import annotations


class AnyType(str):
    """Equal to every type name: ComfyUI before V3 compares link types with `!=` only."""

    __slots__ = ()

    def __ne__(self, other: object) -> bool:
        """Never differs."""
        return False

    def __eq__(self, other: object) -> bool:
        """Plain text equality, so that the name still works as a key."""
        return str.__eq__(self, other) if isinstance(other, str) else NotImplemented

    def __hash__(self) -> int:
        """Hash of the text."""
        return str.__hash__(self)


ANY = AnyType("*")
