"""Builds the services from the settings and mounts the table on an aiohttp application.

Used by `cozygen serve` (its own application) and by `cozygen.host.comfyui`
(ComfyUI's). A service that needs a running loop starts in `on_startup` and
stops in `on_cleanup`.
"""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial

from aiohttp import web

from cozygen.accounts.endpoints import ACCOUNTS, GUARD
from cozygen.accounts.service import Accounts
from cozygen.accounts.user_book import SettingsLogin
from cozygen.aliases.prompt_endpoints import PROMPTS
from cozygen.aliases.prompts import Prompts
from cozygen.api import ENDPOINTS
from cozygen.auth import Guard, guard_middleware, install_guard
from cozygen.build_thumbs import (
    build_thumbs,
    build_warming,
    fill_listings,
    install_thumbs,
    install_warming,
)
from cozygen.documents import Documents, announce, build_documents, install_documents
from cozygen.gallery import Gallery
from cozygen.gallery.bundle import Offers
from cozygen.gallery.bundle_endpoints import OFFERS
from cozygen.gallery.endpoints import GALLERY
from cozygen.gallery.trash import MANIFEST, Trash
from cozygen.gallery.trash_endpoints import TRASH
from cozygen.health import Health
from cozygen.host.folders import Folders
from cozygen.host.node_memory import NodeMemory
from cozygen.host.protocol import Host, NearHost
from cozygen.host.remote import RemoteHost
from cozygen.host.remote.proxy import add_remote_routes
from cozygen.host.sketch.engine import SketchHost
from cozygen.host.sketch.routes import add_comfyui_routes
from cozygen.http.app_shell import APP_SHELL, AppShell, find_app_folder
from cozygen.http.border import error_border
from cozygen.http.contract import CONTRACT, Contract
from cozygen.http.endpoint import Endpoint
from cozygen.http.events import Broker
from cozygen.http.expectation import hold_bodies
from cozygen.http.peer import Proxies
from cozygen.http.server_endpoints import HEALTH
from cozygen.http.sse import EVENTS
from cozygen.inputs import Inputs
from cozygen.inputs.endpoints import INPUTS
from cozygen.prompt_services import build_prompts
from cozygen.runs.endpoints import RUNS
from cozygen.runs.output_items import GalleryItems
from cozygen.runs.rerun import Rerun
from cozygen.runs.rerun_endpoints import RERUN
from cozygen.runs.rest import resting
from cozygen.runs.service import Runs, run_publisher
from cozygen.settings import Settings
from cozygen.storage.json_document import JsonDocument
from cozygen.tags import OwnUse, TagLibrary
from cozygen.tags.endpoints import OWN_USE, TAGS
from cozygen.thumbs import Thumbs
from cozygen.thumbs.warming import Warming
from cozygen.workflows.endpoints import FORMS
from cozygen.workflows.files import WorkflowFiles
from cozygen.workflows.forms import Forms
from cozygen.workflows.host_sources import HostChoices, HostNodes
from cozygen.workflows.model_endpoints import MODELS
from cozygen.workflows.model_files import ModelFiles


@dataclass(frozen=True)
class Services:
    """Everything that the handlers need, built once."""

    settings: Settings
    host: Host
    health: Health
    shell: AppShell
    accounts: Accounts
    guard: Guard
    forms: Forms
    models: ModelFiles
    documents: Documents
    tags: TagLibrary
    prompts: Prompts
    thumbs: Thumbs
    warming: Warming
    events: Broker
    gallery: Gallery
    trash: Trash
    inputs: Inputs
    runs: Runs

    @property
    def folders(self) -> Folders:
        """The host's folders, asked at use time."""
        return self.host.folders


def build_services(settings: Settings, host: Host) -> Services:
    """Build all services; nothing starts yet and no file is read."""
    health, events = Health(), Broker()
    folders = host.folders
    tags = TagLibrary(lambda: folders.data, health.notice)
    health.register("tags", tags.probe)
    documents = build_documents(folders.data, health)
    announce(documents, events.publish)
    accounts = build_accounts(settings, folders, health)
    forms = Forms(WorkflowFiles(folders.workflows), HostNodes(host), HostChoices(host))
    gallery = Gallery(folders.outputs, lambda: folders.input, lambda: folders.data, settings, events, health)
    gallery.raw_prompts = documents.prompt_raw
    models = ModelFiles(host.model_file if isinstance(host, NearHost) else lambda _kind, _name: None)
    thumbs = build_thumbs(settings, folders, models.preview)
    fill_listings(gallery, thumbs)
    forms.on_rename(documents.rename_workflow)
    prompts = build_prompts(documents, tags, host)
    runs = Runs(
        host,
        forms,
        prompts,
        documents.prompt_raw,
        resting(run_publisher(events), gallery.rest),
        library=documents.library,
        health=health,
        items=GalleryItems(gallery),
        previews_wanted=lambda: events.interest["previews"] > 0,
    )
    return Services(
        settings=settings,
        host=host,
        health=health,
        shell=AppShell(find_app_folder()),
        accounts=accounts,
        guard=build_guard(settings, accounts),
        forms=forms,
        models=models,
        documents=documents,
        tags=tags,
        prompts=prompts,
        thumbs=thumbs,
        warming=build_warming(gallery, thumbs, lambda: runs.tracker.is_busy, events),
        events=events,
        gallery=gallery,
        trash=Trash(gallery, JsonDocument(MANIFEST, folders.data, health.notice)),
        inputs=Inputs(lambda: folders.input, settings),
        runs=runs,
    )


