"""All documents as one zip, and back. Secrets stay at home."""

from __future__ import annotations

import asyncio
import io
import time
import zipfile
import zlib
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from cozygen import __version__
from cozygen.errors import UnprocessableError
from cozygen.storage import document_text, json_text
from cozygen.storage.document_file import Change
from cozygen.storage.document_format import DocumentFormat, Value
from cozygen.storage.document_reading import read_document
from cozygen.storage.document_store import DocumentStore
from cozygen.storage.document_text import Envelope, UnreadableError
from cozygen.storage.json_document import JsonDocument

MANIFEST: Final = "manifest.json"
FORMAT: Final = 1
MAX_BYTES: Final = 64 * 1024 * 1024
# zip stores no year before 1980 or after 2107, whatever the clock says.
_YEARS: Final = range(1980, 2108)
# What the standard library raises for broken, encrypted or exotic archives.
_BROKEN: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
)


@dataclass(frozen=True)
class Extra:
    """Something beside the documents that goes into the zip as one JSON file.

    `restore` changes all or nothing and says whether anything changed.
    """

    export: Callable[[], Awaitable[bytes]]
    restore: Callable[[bytes], Awaitable[bool]]


@dataclass(frozen=True)
class Restored:
    """What a restore did: changed documents, extras that were read, files that nobody knows."""

    changes: list[tuple[JsonDocument, Change]]
    extras: list[str]
    unknown: list[str]


class Archive:
    """Exports and restores the documents of a store and some extras by file name."""

    def __init__(self, store: DocumentStore, extras: Mapping[str, Extra] | None = None) -> None:
        self._store = store
        self._extras = dict(extras or {})

    def _documents(self) -> list[JsonDocument]:
        return [document for document in self._store if not document.form.secret]

    async def export(self) -> bytes:
        """A zip with every document as it would lie on disk, and a manifest."""
        files: dict[str, bytes] = {}
        for document in self._documents():
            present = await document.read()
            envelope = Envelope(document.form.name, document.form.version, present.rev, present.set_aside)
            files[document.form.file_name] = document_text.encode(present.value, envelope)
        for name, extra in self._extras.items():
            files[name] = await extra.export()
        return await asyncio.to_thread(_zip, files)

    async def restore(self, data: bytes) -> Restored:
        """Write the documents of a zip over the present ones, which stay as backups and for undo.

        Nothing is changed unless everything in the zip that we know can be
        read: UnprocessableError names what cannot.
        """
        documents = self._documents()
        limits = {document.form.file_name: document.form.max_bytes for document in documents}
        limits.update(dict.fromkeys(self._extras, MAX_BYTES))
        files, unknown = await asyncio.to_thread(_unzip, data, limits)
        values = await asyncio.to_thread(_read_all, files, [document.form for document in documents])
        # The extras check while they write, each as a whole; so they come first.
        extras = [
            name for name, extra in self._extras.items() if name in files and await extra.restore(files[name])
        ]
        changes = [
            (document, await document.replace(values[document.form.file_name]))
            for document in documents
            if document.form.file_name in values
        ]
        return Restored([entry for entry in changes if entry[1].changed], extras, unknown)


def _zip(files: dict[str, bytes]) -> bytes:
    now = time.gmtime()
    moment = now[:6] if now.tm_year in _YEARS else (1980, 1, 1, 0, 0, 0)
    manifest = {"format": FORMAT, "cozygen": __version__, "files": sorted(files)}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {MANIFEST: json_text.dumps(manifest, indent=True), **files}.items():
            archive.writestr(zipfile.ZipInfo(name, moment), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _unzip(data: bytes, limits: dict[str, int]) -> tuple[dict[str, bytes], list[str]]:
    """The known files of a zip, each read up to its limit, and the names of the others."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = archive.namelist()
            files = {
                name: _read_entry(archive, name, limits[name])
                for name in dict.fromkeys(names)
                if name in limits
            }
    except _BROKEN as error:
        raise UnprocessableError("This is not a whole zip file.", code="invalid_backup") from error
    if not files:
        raise UnprocessableError("There are no documents in this zip.", code="invalid_backup")
    known = {MANIFEST, *files}
    return files, sorted(name for name in set(names) if name not in known)


def _read_entry(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """An entry, read no further than its limit, whatever its header claims."""
    with archive.open(name) as file:
        content = file.read(limit + 1)
    if len(content) > limit:
        raise UnprocessableError(f"{name} in this zip is too large.", code="invalid_backup")
    return content


def _read_all(files: dict[str, bytes], forms: list[DocumentFormat]) -> dict[str, Value]:
    values: dict[str, Value] = {}
    for form in forms:
        raw = files.get(form.file_name)
        if raw is None:
            continue
        try:
            reading = read_document(form, raw)
        except UnreadableError as error:
            raise _refused(form, f"cannot be used because {error}") from error
        if reading.newer:
            raise _refused(form, "was written by a newer CozyGen")
        values[form.file_name] = reading.value
    return values


def _refused(form: DocumentFormat, reason: str) -> UnprocessableError:
    details: dict[str, Any] = {"file": form.file_name}
    text = f"{form.file_name} in this zip {reason}; nothing was changed."
    return UnprocessableError(text, code="invalid_backup", details=details)
