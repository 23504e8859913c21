"""CozyGen on a ComfyUI: routes twice, guard first, page reachable from a link, nodes registered."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from aiohttp import web

from cozygen.api import ENDPOINTS
from cozygen.host.comfyui import RefusedError, attach
from cozygen.nodes import NODE_IDS
from tests.conftest import error_of
from tests.host.conftest import Boot, Serve
from tests.host.stand_in.comfyui import ComfyUI

MEND = "python -m pip install cozygen"
NAVIGATION = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}


@pytest.fixture
def app_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A built app of one page."""
    folder = tmp_path / "app"
    folder.mkdir()
    (folder / "index.html").write_text("<title>CozyGen</title>")
    monkeypatch.setattr("cozygen.app.find_app_folder", lambda: folder)
    return folder


@pytest.mark.parametrize("prefix", ["", "/api"])
async def test_every_route_answers_under_both_prefixes(comfyui: ComfyUI, serve: Serve, prefix: str) -> None:
    attach(MEND)
    client = await serve(comfyui)
    assert await (await client.get(f"{prefix}/cozygen/hello")).json() == {"status": "ok"}
    health = await client.get(f"{prefix}/cozygen/api/health")
    assert (await health.json())["status"] == "ok"


async def test_the_table_stands_once_on_comfyuis_own(comfyui: ComfyUI, serve: Serve) -> None:
    attach(MEND)
    ours = [route for route in comfyui.server.routes if getattr(route, "path", "").startswith("/cozygen")]
    assert {(route.method, route.path) for route in ours if isinstance(route, web.RouteDef)} >= {
        (row.method, row.path) for row in ENDPOINTS
    }
    await serve(comfyui)  # a duplicate would stop ComfyUI here


async def test_all_node_ids_come_back(comfyui: ComfyUI) -> None:
    attached = attach(MEND)
    assert set(attached.nodes) == set(NODE_IDS)
    assert set(attached.display_names) == set(NODE_IDS)
    assert all(name.startswith("CozyGen ") for name in attached.display_names.values())


async def test_the_page_opens_from_a_link_on_another_site(
    comfyui: ComfyUI, serve: Serve, app_folder: Path
) -> None:
    attach(MEND)
    client = await serve(comfyui)
    page = await client.get("/cozygen/", headers=NAVIGATION)
    assert page.status == 200
    assert "CozyGen" in await page.text()


@pytest.mark.parametrize("newest", [True], ids=["newest"])
@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [
        ("GET", "/cozygen/", {**NAVIGATION, "Sec-Fetch-Dest": "iframe"}),
        ("GET", "/cozygen/", {**NAVIGATION, "Sec-Fetch-Mode": "no-cors", "Sec-Fetch-Dest": "image"}),
        ("POST", "/cozygen/", NAVIGATION),
        ("GET", "/cozygen/api/health", NAVIGATION),
        ("GET", "/", NAVIGATION),
        ("POST", "/prompt", NAVIGATION),
    ],
)
async def test_nothing_else_passes_the_origin_check(
    comfyui: ComfyUI, serve: Serve, app_folder: Path, method: str, path: str, headers: dict[str, str]
) -> None:
    attach(MEND)
    client = await serve(comfyui)
    answer = await client.request(method, path, headers=headers)
    assert answer.status == 403


async def test_a_07_the_guard_comes_before_every_middleware_of_comfyui(comfyui: ComfyUI) -> None:
    before = list(comfyui.server.app.middlewares)
    attach(MEND)
    assert list(comfyui.server.app.middlewares)[-len(before) :] == before
    assert len(comfyui.server.app.middlewares) == len(before) + 1


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/cozygen/nothing/here", 404),
        ("GET", "/api/cozygen/nothing", 404),
        ("GET", "/cozygen/index.html", 404),
        ("POST", "/cozygen/hello", 405),
        ("DELETE", "/cozygen/hello", 405),
    ],
)
async def test_an_unknown_address_has_the_error_shape(
    comfyui: ComfyUI, serve: Serve, method: str, path: str, status: int
) -> None:
    attach(MEND)
    answer = await (await serve(comfyui)).request(method, path)
    assert answer.status == status
    assert await error_of(answer)


async def test_comfyuis_own_routes_are_left_alone(comfyui: ComfyUI, serve: Serve) -> None:
    attach(MEND)
    client = await serve(comfyui)
    assert (await client.get("/queue")).status == 200
    assert (await client.get("/internal/logs")).status == 200
    assert "canvas" in await (await client.get("/")).text()
    assert (await client.get("/not-there")).status == 404


async def test_the_data_folder_is_the_system_users(comfyui: ComfyUI, serve: Serve) -> None:
    attach(MEND)
    await serve(comfyui)
    assert (comfyui.base / "user" / "__cozygen").is_dir()


async def test_importing_writes_nothing(comfyui: ComfyUI) -> None:
    before = sorted(comfyui.base.rglob("*"))
    attach(MEND)
    assert sorted(comfyui.base.rglob("*")) == before