def build_accounts(settings: Settings, folders: Folders, health: Health) -> Accounts:
    """Users and sessions in the data folder, and the login of the settings."""
    owner = SettingsLogin(settings.auth_user, settings.auth_pass) if settings.auth_user else None
    return Accounts(folders.data, health, owner, lifetime_s=settings.auth_ttl, idle_s=settings.auth_idle)


def build_guard(settings: Settings, accounts: Accounts) -> Guard:
    """The guard over the whole table. Raises SettingsError."""
    return Guard(
        ENDPOINTS,
        accounts,
        everything=settings.auth_scope == "all",
        proxies=Proxies(settings.trusted_proxies),
        allowed_hosts=settings.allowed_hosts,
    )


def install(app: web.Application, services: Services) -> None:
    """Put the services on the application, where handlers look them up by key."""
    install_guard(app, services.guard)
    app[GUARD] = services.guard
    app[ACCOUNTS] = services.accounts
    app.cleanup_ctx.append(services.accounts.running)
    app[HEALTH] = services.health
    app[CONTRACT] = Contract(ENDPOINTS)
    app[APP_SHELL] = services.shell
    app[FORMS] = services.forms
    app[MODELS] = services.models
    install_documents(app, services.documents)
    app[TAGS] = services.tags
    app[PROMPTS] = services.prompts
    app[OWN_USE] = OwnUse(services.tags, services.gallery.prompts)
    app.cleanup_ctx.append(services.tags.running)
    install_thumbs(app, services.thumbs, services.guard)
    app[EVENTS] = services.events
    app[GALLERY] = services.gallery
    app[TRASH] = services.trash
    app[OFFERS] = Offers()
    app.on_startup.append(lambda _app: services.gallery.start())
    install_warming(app, services.warming, services.thumbs, services.settings.warm)
    app.on_shutdown.append(partial(end_streams, services.events))
    app.on_cleanup.append(lambda _app: services.gallery.stop())
    app[INPUTS] = services.inputs
    app.on_startup.append(lambda _app: services.inputs.start())
    app.on_cleanup.append(lambda _app: services.inputs.stop())
    app[RUNS] = services.runs
    app[RERUN] = Rerun(services.gallery, services.runs.history, services.forms, services.runs.queueing)
    app.on_startup.append(lambda _app: services.runs.start())
    # Before the documents are closed: what is known of the runs is written then.
    app.on_shutdown.append(lambda _app: services.runs.stop())


async def end_streams(events: Broker, app: web.Application) -> None:
    """Open streams would hold up the stop."""
    events.close()


def routes(rows: Iterable[Endpoint]) -> list[web.RouteDef]:
    """The table as aiohttp routes; GET also answers HEAD."""
    made = []
    for row in rows:
        if row.method == "GET":
            made.append(web.get(row.path, row.handler))
        else:
            made.append(web.route(row.method, row.path, row.handler))
    return made


def create_app(settings: Settings, folders: Folders) -> web.Application:
    """The application of `cozygen serve`. Raises SettingsError."""
    host = host_of(settings, folders)
    services = build_services(settings, host)
    services.guard.own_server = True
    # Order matters: the border answers for the guard too; the guard comes before every handler.
    app = web.Application(middlewares=[error_border(), guard_middleware(services.guard)])
    app.add_routes(routes(ENDPOINTS))
    app.router.add_get("/", to_app)
    if isinstance(host, RemoteHost):
        add_remote_routes(app, host)
    else:
        add_comfyui_routes(app, host)
    install(app, services)
    hold_bodies(app, services.guard.check)
    if isinstance(host, SketchHost):
        app.on_startup.append(functools.partial(_remember_files, host, services))
    return app


def host_of(settings: Settings, folders: Folders) -> RemoteHost | SketchHost:
    """The ComfyUI that was named, else the sketch engine."""
    if settings.comfyui:
        return RemoteHost(settings.comfyui, folders, shares_output=settings.comfyui_shared)
    return SketchHost(folders)


async def _remember_files(host: SketchHost, services: Services, _app: web.Application) -> None:
    host.nodes.memory = NodeMemory(services.thumbs, services.documents.prompt_raw, asyncio.get_running_loop())


async def to_app(request: web.Request) -> web.StreamResponse:
    """`/` of `cozygen serve` leads to the app."""
    raise web.HTTPFound("cozygen/")
