"""THE endpoint table: one row per endpoint. No logic.

The guard, the router, the OpenAPI document and the tests that walk every route
are made from these rows. How to add one: docs/development.md.
"""

from __future__ import annotations

from cozygen.accounts import endpoints as accounts
from cozygen.aliases import endpoints as aliases
from cozygen.gallery import endpoints as gallery
from cozygen.http import (
    app_shell,
    contract,
    document_endpoints,
    event_endpoints,
    qr_endpoints,
    server_endpoints,
)
from cozygen.http.endpoint import Access, Endpoint
from cozygen.presets import endpoints as presets
from cozygen.runs import endpoints as runs
from cozygen.runs import prompt_raw_endpoints as prompt_raw
from cozygen.tags import endpoints as tags
from cozygen.thumbs import endpoints as thumbs
from cozygen.workflows import endpoints as workflows
from cozygen.workflows import type_endpoints as types

PUBLIC = Access.PUBLIC
VIEW = Access.VIEW

SHELL = (
    Endpoint("GET", "/cozygen", app_shell.redirect_to_app, PUBLIC, "To the app"),
    Endpoint("GET", "/cozygen/", app_shell.index, PUBLIC, "The app", reply_type="text/html"),
    Endpoint("GET", "/cozygen/assets/{path:.+}", app_shell.asset, PUBLIC, "A built file", reply_type="*/*"),
    Endpoint(
        "GET",
        "/cozygen/manifest.webmanifest",
        app_shell.named_file,
        PUBLIC,
        "The web app manifest",
        reply_type="application/manifest+json",
    ),
    Endpoint(
        "GET",
        "/cozygen/sw.js",
        app_shell.named_file,
        PUBLIC,
        "The service worker",
        reply_type="text/javascript",
    ),
    Endpoint(
        "GET", "/cozygen/favicon.ico", app_shell.named_file, PUBLIC, "The icon", reply_type="image/x-icon"
    ),
    Endpoint(
        "GET", "/cozygen/icons/{path:.+}", app_shell.named_file, PUBLIC, "An icon", reply_type="image/*"
    ),
    Endpoint("GET", "/cozygen/locales/{path:.+}", app_shell.named_file, PUBLIC, "Texts of a language"),
)

SERVER = (
    Endpoint(
        "GET",
        "/cozygen/hello",
        server_endpoints.hello,
        PUBLIC,
        "Is the server there?",
        response=server_endpoints.HelloReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/health",
        server_endpoints.health,
        PUBLIC,
        "How the server is",
        response=server_endpoints.HealthReply,
    ),
    Endpoint("GET", "/cozygen/api/openapi.json", contract.openapi, Access.VIEW, "This API as OpenAPI 3.1"),
    Endpoint(
        "GET",
        "/cozygen/api/qr",
        qr_endpoints.qr,
        Access.VIEW,
        "An address as a QR code",
        query=qr_endpoints.QrQuery,
        reply_type="image/svg+xml",
    ),
)

WORKFLOWS = (
    Endpoint(
        "GET",
        "/cozygen/workflows",
        workflows.list_workflows,
        Access.VIEW,
        "All workflow files",
        response=workflows.WorkflowsReply,
    ),
    Endpoint(
        "GET", "/cozygen/workflows/{name:.+}", workflows.read_workflow, Access.VIEW, "One workflow file"
    ),
    Endpoint(
        "GET",
        "/cozygen/api/workflows/{name:.+}/form",
        workflows.read_form,
        Access.VIEW,
        "A workflow's form",
        response=workflows.FormReply,
    ),
    Endpoint(
        "PUT",
        "/cozygen/api/workflows/{name:.+}",
        workflows.save_workflow,
        Access.QUEUE,
        "Save a workflow",
        body=workflows.SaveBody,
        body_limit=workflows.WORKFLOW_LIMIT,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/workflows/{name:.+}/rename",
        workflows.rename_workflow,
        Access.QUEUE,
        "Rename a workflow",
        body=workflows.RenameBody,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/workflows/{name:.+}",
        workflows.delete_workflow,
        Access.DELETE,
        "Put a workflow into the trash",
    ),
    Endpoint(
        "POST",
        "/cozygen/api/workflows/restore",
        workflows.restore_workflow,
        Access.DELETE,
        "Bring a deleted workflow back",
        body=workflows.RestoreBody,
    ),
    Endpoint(
        "GET",
        "/cozygen/get_choices",
        workflows.get_choices,
        Access.VIEW,
        "Names to choose from",
        query=workflows.ChoicesQuery,
        response=workflows.ChoicesReply,
    ),
)

