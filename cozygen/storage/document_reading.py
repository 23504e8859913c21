"""From a document's text to its value: taken apart, migrated, screened. Pure."""

from __future__ import annotations

from dataclasses import dataclass, replace

from cozygen.storage import document_text, json_text
from cozygen.storage.document_format import DocumentFormat, Screening, Value
from cozygen.storage.document_text import Envelope, UnreadableError


@dataclass(frozen=True)
class Reading:
    """A document's value in the present shape.

    `newer`: written by a version that knows more than this one, so only for
    showing. `taken`: entries that were set aside just now. `migrated_from`:
    the older version's name, or empty.
    """

    value: Value
    envelope: Envelope
    newer: bool = False
    taken: int = 0
    migrated_from: str = ""


def read_document(form: DocumentFormat, raw: bytes) -> Reading:
    """Read a document of that format; raises UnreadableError with the reason."""
    if len(raw) > form.max_bytes:
        raise UnreadableError(f"it is larger than {form.max_bytes >> 20} MiB")
    value, envelope = document_text.decode(raw)
    if envelope.schema not in ("", form.name):
        raise UnreadableError(f"it is a document of another kind ({envelope.schema[:40]!r})")
    newer = form.is_newer(value, envelope.version)
    old_shape, stated = json_text.dumps(value), value.get("version")
    value = form.migrate(value)
    migrated = json_text.dumps(value) != old_shape
    screening = Screening(list(envelope.set_aside))
    form.screen(value, screening)
    return Reading(
        value,
        replace(envelope, set_aside=tuple(screening.set_aside)),
        newer=newer,
        taken=screening.taken,
        migrated_from=f"v{stated if isinstance(stated, int) else 1}" if migrated else "",
    )
