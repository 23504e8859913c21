"""Taking back: actions that were offered with a token, for a day, newest first, the last few hundred."""

from __future__ import annotations

import secrets
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final

from cozygen.errors import NotFoundError
from cozygen.storage.document_diff import Edit, diff, take_back
from cozygen.storage.document_file import Change
from cozygen.storage.document_format import Value
from cozygen.storage.json_document import JsonDocument

KEEP: Final = 500
KEEP_S: Final = 24 * 3600

# Takes the action back and returns how to do it again, or None when that is impossible.
Action = Callable[[], Awaitable["Action | None"]]


@dataclass(frozen=True)
class Offer:
    """Something that can be undone: whose it is, what it was about (e.g. a document's name), and how."""

    user: str
    topic: str
    action: Action
    until: float


class Undo:
    """The offers of this process. After a restart the backups are what is left."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._offers: dict[str, Offer] = {}

    def offer(self, user: str, topic: str, action: Action) -> str:
        """Remember how to undo something; returns the token that does it."""
        token = secrets.token_urlsafe(16)
        self._offers[token] = Offer(user, topic, action, self._clock() + KEEP_S)
        while len(self._offers) > KEEP:
            del self._offers[next(iter(self._offers))]
        return token

    def offer_change(self, user: str, document: JsonDocument, change: Change) -> str | None:
        """Offer to undo a change of a document; None when nothing changed."""
        return self.offer_changes(user, document.form.name, [(document, change)])

    def offer_changes(
        self, user: str, topic: str, changes: Sequence[tuple[JsonDocument, Change]]
    ) -> str | None:
        """Offer to undo changes of several documents with one token; None when nothing changed."""
        real = [(document, change) for document, change in changes if change.changed]
        return self.offer(user, topic, _back(real)) if real else None

    async def undo(self, user: str, token: str) -> tuple[str, str | None]:
        """Take it back; returns the topic and a token to redo it. NotFoundError when it is not on offer."""
        offer = self._offers.get(token)
        if offer is None or offer.user != user or offer.until < self._clock():
            raise NotFoundError("There is nothing to undo (any more).", code="nothing_to_undo")
        again = await offer.action()
        self._offers.pop(token, None)
        return offer.topic, self.offer(user, offer.topic, again) if again is not None else None

    def last(self, user: str, topic: str) -> str:
        """The token of the user's last change of a topic; NotFoundError when there is none."""
        for token, offer in reversed(self._offers.items()):
            if offer.user == user and offer.topic == topic:
                return token
        raise NotFoundError("There is nothing to undo (any more).", code="nothing_to_undo")


def _back(changes: Sequence[tuple[JsonDocument, Change]]) -> Action:
    edits = [(document, diff(change.before.value, change.after.value)) for document, change in changes]

    async def action() -> Action | None:
        undone = []
        for document, own in edits:
            undone.append((document, await document.update(partial(_take_back, own))))
        real = [entry for entry in undone if entry[1].changed]
        return _back(real) if real else None

    return action


def _take_back(edits: list[Edit], value: Value) -> None:
    take_back(value, edits)