DOCUMENTS = (
    Endpoint(
        "GET",
        "/cozygen/api/aliases",
        aliases.read,
        Access.VIEW,
        "All aliases",
        response=aliases.AliasesReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/aliases",
        aliases.replace,
        Access.QUEUE,
        "Replace all aliases",
        response=aliases.StatusReply,
        body_limit=aliases.LIMIT,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/aliases/{name:.+}",
        aliases.read_one,
        Access.VIEW,
        "One alias",
        response=aliases.AliasReply,
    ),
    Endpoint(
        "PUT",
        "/cozygen/api/aliases/{name:.+}",
        aliases.put,
        Access.QUEUE,
        "Create or replace an alias",
        body=aliases.AliasBody,
        response=aliases.AliasReply,
        body_limit=aliases.LIMIT,
    ),
    Endpoint(
        "PATCH",
        "/cozygen/api/aliases/{name:.+}",
        aliases.patch,
        Access.QUEUE,
        "Change or rename an alias",
        body=aliases.AliasPatch,
        response=aliases.AliasReply,
        body_limit=aliases.LIMIT,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/aliases/{name:.+}",
        aliases.delete,
        Access.QUEUE,
        "Delete an alias",
        response=aliases.StatusReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/workflow_types",
        types.read,
        Access.VIEW,
        "Types of workflows",
        response=types.TypesReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/workflow_types",
        types.replace,
        Access.QUEUE,
        "Set a workflow's type",
        body=types.TypeBody,
        response=types.TypesChangedReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/workflow_types/{workflow:.+}",
        types.read_one,
        Access.VIEW,
        "One workflow's type",
        response=types.TypeReply,
    ),
    Endpoint(
        "PATCH",
        "/cozygen/api/workflow_types/{workflow:.+}",
        types.patch,
        Access.QUEUE,
        "Change a workflow's type",
        body=types.TypePatch,
        response=types.TypesChangedReply,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/workflow_types/{workflow:.+}",
        types.delete,
        Access.QUEUE,
        "Remove a workflow's type",
        response=types.TypesChangedReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/workflow_presets",
        presets.read,
        Access.VIEW,
        "The account's presets",
        query=presets.PresetsQuery,
        response=presets.PresetsReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/workflow_presets",
        presets.write,
        Access.QUEUE,
        "Save or delete a preset",
        body=presets.PresetsBody,
        response=presets.PresetsChangedReply,
        body_limit=presets.LIMIT,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/workflow_presets/{id}",
        presets.read_one,
        Access.VIEW,
        "One preset",
        query=presets.PresetsQuery,
        response=presets.PresetReply,
    ),
    Endpoint(
        "PUT",
        "/cozygen/api/workflow_presets/{id}",
        presets.put,
        Access.QUEUE,
        "Create or replace a preset",
        query=presets.PresetsQuery,
        body=presets.PresetBody,
        response=presets.PresetsChangedReply,
        body_limit=presets.LIMIT,
    ),
    Endpoint(
        "PATCH",
        "/cozygen/api/workflow_presets/{id}",
        presets.patch,
        Access.QUEUE,
        "Change a preset",
        query=presets.PresetsQuery,
        body=presets.PresetPatch,
        response=presets.PresetsChangedReply,
        body_limit=presets.LIMIT,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/workflow_presets/{id}",
        presets.delete,
        Access.QUEUE,
        "Delete a preset",
        query=presets.PresetsQuery,
        response=presets.PresetsChangedReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/prompt_raw",
        prompt_raw.store,
        Access.QUEUE,
        "Remember the raw prompts of a run",
        body=prompt_raw.PromptRawBody,
        response=prompt_raw.OkReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/undo",
        document_endpoints.undo,
        Access.QUEUE,
        "Take a change back",
        body=document_endpoints.UndoBody,
        response=document_endpoints.UndoReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/backup",
        document_endpoints.backup,
        Access.ADMIN,
        "All documents as one zip",
        reply_type="application/zip",
    ),
    Endpoint(
        "POST",
        "/cozygen/api/backup/restore",
        document_endpoints.restore,
        Access.ADMIN,
        "Restore documents from a zip",
        response=document_endpoints.RestoreReply,
        multipart=True,
        body_limit=document_endpoints.LIMIT,
    ),
)

TAGS = (
    Endpoint(
        "GET",
        "/cozygen/api/tags/categories",
        tags.categories,
        Access.VIEW,
        "Categories of the tag lists",
        query=tags.CategoriesQuery,
        response=tags.CategoriesReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/tags/search",
        tags.search_tags,
        Access.VIEW,
        "Tags for what is being typed",
        query=tags.SearchQuery,
        response=tags.SearchReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/tags/validate",
        tags.validate_tags,
        Access.VIEW,
        "Which texts are no tags, and what was meant",
        body=tags.ValidateBody,
        response=tags.ValidateReply,
    ),
)

THUMBS = (
    Endpoint(
        "GET",
        "/cozygen/thumb",
        thumbs.thumb,
        Access.VIEW,
        "The thumbnail of a file",
        query=thumbs.ThumbQuery,
        reply_type="image/*",
    ),
    Endpoint(
        "POST",
        "/cozygen/api/clear_cache",
        thumbs.clear_cache,
        Access.ADMIN,
        "Remove all cached thumbnails",
        response=thumbs.ClearedReply,
    ),
)

