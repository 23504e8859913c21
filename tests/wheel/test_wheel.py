"""The wheel: one for every Python from 3.10, holding exactly what it should, serving the app by itself."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from fnmatch import fnmatch
from pathlib import Path

import pytest

from tests.conftest import CHECKOUT

pytestmark = pytest.mark.wheel
HERE = Path(__file__).parent
FORBIDDEN = re.compile(r"\.rs$|\.pyc$|/tests/|/node_modules/|\.map$|/\.env|users\.json|sessions|Cargo\.")


@pytest.fixture(scope="module")
def wheel() -> Path:
    """The wheel that `make wheel` built last."""
    built = sorted((CHECKOUT / "dist").glob("cozygen-*.whl"), key=lambda path: path.stat().st_mtime)
    assert built, "run `make wheel` first"
    return built[-1]


@pytest.fixture(scope="module")
def names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(name for name in archive.namelist() if not name.endswith("/"))


def _tracked_modules() -> set[str]:
    answer = subprocess.run(
        ["git", "ls-files", "cozygen", "cozygen_core"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    return {name for name in answer.stdout.split() if name.endswith(".py")}


def test_it_is_one_wheel_for_all_pythons(wheel: Path) -> None:
    assert re.fullmatch(r"cozygen-[\d.]+-cp310-abi3-[\w.]+\.whl", wheel.name)


def test_it_holds_every_python_module_and_no_other(names: list[str]) -> None:
    assert {name for name in names if name.endswith(".py")} == _tracked_modules()


def test_it_holds_what_the_golden_list_says(names: list[str]) -> None:
    lines = (HERE / "contents.txt").read_text(encoding="utf-8").splitlines()
    patterns = [line for line in lines if line and not line.startswith("#")]
    others = [name for name in names if not name.endswith(".py")]
    unnamed = [name for name in others if not any(fnmatch(name, line.lstrip("?")) for line in patterns)]
    needed = [line for line in patterns if not line.startswith("?")]
    idle = [pattern for pattern in needed if not any(fnmatch(name, pattern) for name in others)]
    assert (unnamed, idle) == ([], [])


def test_nothing_private_or_needless_is_in_it(names: list[str]) -> None:
    assert [name for name in names if FORBIDDEN.search(name)] == []


def test_it_says_its_version_in_one_voice(wheel: Path) -> None:
    version = wheel.name.split("-")[1]
    cargo = (CHECKOUT / "Cargo.toml").read_text(encoding="utf-8")
    assert f'\nversion = "{version}"\n' in cargo
    assert (CHECKOUT / "requirements.txt").read_text(encoding="utf-8") == f"cozygen=={version}\n"


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with nothing but the wheel and what it asks for."""
    folder = tmp_path_factory.mktemp("fresh")
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    uv = Path(sys.executable).with_name("uv")
    subprocess.run(
        [str(uv), "pip", "install", "--quiet", "--python", str(folder / "bin" / "python"), str(wheel)],
        check=True,
    )
    return folder


def test_installed_alone_it_serves_the_app(installed: Path, tmp_path: Path) -> None:
    command = [
        str(installed / "bin" / "cozygen"),
        "serve",
        "--port",
        "0",
        "--data-dir",
        str(tmp_path / "data"),
    ]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    with subprocess.Popen(
        command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, text=True
    ) as server:
        try:
            assert server.stdout is not None
            line = server.stdout.readline()
            match = re.search(r"http://\S+/cozygen/", line)
            assert match is not None, line
            page = _get(match[0])
            assert '<div id="root"' in page
            script = re.search(r'src="\./(assets/[^"]+\.js)"', page)
            assert script is not None
            assert len(_get(match[0] + script[1])) > 10_000
        finally:
            server.send_signal(signal.SIGTERM)
    assert server.returncode == 0


def _get(url: str) -> str:
    deadline = time.monotonic() + 10
    while True:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def test_importing_it_has_no_side_effect(installed: Path) -> None:
    script = (
        "import sys, cozygen, cozygen.nodes\n"
        "assert 'aiohttp' not in sys.modules and 'cozygen.app' not in sys.modules\n"
        "assert 'torch' not in sys.modules and 'folder_paths' not in sys.modules\n"
    )
    subprocess.run([str(installed / "bin" / "python"), "-W", "error", "-c", script], check=True)


@pytest.mark.parametrize("release", ["0.3.64", "newest"])
def test_pip_changes_nothing_of_a_comfyui(wheel: Path, release: str) -> None:
    """What pip chooses for ComfyUI alone is what it chooses for ComfyUI with CozyGen; ours only adds."""
    wanted = HERE / f"comfyui-{release}.txt"
    alone = _resolved(wanted)
    together = _resolved(wanted, str(wheel))
    assert {name: together.get(name) for name in alone} == alone
    added = set(together) - set(alone)
    assert {"cozygen", "orjson", "rapidfuzz", "argon2-cffi", "itsdangerous"} <= added
    assert added <= ALLOWED_ADDITIONS


# ours, and what argon2-cffi and an older ComfyUI's list need with them
ALLOWED_ADDITIONS = {
    "cozygen",
    "orjson",
    "rapidfuzz",
    "argon2-cffi",
    "argon2-cffi-bindings",
    "cffi",
    "pycparser",
    "itsdangerous",
    "filelock",
}


def _resolved(requirements: Path, *more: str) -> dict[str, str]:
    """Name to version, as pip's resolver would install them."""
    uv = Path(sys.executable).with_name("uv")
    extra = "\n".join(f"cozygen @ file://{path}" for path in more)
    answer = subprocess.run(
        [str(uv), "pip", "compile", "--quiet", "--no-header", "--no-annotate", str(requirements), "-"],
        input=extra,
        capture_output=True,
        text=True,
        check=True,
    )
    pairs = [re.match(r"([\w.-]+)\s*(?:==\s*(\S+)|@)", line) for line in answer.stdout.splitlines()]
    return {pair[1]: pair[2] or "" for pair in pairs if pair is not None}
