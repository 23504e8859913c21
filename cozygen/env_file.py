"""The file `.env` beside the data: settings that survive a start from an icon.

Only `COZYGEN_*` lines count, and they stay in CozyGen: the environment of the
process, which ComfyUI and every other pack share, is never written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cozygen.settings import PREFIX, Settings, SettingsError, env_name, load

NAME: Final = ".env"
_LARGEST: Final = 64 * 1024
_LINE: Final = re.compile(r"(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)\s*=\s*(.*)")
_QUOTED: Final = re.compile(r"""(["'])(.*)\1(?:\s+#.*)?""")
_COMMENT: Final = re.compile(r"(?:^|\s)#.*$")


def with_env_file(folder: Path, environ: Mapping[str, str]) -> dict[str, str]:
    """`environ` plus what `.env` in the data folder adds; a variable that is set beats the file.

    Raises SettingsError when the file is there but cannot be read: a login may be in it.
    """
    path = folder / NAME
    try:
        if not path.exists():
            return dict(environ)
        text = path.read_bytes()[:_LARGEST].decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"The file .env in the data folder cannot be read ({type(error).__name__})."
        ) from error
    return {**parse(text), **environ}


def load_for_server(options: Mapping[str, str], environ: Mapping[str, str]) -> Settings:
    """The settings of `cozygen …`: options, variables, then `.env` in the data folder they name."""
    # Inside ComfyUI this file is read while ComfyUI waits for its packs; there the folder is known.
    from cozygen.storage.data_dir import default_data_folder

    named = options.get("data_dir") or environ.get(env_name("data_dir"))
    folder = Path(named).expanduser().absolute() if named else default_data_folder(environ)
    return load(options, with_env_file(folder, environ))


def parse(text: str) -> dict[str, str]:
    """`COZYGEN_NAME=value` by line; `export`, quotes and comments as in a shell. The last line wins."""
    found = {}
    for line in text.splitlines():
        match = _LINE.fullmatch(line.strip())
        if match is not None and match.group(1).startswith(PREFIX):
            found[match.group(1)] = _value(match.group(2))
    return found


def _value(raw: str) -> str:
    quoted = _QUOTED.fullmatch(raw)
    return quoted.group(2) if quoted else _COMMENT.sub("", raw).rstrip()
