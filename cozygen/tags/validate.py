"""Are these tags? What was meant by those that are not?"""

from __future__ import annotations

from typing import Any, Final

from cozygen.errors import InvalidError
from cozygen.tags.library import Loaded
from cozygen.tags.search import clean

MAX_TAGS: Final = 2_000


def read_tags(value: Any) -> list[str]:
    """The texts to judge: trimmed, each once whatever its case, the first spelling kept.

    Nothing (missing, null, empty) is an empty list; what is no list is refused,
    and entries that are no text are passed over.
    """
    if not value:
        return []
    if not isinstance(value, list):
        raise InvalidError("The tags must be a list.", code="tags must be a list")
    if len(value) > MAX_TAGS:
        raise InvalidError(f"At most {MAX_TAGS} tags at once.", details={"limit": MAX_TAGS})
    texts: dict[str, str] = {}
    for entry in value:
        text = clean(entry).strip() if isinstance(entry, str) else ""
        if text:
            texts.setdefault(text.lower(), text)
    return list(texts.values())


def validate(loaded: Loaded, texts: list[str]) -> dict[str, Any]:
    """`invalid`, `suggestions` for each of them, `canonical` for aliases. Blocking."""
    judged = list(zip(texts, loaded.index.validate(texts), strict=True))
    wrong = {text: verdict.suggestions for text, verdict in judged if not verdict.valid}
    canonical = {text: verdict.canonical for text, verdict in judged if verdict.canonical}
    return {"invalid": list(wrong), "suggestions": wrong, "canonical": canonical}
