"""The face in `custom_nodes`: quiet outside ComfyUI, helpful when broken, closed when it must be."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cozygen import __version__
from cozygen.nodes import NODE_IDS
from tests.conftest import CHECKOUT
from tests.host.conftest import Boot, Serve
from tests.host.stand_in.comfyui import ComfyUI


@pytest.fixture
def without_package(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Python in which `cozygen` is not installed."""
    for name in [name for name in sys.modules if name.split(".")[0] in ("cozygen", "cozygen_core")]:
        monkeypatch.delitem(sys.modules, name)
    hidden = _Hidden("cozygen", "cozygen_core")
    monkeypatch.setattr(sys, "meta_path", [hidden, *sys.meta_path])
    monkeypatch.setattr("importlib.util.find_spec", _find_nothing)


class _Hidden:
    """An import hook that knows nothing of some packages."""

    def __init__(self, *names: str) -> None:
        self._names = names

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.split(".")[0] in self._names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


def _find_nothing(name: str, package: str | None = None) -> None:
    return None


def _broken(monkeypatch: pytest.MonkeyPatch, problem: Exception) -> None:
    def fail(*_: object, **__: object) -> None:
        raise problem

    monkeypatch.setattr("cozygen.host.comfyui.attach", fail)


def _without_the_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is loaded while the server starts cannot be."""
    monkeypatch.delitem(sys.modules, "cozygen.host.house", raising=False)
    monkeypatch.setitem(sys.modules, "cozygen.app", None)


def test_outside_comfyui_it_is_silent(capsys: pytest.CaptureFixture[str]) -> None:
    face = runpy.run_path(str(CHECKOUT / "__init__.py"))
    assert face["NODE_CLASS_MAPPINGS"] == {}
    assert capsys.readouterr() == ("", "")


def test_it_needs_the_standard_library_only() -> None:
    text = (CHECKOUT / "__init__.py").read_text(encoding="utf-8")
    imported = [
        line.split()[1].split(".")[0] for line in text.splitlines() if line.startswith(("import ", "from "))
    ]
    assert imported
    assert set(imported) <= sys.stdlib_module_names


def test_it_pins_its_own_version() -> None:
    assert (CHECKOUT / "requirements.txt").read_text(encoding="utf-8") == f"cozygen=={__version__}\n"


async def test_any_folder_name_works(comfyui: ComfyUI, pack: Path, serve: Serve) -> None:
    module = comfyui.load_pack(pack)
    assert set(module.NODE_CLASS_MAPPINGS) == set(NODE_IDS)
    assert (
        f"custom_nodes.{pack.name}"
        == comfyui.nodes.NODE_CLASS_MAPPINGS["CozyGenOutput"].RELATIVE_PYTHON_MODULE
    )
    client = await serve(comfyui)
    assert (await client.get("/cozygen/hello")).status == 200


def test_it_leaves_sys_path_alone(comfyui: ComfyUI, pack: Path) -> None:
    before = list(sys.path)
    comfyui.load_pack(pack)
    assert sys.path == before


async def test_not_installed_without_a_login_comfyui_starts_and_the_log_mends(
    comfyui: ComfyUI, pack: Path, serve: Serve, without_package: None, caplog: pytest.LogCaptureFixture
) -> None:
    module = comfyui.load_pack(pack)
    assert module.NODE_CLASS_MAPPINGS == {}
    assert f'"{sys.executable}" -m pip install cozygen=={__version__}' in caplog.text
    assert (await (await serve(comfyui)).get("/queue")).status == 200


LOGINS = [
    {"COZYGEN_AUTH_USER": "ann", "COZYGEN_AUTH_PASS": "correct horse"},
    {"COZYGEN_AUTH_USER": "ann"},
    {"COZYGEN_AUTH_PASS": "correct horse"},
    {"COZYGEN_AUTH_PASS_FILE": "/nowhere/secret"},
]


@pytest.mark.parametrize("login", LOGINS, ids=lambda login: "+".join(login))
@pytest.mark.parametrize("path", ["/", "/queue", "/api/prompt", "/ws", "/internal/logs", "/view", "/nothing"])
async def test_not_installed_with_a_login_every_request_is_refused(
    comfyui: ComfyUI,
    pack: Path,
    serve: Serve,
    without_package: None,
    monkeypatch: pytest.MonkeyPatch,
    login: dict[str, str],
    path: str,
) -> None:
    for name, value in login.items():
        monkeypatch.setenv(name, value)
    comfyui.load_pack(pack)
    answer = await (await serve(comfyui)).get(path)
    assert answer.status == 503
    assert "pip install cozygen" in await answer.text()


@pytest.mark.parametrize(
    ("name", "text"), [("users.json", "{}"), (".env", "export COZYGEN_AUTH_PASS='secret'\n")]
)
async def test_accounts_in_the_data_folder_count_as_a_login(
    comfyui: ComfyUI, pack: Path, serve: Serve, without_package: None, name: str, text: str
) -> None:
    data = comfyui.base / "user" / "__cozygen"
    data.mkdir()
    (data / name).write_text(text)
    comfyui.load_pack(pack)
    assert (await (await serve(comfyui)).post("/prompt", json={})).status == 503


@pytest.mark.parametrize(
    "problem", [RuntimeError("boom"), OSError("disk"), ImportError("no core"), ValueError("x")]
)
async def test_a_failure_while_attaching_with_a_login_closes_the_door(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch, problem: Exception
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_USER", "ann")
    monkeypatch.setenv("COZYGEN_AUTH_PASS", "correct horse")
    _broken(monkeypatch, problem)
    comfyui.load_pack(pack)
    assert (await (await serve(comfyui)).get("/queue")).status == 503


async def test_a_failure_while_attaching_without_a_login_leaves_comfyui_alone(
    comfyui: ComfyUI,
    pack: Path,
    serve: Serve,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    _broken(monkeypatch, RuntimeError("boom"))
    assert comfyui.load_pack(pack).NODE_CLASS_MAPPINGS == {}
    assert "boom" in caplog.text
    assert (await (await serve(comfyui)).get("/queue")).status == 200


async def test_beside_a_predecessor_with_a_login_the_door_is_closed(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_USER", "ann")
    monkeypatch.setenv("COZYGEN_AUTH_PASS", "correct horse")
    comfyui.nodes.NODE_CLASS_MAPPINGS["CozyGenOutput"] = type(
        "CozyGenOutput", (), {"RELATIVE_PYTHON_MODULE": "custom_nodes.NeonCozyGen"}
    )
    comfyui.load_pack(pack)
    answer = await (await serve(comfyui)).get("/queue")
    assert answer.status == 503
    assert "NeonCozyGen" in await answer.text()


def test_a_server_that_cannot_be_closed_does_not_start(
    comfyui: ComfyUI, pack: Path, without_package: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_USER", "ann")
    del comfyui.server.app
    with pytest.raises(SystemExit, match="cannot be enforced"):
        comfyui.load_pack(pack)


async def test_without_the_core_nodes_work_and_the_app_says_what_mends_it(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    _without_the_core(monkeypatch)
    module = comfyui.load_pack(pack)
    assert set(module.NODE_CLASS_MAPPINGS) == set(NODE_IDS)
    client = await serve(comfyui)
    for path in ("/cozygen", "/cozygen/", "/cozygen/api/gallery"):
        answer = await client.get(path)
        assert answer.status == 503
        body = await answer.json()
        assert body["error"] == "core_missing"
        assert "pip install cozygen" in body["message"]
    page = await client.get("/cozygen/", headers={"Accept": "text/html"})
    assert "pip install cozygen" in await page.text()
    assert (await client.get("/queue")).status == 200


async def test_without_the_core_but_with_a_login_the_door_is_closed(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_USER", "ann")
    monkeypatch.setenv("COZYGEN_AUTH_PASS", "correct horse")
    _without_the_core(monkeypatch)
    comfyui.load_pack(pack)
    assert (await (await serve(comfyui)).get("/queue")).status == 503


def test_another_version_than_pinned_is_said(
    comfyui: ComfyUI, pack: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    (pack / "requirements.txt").write_text("cozygen==9.9.9\n")
    comfyui.load_pack(pack)
    assert "9.9.9" in caplog.text
    assert "pip install cozygen==9.9.9" in caplog.text


def test_a_bare_checkout_without_the_wheel_uses_its_own_python(
    comfyui: ComfyUI, pack: Path, without_package: None
) -> None:
    package = pack / "cozygen"
    package.mkdir()
    (package / "__init__.py").write_text('__version__ = "0.0.1"\n')
    (package / "host").mkdir()
    (package / "host" / "__init__.py").write_text("")
    (package / "host" / "comfyui.py").write_text(
        "from types import SimpleNamespace\n"
        "def attach(mend, login_wanted):\n"
        "    return SimpleNamespace(nodes={}, display_names={'Mine': mend}, web_directory=None)\n"
    )
    sys.meta_path.pop(0)
    module: ModuleType = comfyui.load_pack(pack)
    assert "Mine" in module.NODE_DISPLAY_NAME_MAPPINGS
    assert Path(str(sys.modules["cozygen"].__file__)).parent == package


def test_the_boot_fixture_restores_the_modules(boot: Boot) -> None:
    boot()
    assert "folder_paths" in sys.modules


@pytest.mark.parametrize("name", ["COZYGEN_AUTH_USER", "COZYGEN_AUTH_PASS"])
@pytest.mark.parametrize("path", ["/", "/queue", "/api/prompt", "/ws", "/cozygen/", "/cozygen/api/health"])
async def test_a_22_half_a_login_closes_the_door_and_says_what_is_missing(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch, name: str, path: str
) -> None:
    monkeypatch.setenv(name, "correct horse battery")
    comfyui.load_pack(pack)
    answer = await (await serve(comfyui)).get(path)
    assert answer.status == 503
    assert "COZYGEN_AUTH_USER" in await answer.text()


async def test_with_a_login_only_the_app_and_the_sign_in_answer_a_stranger(
    comfyui: ComfyUI, pack: Path, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COZYGEN_AUTH_USER", "ann")
    monkeypatch.setenv("COZYGEN_AUTH_PASS", "correct horse battery")
    comfyui.load_pack(pack)
    client = await serve(comfyui)
    for path in (
        "/queue",
        "/api/queue",
        "/internal/logs",
        "/extensions/x",
        "/cozygen/api/gallery",
        "/nothing",
    ):
        assert (await client.get(path)).status == 401, path
    assert (await client.get("/cozygen/hello")).status == 200
