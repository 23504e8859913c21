"""What the owner is told about a document, in whole sentences."""

from __future__ import annotations

import logging
from typing import Any, Protocol

log = logging.getLogger(__name__)


class Notify(Protocol):
    """Where the owner is told what happened (`Health.notice`)."""

    def __call__(self, code: str, message: str, **details: Any) -> None:
        """Remember a notice."""


class DocumentNotices:
    """Notices about one document; a state is told once until the next successful write."""

    def __init__(self, name: str, file_name: str, notify: Notify) -> None:
        self._name = name
        self._file = file_name
        self._notify = notify
        self._told: set[str] = set()

    def settled(self) -> None:
        """The document was written: later trouble is new trouble."""
        self._told.clear()

    def vanished(self) -> None:
        """The file is gone while its content is in memory."""
        self._once("document_missing", f"{self._file} has vanished; the next change writes it again.")

    def newer(self) -> None:
        """The file's version is unknown."""
        text = f"{self._file} was written by a newer CozyGen and can only be read; update CozyGen."
        self._once("document_newer", text)

    def screened(self, count: int) -> None:
        """Entries were taken out of the document and kept beside it."""
        self._once(
            "entries_set_aside",
            f"Entries of {self._file} that could not be understood: {count}. "
            "They are kept in the file under _cozygen.set_aside.",
        )

    def recovered(self, reason: str, aside: str, source: str) -> None:
        """The last good content took the place of an unreadable file."""
        kept = f" It was set aside as {aside}." if aside else ""
        text = (
            f"{self._file} could not be used because {reason}.{kept} "
            f"The last good content ({source}) is in use."
        )
        self._tell("document_recovered", text, aside=aside, source=source)

    def lost(self, reason: str, aside: str) -> None:
        """Neither the file nor a backup of it is good."""
        text = (
            f"{self._file} could not be used because {reason}, and no backup of it is good. "
            f"It was set aside as {aside}; the document begins empty."
        )
        self._tell("document_lost", text, aside=aside)

    def unmended(self, reason: str, source: str) -> None:
        """The file is broken or withheld and cannot be mended now."""
        self._once(
            "document_unreadable",
            f"{self._file} cannot be used because {reason}, and that cannot be mended now. "
            f"Shown instead: {source}. Nothing is overwritten.",
        )

    def without_locks(self) -> None:
        """The file system has no locks."""
        self._once(
            "no_locks", "The data folder's file system has no locks: let only one CozyGen use it at a time."
        )

    def _once(self, code: str, message: str) -> None:
        if code not in self._told:
            self._told.add(code)
            self._tell(code, message)

    def _tell(self, code: str, message: str, **details: Any) -> None:
        log.warning("%s", message)
        self._notify(code, message, document=self._name, **details)
