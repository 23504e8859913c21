"""A small document to try the storage on."""

from __future__ import annotations

from typing import Any

from cozygen.storage.document_format import DocumentFormat, Screening, Value


def only_texts(value: Value, screening: Screening) -> None:
    for key in [key for key, text in value.get("notes", {}).items() if not isinstance(text, str)]:
        screening.take(value["notes"], key, "notes", reason="not a text")


NOTES = DocumentFormat("notes", 2, default=lambda: {"notes": {}}, screen=only_texts)


class Notices(list[tuple[str, str]]):
    """What the owner was told: (code, message)."""

    def __call__(self, code: str, message: str, **details: Any) -> None:
        self.append((code, message))

    def codes(self) -> list[str]:
        return [code for code, _ in self]


def note(name: str, text: object) -> Any:
    """A change that sets one note."""

    def change(value: Value) -> None:
        value.setdefault("notes", {})[name] = text

    return change
