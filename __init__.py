"""CozyGen's face in ComfyUI's `custom_nodes`: calls `cozygen.host.comfyui.attach()`.

Standard library only. Outside ComfyUI it does nothing. If a login is configured
and CozyGen cannot load, the door stays closed: every request to ComfyUI is
answered 503 with the sentence that mends it.
"""

import logging
import os
import sys
from importlib import util as _import_util
from pathlib import Path

_log = logging.getLogger("cozygen")
_HERE = Path(__file__).resolve().parent
# Any of these means that the owner wants a login, even if it is only half configured.
_LOGIN_SETTINGS = (
    "COZYGEN_AUTH_USER",
    "COZYGEN_AUTH_PASS",
    "COZYGEN_AUTH_USER_FILE",
    "COZYGEN_AUTH_PASS_FILE",
)
_ACCOUNTS = "users.json"
_ENV_FILE = ".env"

NODE_CLASS_MAPPINGS = {}
NODE_DISPLAY_NAME_MAPPINGS = {}
WEB_DIRECTORY = None
__all__ = ["NODE_CLASS_MAPPINGS", "NODE_DISPLAY_NAME_MAPPINGS", "WEB_DIRECTORY"]


def _inside_comfyui():
    """The running PromptServer, or None."""
    server = getattr(sys.modules.get("server"), "PromptServer", None)
    return getattr(server, "instance", None)


def _pinned_version():
    """The version this folder belongs to, as requirements.txt pins it."""
    try:
        lines = (_HERE / "requirements.txt").read_text(encoding="utf-8").splitlines()
    except OSError:
        return None
    pins = [line.split("==", 1)[1].strip() for line in lines if line.startswith("cozygen==")]
    return pins[0] if pins else None


def _mend():
    """The command that installs what is missing into this very Python."""
    version = _pinned_version()
    return f'"{sys.executable}" -m pip install cozygen' + (f"=={version}" if version else "")


def _make_importable():
    """Which `cozygen` is imported: a built checkout, else the installed one, else the bare checkout."""
    if "cozygen" in sys.modules:
        return
    built = any((_HERE / "cozygen_core").glob("_cozygen_core.*[od]")) and (_HERE / "cozygen").is_dir()
    if built or _import_util.find_spec("cozygen") is None:
        _import_from_here("cozygen")
        _import_from_here("cozygen_core")


def _import_from_here(name):
    """Make the package of this folder importable without putting the folder on `sys.path`."""
    face = _HERE / name / "__init__.py"
    if not face.is_file():
        return
    spec = _import_util.spec_from_file_location(name, face, submodule_search_locations=[str(face.parent)])
    module = _import_util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except ImportError:  # the core is not built: whoever needs it says so
        del sys.modules[name]


def _check_version():
    """Say so when the installed package and this folder are of different versions."""
    import cozygen

    pinned = _pinned_version()
    if pinned and cozygen.__version__ != pinned:
        _log.warning(
            "CozyGen %s is installed, but this folder is of %s. Run: %s - then restart ComfyUI.",
            cozygen.__version__,
            pinned,
            _mend(),
        )


def _login_wanted():
    """Whether a login is configured: by settings, or because accounts exist."""
    if any(os.environ.get(name) for name in _LOGIN_SETTINGS):
        return True
    data = _data_folder()
    return (data / _ACCOUNTS).exists() or _names_a_login(data / _ENV_FILE)


def _names_a_login(env_file):
    """Whether a `.env` mentions the login; one that cannot be read might."""
    try:
        return "COZYGEN_AUTH_" in env_file.read_text(encoding="utf-8", errors="replace")
    except FileNotFoundError:
        return False
    except OSError:
        return True


def _data_folder():
    """Where CozyGen keeps its documents inside ComfyUI."""
    named = os.environ.get("COZYGEN_DATA_DIR")
    if named:
        return Path(named).expanduser()
    import folder_paths

    return Path(folder_paths.get_user_directory(), "__cozygen")


def _close_door(prompt_server, sentence):
    """Answer every request with 503 and the sentence; a server that cannot be closed must not start."""
    app = getattr(prompt_server, "app", None)
    if app is None:
        raise SystemExit(f"CozyGen: a login is configured but cannot be enforced here. {sentence}")
    from aiohttp import web

    @web.middleware
    async def closed(request, handler):
        return web.Response(status=503, text=f"CozyGen keeps this server closed. {sentence}\n")

    app.middlewares.insert(0, closed)
    _log.critical("CozyGen keeps this server closed, because a login is configured. %s", sentence)


def _attach(prompt_server):
    """Load and attach; whatever goes wrong is said, and decides over the door."""
    try:
        _make_importable()
        from cozygen.host.comfyui import attach

        _check_version()
        return attach(_mend(), login_wanted=_login_wanted())
    except Exception as problem:  # noqa: BLE001 - whatever it is, the door must not stay open
        sentence = _sentence(problem)
        if _login_wanted():
            _close_door(prompt_server, sentence)
        else:
            _log.error("CozyGen is not loaded: %s", sentence)
        return None


def _sentence(problem):
    """What a person can do about it."""
    if type(problem).__name__ == "RefusedError":
        return str(problem)
    if isinstance(problem, ImportError):
        return f"It is not installed completely ({problem}). Run: {_mend()} - then restart ComfyUI."
    _log.error("CozyGen failed to load", exc_info=problem)
    return f"It failed to load ({type(problem).__name__}: {problem}). The log says more."


_server = _inside_comfyui()
if _server is not None:
    _attached = _attach(_server)
    if _attached is not None:
        NODE_CLASS_MAPPINGS = _attached.nodes
        NODE_DISPLAY_NAME_MAPPINGS = _attached.display_names
        WEB_DIRECTORY = _attached.web_directory