EVENTS = (
    Endpoint(
        "GET",
        "/cozygen/api/events",
        event_endpoints.events,
        VIEW,
        "Everything that happens, as it happens",
        query=event_endpoints.EventsQuery,
        reply_type="text/event-stream",
    ),
)

GALLERY = (
    Endpoint(
        "GET",
        "/cozygen/api/gallery",
        gallery.gallery,
        VIEW,
        "A page of the library",
        query=gallery.GalleryQuery,
        response=gallery.GalleryReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/gallery/item/{id}",
        gallery.item,
        VIEW,
        "One item with its metadata",
        response=gallery.Item,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/gallery/prompt",
        gallery.prompt,
        VIEW,
        "The graph that made a file",
        query=gallery.PromptQuery,
        response=gallery.PromptReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/gallery/timeline",
        gallery.timeline,
        VIEW,
        "How many items each month holds",
        query=gallery.TimelineQuery,
        response=gallery.TimelineReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/gallery/stream",
        gallery.stream,
        VIEW,
        "Changes of one listing",
        query=gallery.ListingQuery,
        reply_type="text/event-stream",
    ),
    Endpoint(
        "GET",
        "/cozygen/media/{id}",
        gallery.media,
        VIEW,
        "A file of the library",
        query=gallery.MediaQuery,
        reply_type="*/*",
    ),
)

ACCOUNTS = (
    Endpoint(
        "POST",
        "/cozygen/api/login",
        accounts.login,
        PUBLIC,
        "Sign in",
        body=accounts.LoginBody,
        response=accounts.LoginReply,
        body_limit=accounts.LOGIN_LIMIT,
    ),
    Endpoint("POST", "/cozygen/api/logout", accounts.logout, PUBLIC, "Sign out", response=accounts.OkReply),
    Endpoint(
        "GET",
        "/cozygen/api/auth_status",
        accounts.auth_status,
        PUBLIC,
        "Who is signed in",
        response=accounts.StatusReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/sessions",
        accounts.list_sessions,
        VIEW,
        "The devices that are signed in",
        query=accounts.ListQuery,
        response=accounts.SessionsReply,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/sessions",
        accounts.revoke_other_sessions,
        VIEW,
        "Sign all other devices out",
        response=accounts.RevokedReply,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/sessions/{id}",
        accounts.revoke_session,
        VIEW,
        "Sign a device out",
        response=accounts.OkReply,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/tokens",
        accounts.list_tokens,
        VIEW,
        "The API tokens",
        query=accounts.ListQuery,
        response=accounts.TokensReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/tokens",
        accounts.create_token,
        VIEW,
        "Make an API token",
        body=accounts.TokenBody,
        response=accounts.NewTokenReply,
    ),
    Endpoint(
        "DELETE",
        "/cozygen/api/tokens/{id}",
        accounts.revoke_token,
        VIEW,
        "End an API token",
        response=accounts.OkReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/pair/start",
        accounts.start_pairing,
        VIEW,
        "A one-time code that signs in a phone",
        response=accounts.PairReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/pair/claim",
        accounts.claim_pairing,
        PUBLIC,
        "Sign in with a one-time code",
        body=accounts.ClaimBody,
        response=accounts.LoginReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/password",
        accounts.change_password,
        VIEW,
        "Change the own password",
        body=accounts.PasswordBody,
        response=accounts.LoginReply,
        body_limit=accounts.LOGIN_LIMIT,
    ),
)

RUNS = (
    Endpoint(
        "POST",
        "/cozygen/api/queue",
        runs.queue,
        Access.QUEUE,
        "Queue a filled form",
        body=runs.QueueBody,
        response=runs.QueueReply,
        body_limit=runs.QUEUE_LIMIT,
    ),
    Endpoint(
        "GET",
        "/cozygen/api/runs",
        runs.list_runs,
        VIEW,
        "Runs, newest first",
        query=runs.RunsQuery,
        response=runs.RunsReply,
    ),
    Endpoint("GET", "/cozygen/api/runs/{id}", runs.read_run, VIEW, "One run", response=runs.RunReply),
    Endpoint(
        "POST",
        "/cozygen/api/runs/{id}/cancel",
        runs.cancel_run,
        Access.QUEUE,
        "Cancel a run",
        response=runs.RunReply,
    ),
    Endpoint(
        "POST",
        "/cozygen/api/runs/clear",
        runs.clear_runs,
        Access.QUEUE,
        "Cancel what waits, or forget what is over",
        body=runs.ClearBody,
        response=runs.ClearReply,
    ),
)

ENDPOINTS: tuple[Endpoint, ...] = (
    *SHELL,
    *SERVER,
    *WORKFLOWS,
    *DOCUMENTS,
    *TAGS,
    *THUMBS,
    *EVENTS,
    *GALLERY,
    *ACCOUNTS,
    *RUNS,
)
