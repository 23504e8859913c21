"""The documents and what serves them, built once and put on the application."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from aiohttp import web

from cozygen.aliases.endpoints import ALIASES
from cozygen.aliases.store import ALIASES as ALIASES_FORM
from cozygen.aliases.store import AliasStore
from cozygen.health import Health, Part
from cozygen.http.changes import UNDO
from cozygen.http.document_endpoints import ARCHIVE
from cozygen.presets.endpoints import PRESETS
from cozygen.presets.form_values import FORM_VALUES as FORM_VALUES_FORM
from cozygen.presets.form_values import FormValues
from cozygen.presets.store import PRESETS as PRESETS_FORM
from cozygen.presets.store import PresetStore
from cozygen.presets.values_endpoints import FORM_VALUES
from cozygen.runs.prompt_raw import PROMPT_RAW as PROMPT_RAW_FORM
from cozygen.runs.prompt_raw import PromptRawStore
from cozygen.runs.prompt_raw_endpoints import PROMPT_RAW
from cozygen.storage.archive import Archive, Extra
from cozygen.storage.document_file import Change
from cozygen.storage.document_store import DocumentStore
from cozygen.storage.json_document import JsonDocument
from cozygen.storage.library import Library
from cozygen.storage.library_file import EXPORT
from cozygen.storage.undo import Undo
from cozygen.storage.user_items import UserItems
from cozygen.workflows.form_settings import FORM_SETTINGS as FORM_SETTINGS_FORM
from cozygen.workflows.form_settings import PINS, FormSettings
from cozygen.workflows.settings_endpoints import FORM_SETTINGS
from cozygen.workflows.type_endpoints import WORKFLOW_TYPES
from cozygen.workflows.types import WORKFLOW_TYPES as WORKFLOW_TYPES_FORM
from cozygen.workflows.types import WorkflowTypes


@dataclass(frozen=True)
class Documents:
    """The store of all documents, the library, and the four of the founding document."""

    store: DocumentStore
    library: Library
    undo: Undo
    archive: Archive
    aliases: AliasStore
    types: WorkflowTypes
    presets: PresetStore
    prompt_raw: PromptRawStore
    form_settings: FormSettings
    form_values: FormValues

    async def rename_workflow(self, old: str, new: str) -> None:
        """Let everything that belongs to a workflow file follow its new name."""
        await self.types.rename(old, new)
        await self.presets.rename_workflow(old, new)
        await self.form_settings.rename_workflow(old, new)
        await self.form_values.items.rename(old, new)


def build_documents(folder: Path, health: Health) -> Documents:
    """Build them; nothing is read before `store.start`."""
    store = DocumentStore(folder, health.notice)
    library = Library(lambda: folder, health.notice)
    health.register("documents", lambda: part_of(store))
    return Documents(
        store=store,
        undo=Undo(),
        library=library,
        archive=Archive(store, {EXPORT: Extra(library.export, library.restore)}),
        aliases=AliasStore(store.add(ALIASES_FORM)),
        types=WorkflowTypes(store.add(WORKFLOW_TYPES_FORM)),
        presets=PresetStore(store.add(PRESETS_FORM)),
        prompt_raw=PromptRawStore(store.add(PROMPT_RAW_FORM)),
        form_settings=FormSettings(UserItems(store.add(FORM_SETTINGS_FORM)), UserItems(store.add(PINS))),
        form_values=FormValues(UserItems(store.add(FORM_VALUES_FORM))),
    )


Publish = Callable[[str, str, Mapping[str, Any]], None]


def announce(documents: Documents, publish: Publish) -> None:
    """Tell the topic `documents` of every change: ours once durable, others' once noticed."""

    def tell(document: JsonDocument, change: Change) -> None:
        name = document.form.name
        publish(
            "documents", "document", {"document": name, "rev": change.after.rev, "etag": change.after.etag}
        )

    documents.store.on_change(tell)


def part_of(store: DocumentStore) -> Part:
    """How the documents are, for health: which of them can only be read or not at all."""
    refused = {document.form.name: document.refusal for document in store if document.refusal}
    if not refused:
        return Part("ok", figures={document.form.name: document.rev for document in store})
    words = "; ".join(f"{name}: {reason}" for name, reason in refused.items())
    return Part("warning", f"Some documents cannot be changed ({words}).", figures=dict(refused))


def install_documents(app: web.Application, documents: Documents) -> None:
    """Put them where the handlers look; load at start, finish writing at the end."""
    app[UNDO] = documents.undo
    app[ARCHIVE] = documents.archive
    app[ALIASES] = documents.aliases
    app[WORKFLOW_TYPES] = documents.types
    app[PRESETS] = documents.presets
    app[PROMPT_RAW] = documents.prompt_raw
    app[FORM_SETTINGS] = documents.form_settings
    app[FORM_VALUES] = documents.form_values

    async def start(_app: web.Application) -> None:
        await documents.store.start()
        documents.library.start()

    async def close(_app: web.Application) -> None:
        await documents.prompt_raw.close()
        await documents.store.close()
        await documents.library.close()

    app.on_startup.append(start)
    app.on_cleanup.append(close)