async def test_the_log_carries_the_address(
    boot: Boot, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    comfyui = boot(port=8123)
    with caplog.at_level(logging.INFO, "cozygen"):
        attach(MEND)
        await serve(comfyui)
    assert "http://127.0.0.1:8123/cozygen/" in caplog.text


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"listen": "0.0.0.0,::"}, "open_to_network"),
        ({"listen": "192.0.2.7"}, "open_to_network"),
        ({"enable_cors_header": "*"}, "cors_enabled"),
        ({"multi_user": True}, "multi_user"),
    ],
)
async def test_a_risky_option_is_said_in_log_and_health(
    boot: Boot, serve: Serve, caplog: pytest.LogCaptureFixture, options: dict[str, object], code: str
) -> None:
    comfyui = boot(**options)
    attach(MEND)
    client = await serve(comfyui)
    health = await (await client.get("/cozygen/api/health")).json()
    notices = {notice["code"]: notice["message"] for notice in health["notices"]}
    assert notices[code] in caplog.text


async def test_an_ordinary_start_warns_of_nothing(
    comfyui: ComfyUI, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    attach(MEND)
    await serve(comfyui)
    assert [record for record in caplog.records if record.levelno >= logging.WARNING] == []


async def test_tls_shows_in_the_address(boot: Boot, serve: Serve, caplog: pytest.LogCaptureFixture) -> None:
    comfyui = boot(tls_keyfile="key.pem", tls_certfile="cert.pem")
    with caplog.at_level(logging.INFO, "cozygen"):
        attach(MEND)
        await serve(comfyui)
    assert "https://127.0.0.1:8188/cozygen/" in caplog.text


async def test_under_a_proxys_base_path_the_redirect_stays_relative(comfyui: ComfyUI, serve: Serve) -> None:
    attach(MEND)
    answer = await (await serve(comfyui)).get("/cozygen", allow_redirects=False)
    assert answer.headers["Location"] == "cozygen/"


async def test_a_data_folder_that_cannot_be_made_is_said(
    comfyui: ComfyUI, serve: Serve, caplog: pytest.LogCaptureFixture
) -> None:
    (comfyui.base / "user" / "__cozygen").write_text("a file is in the way")
    attach(MEND)
    client = await serve(comfyui)
    health = await (await client.get("/cozygen/api/health")).json()
    assert "data_read_only" in [notice["code"] for notice in health["notices"]]
    assert "cannot be written" in caplog.text


async def _predecessor(request: web.Request) -> web.StreamResponse:
    return web.Response()


@pytest.mark.parametrize("place", ["table", "router", "node"])
async def test_beside_a_predecessor_it_does_not_attach(comfyui: ComfyUI, serve: Serve, place: str) -> None:
    old = type("CozyGenOutput", (), {"RELATIVE_PYTHON_MODULE": "custom_nodes.ComfyUI_CozyGen"})
    if place == "table":
        comfyui.server.routes.get("/cozygen/hello")(_predecessor)
    elif place == "router":
        comfyui.server.app.router.add_get("/cozygen/hello", _predecessor, name="cozygen_hello")
    else:
        comfyui.nodes.NODE_CLASS_MAPPINGS["CozyGenOutput"] = old
    before = list(comfyui.server.app.middlewares)
    with pytest.raises(RefusedError, match="disable") as refusal:
        attach(MEND)
    if place == "node":
        assert "ComfyUI_CozyGen" in str(refusal.value)
    assert list(comfyui.server.app.middlewares) == before
    assert (await (await serve(comfyui)).get("/queue")).status == 200, "ComfyUI starts as usual"


async def test_a_second_copy_does_not_attach(comfyui: ComfyUI) -> None:
    attach(MEND)
    with pytest.raises(RefusedError, match="disable"):
        attach(MEND)


@pytest.mark.parametrize("what", ["route", "node"])
async def test_a_predecessor_that_loads_later_is_named_in_log_and_health(
    comfyui: ComfyUI, serve: Serve, caplog: pytest.LogCaptureFixture, what: str
) -> None:
    attach(MEND)
    if what == "route":
        comfyui.server.app.router.add_get("/cozygen/hello", _predecessor, name="cozygen_hello")
    else:
        comfyui.nodes.NODE_CLASS_MAPPINGS[NODE_IDS[0]] = type("Old", (), {})
    with caplog.at_level(logging.WARNING, "cozygen"):
        client = await serve(comfyui)
    notices = (await (await client.get("/cozygen/api/health")).json())["notices"]
    assert [notice["code"] for notice in notices] == ["clash"]
    assert "disable" in notices[0]["message"]
    assert notices[0]["message"] in caplog.text


async def test_alone_there_is_no_clash(comfyui: ComfyUI, serve: Serve) -> None:
    attach(MEND)
    client = await serve(comfyui)
    assert (await (await client.get("/cozygen/api/health")).json())["notices"] == []


async def test_another_packs_similar_path_is_no_clash(comfyui: ComfyUI) -> None:
    comfyui.server.routes.get("/cozygenerator/hello")(_predecessor)
    assert attach(MEND).nodes


async def test_a_setting_that_cannot_be_used_refuses(
    comfyui: ComfyUI, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_TTL", "soon")
    with pytest.raises(RefusedError, match="COZYGEN_AUTH_TTL"):
        attach(MEND)
