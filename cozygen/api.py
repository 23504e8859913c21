"""THE endpoint table: one row per endpoint. No logic.

The guard, the router, the OpenAPI document and the tests that walk every route
are made from these rows. How to add one: docs/development.md.
"""

from __future__ import annotations

from cozygen.http import app_shell, server_endpoints
from cozygen.http.endpoint import Access, Endpoint
from cozygen.workflows import endpoints as workflows

PUBLIC = Access.PUBLIC

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

ENDPOINTS: tuple[Endpoint, ...] = (*SHELL, *SERVER, *WORKFLOWS)
