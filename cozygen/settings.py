"""Every setting of CozyGen, read once into one frozen object.

A setting is a field with its default, its help and the words it accepts. The
command line, the `COZYGEN_*` variables and `docs/settings.md` come from here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, Final

PREFIX: Final = "COZYGEN_"
_TRUE: Final = frozenset({"1", "true", "yes", "on"})
_FALSE: Final = frozenset({"0", "false", "no", "off", ""})


class SettingsError(ValueError):
    """A setting cannot be used; the message says which, and what it takes."""


def _text(value: str) -> str:
    return value.strip()


def _name(value: str) -> str:
    return unicodedata.normalize("NFC", value.strip())


def _password(value: str) -> str:
    # Never trimmed: what is typed at the sign-in is not trimmed either.
    return value


def _lifetime(value: str) -> int:
    seconds = _whole(value)
    if seconds < 60:
        raise ValueError("takes at least 60 seconds")
    return seconds


def _port(value: str) -> int:
    number = _whole(value)
    if not 0 <= number <= 65535:
        raise ValueError("takes a number from 0 to 65535")
    return number


def _whole(value: str) -> int:
    try:
        return int(value)
    except ValueError:
        raise ValueError("takes a whole number") from None


def _flag(value: str) -> bool:
    word = value.strip().lower()
    if word in _TRUE:
        return True
    if word in _FALSE:
        return False
    raise ValueError("takes yes or no")


def _folder(value: str) -> Path:
    return Path(value).expanduser().absolute()


def _folders(value: str) -> tuple[Path, ...]:
    return tuple(_folder(part) for part in value.split(";") if part.strip())


def _words(value: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in value.split(",") if word.strip())


def _one_of(*choices: str) -> Callable[[str], str]:
    def parse(value: str) -> str:
        word = value.strip().lower()
        if word not in choices:
            raise ValueError("takes " + " or ".join(choices))
        return word

    return parse


def setting(
    default: Any, parse: Callable[[str], Any], text: str, *, shown: str = "", secret: bool = False
) -> Any:
    """Declare one setting: its default, its parser and its help text.

    `shown` stands for the default in the docs where the value would not help.
    A `secret` may also be read from the file named by `COZYGEN_<NAME>_FILE`
    and is no option of the command line, where other people could read it.
    """
    metadata = {"parse": parse, "help": text, "shown": shown, "secret": secret}
    # A secret must not turn up in a log with the settings.
    return field(default=default, repr=not secret, metadata=metadata)


@dataclass(frozen=True, kw_only=True)
class Settings:
    """All settings. Folders are absolute; None means "decide by the place"."""

    host: str = setting("127.0.0.1", _text, "address to listen on; 0.0.0.0 for the whole LAN")
    port: int = setting(8189, _port, "port to listen on; 0 picks a free one")
    output_dir: Path | None = setting(
        None, _folder, "folder with the pictures", shown="ComfyUI's, else under the data folder"
    )
    input_dir: Path | None = setting(
        None, _folder, "folder with the input pictures", shown="ComfyUI's, else under the data folder"
    )
    models_dir: Path | None = setting(
        None, _folder, "folder with the models", shown="ComfyUI's, else under the data folder"
    )
    workflows_dir: Path | None = setting(
        None, _folder, "folder with the workflows", shown="`workflows` in the data folder"
    )
    data_dir: Path | None = setting(
        None, _folder, "folder with the documents and caches", shown="see docs/settings.md"
    )
    comfyui: str = setting("", _text, "address of a running ComfyUI to use", shown="none")
    comfyui_shared: bool = setting(
        False, _flag, "the ComfyUI of `--comfyui` writes into this server's output folder: nothing is fetched"
    )
    extra_output_dirs: tuple[Path, ...] = setting(
        (), _folders, "further folders to show in the gallery, separated by `;`", shown="none"
    )
    linked_roots: tuple[Path, ...] = setting(
        (), _folders, "folders that links inside the roots may lead to, separated by `;`", shown="none"
    )
    auth_user: str = setting("", _name, "name of the login", shown="no login", secret=True)
    auth_pass: str = setting("", _password, "password of the login", shown="no login", secret=True)
    auth_scope: str = setting(
        "all", _one_of("all", "cozygen"), "what the login guards: all of the server, or CozyGen's own routes"
    )
    auth_ttl: int = setting(30 * 86400, _lifetime, "seconds after which a session ends for good")
    auth_idle: int = setting(7 * 86400, _lifetime, "seconds without use after which a session ends")
    trusted_proxies: tuple[str, ...] = setting(
        (), _words, "addresses of reverse proxies whose X-Forwarded-* headers count", shown="none"
    )
    allowed_hosts: tuple[str, ...] = setting(
        (), _words, "names under which the server may be called without a login", shown="this machine's own"
    )
    thumb_cache_mb: int = setting(2048, _whole, "size of the thumbnail cache on disk, in MB")
    warm: str = setting(
        "no",
        _one_of("no", "idle", "always"),
        "make thumbnails ahead: not, while no prompt runs and nobody looks, or always",
    )
    max_pixels: int = setting(200_000_000, _whole, "largest picture to make a thumbnail of, in pixels")
    upload_mb: int = setting(100, _whole, "largest file that may be uploaded, in MB")
    watch: bool = setting(True, _flag, "watch the folders for new pictures")
    rest_while_running: bool = setting(
        True, _flag, "let the reading of metadata rest while ComfyUI works on a prompt"
    )


def env_name(name: str) -> str:
    """Name of the variable for a field: `data_dir` → `COZYGEN_DATA_DIR`."""
    return PREFIX + name.upper()


def option_name(name: str) -> str:
    """Name of the option for a field: `data_dir` → `--data-dir`."""
    return "--" + name.replace("_", "-")


def option_fields() -> list[Field[Any]]:
    """The fields that are also options of the command line, in order."""
    return [entry for entry in fields(Settings) if not entry.metadata["secret"]]


def load(options: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """Read all settings; an option beats its variable, a variable its default.

    Raises SettingsError with a sentence that names the setting.
    """
    values: dict[str, Any] = {}
    for entry in fields(Settings):
        found = _raw(entry, options, environ)
        if found is not None:
            values[entry.name] = _parse(entry, *found)
    settings = Settings(**values)
    _check_login(settings)
    return settings


def _check_login(settings: Settings) -> None:
    """Half a login would lock everybody out, or nobody."""
    if bool(settings.auth_user) == bool(settings.auth_pass):
        return
    there, missing = ("USER", "PASS") if settings.auth_user else ("PASS", "USER")
    raise SettingsError(
        f"COZYGEN_AUTH_{there} is set without COZYGEN_AUTH_{missing}: set both for a login, or neither."
    )


def _raw(entry: Field[Any], options: Mapping[str, str], environ: Mapping[str, str]) -> tuple[str, str] | None:
    name = env_name(entry.name)
    if entry.name in options:
        return option_name(entry.name), options[entry.name]
    if name in environ:
        return name, environ[name]
    if entry.metadata["secret"] and environ.get(name + "_FILE"):
        return name + "_FILE", _secret_file(name + "_FILE", environ[name + "_FILE"])
    return None


def _secret_file(name: str, path: str) -> str:
    try:
        return Path(path).expanduser().read_text(encoding="utf-8").rstrip("\r\n")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: the file cannot be read ({type(error).__name__}).") from error


def _parse(entry: Field[Any], source: str, raw: str) -> Any:
    try:
        return entry.metadata["parse"](raw)
    except ValueError as error:
        raise SettingsError(f"{source} {error}, not {raw!r}.") from error


def settings_table() -> str:
    """The Markdown table of all settings, for docs/settings.md."""
    rows = ["| option | variable | default | what it is |", "| --- | --- | --- | --- |"]
    for entry in fields(Settings):
        secret = entry.metadata["secret"]
        option = "–" if secret else f"`{option_name(entry.name)}`"
        variable = f"`{env_name(entry.name)}`" + (" (or `…_FILE`)" if secret else "")
        rows.append(f"| {option} | {variable} | {_default(entry)} | {entry.metadata['help']} |")
    return "\n".join(rows) + "\n"


def _default(entry: Field[Any]) -> str:
    if entry.metadata["shown"]:
        return str(entry.metadata["shown"])
    assert entry.default is not MISSING
    return f"`{'yes' if entry.default is True else entry.default}`"
