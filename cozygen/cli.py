"""The command line: `cozygen serve` and its companions."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from cozygen import __version__
from cozygen.env_file import load_for_server
from cozygen.settings import Settings, SettingsError, option_fields, option_name

REFUSED = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (2: refused, with one sentence)."""
    arguments = _parser().parse_args(argv)
    try:
        settings = load_for_server(_options(arguments), os.environ)
        return int(arguments.run(settings, arguments))
    except SettingsError as error:
        return refuse(str(error))


def refuse(sentence: str) -> int:
    """Say why nothing was done, on stderr."""
    print(f"cozygen: {sentence}", file=sys.stderr)
    return REFUSED


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="cozygen", description="ComfyUI away from the graph editor.")
    parser.add_argument("--version", action="version", version=f"cozygen {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    _add_serve(commands)
    _add_migrate(commands)
    _add_user(commands)
    _add_tags(commands)
    _add_thumbs(commands)
    return parser


def _add_serve(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("serve", help="serve the app and the API")
    add_settings(command)
    command.set_defaults(run=_serve)


def _add_migrate(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    command = commands.add_parser("migrate", help="take over what a predecessor kept")
    command.add_argument(
        "--from", dest="source", metavar="FOLDER", required=True, help="its folder; only read"
    )
    add_settings(command)
    command.set_defaults(run=_migrate)


def _add_user(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    user = commands.add_parser("user", help="who may sign in; passwords are asked for or read from stdin")
    actions = user.add_subparsers(required=True, metavar="ACTION", dest="action")
    for action, text in (
        ("add", "add a user"),
        ("passwd", "set a user's password and sign the user out everywhere"),
        ("list", "list the users"),
        ("remove", "remove a user; what the user owns stays"),
    ):
        command = actions.add_parser(action, help=text)
        if action != "list":
            command.add_argument("name", metavar="NAME")
        if action == "add":
            levels = ["view", "queue", "delete", "admin"]
            command.add_argument("--access", choices=levels, default="admin", help="what the user may do")
        command.add_argument("--data-dir", dest="setting_data_dir", metavar="DIR", default=argparse.SUPPRESS)
        command.set_defaults(run=_user)


def _add_tags(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    tags = commands.add_parser("tags", help="work with the tag lists")
    actions = tags.add_subparsers(required=True, metavar="ACTION")
    command = actions.add_parser("import", help="check tag lists and add them")
    command.add_argument("files", metavar="FILE", nargs="+", help="a list in any format of docs/tags.md")
    add_settings(command)
    command.set_defaults(run=_import_tags)


def _add_thumbs(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    thumbs = commands.add_parser("thumbs", help="look after the thumbnails")
    actions = thumbs.add_subparsers(required=True, metavar="ACTION", dest="action")
    for action, text in (
        ("warm", "make the thumbnails that are missing, the newest first"),
        ("stats", "say what the cache holds"),
        ("clear", "remove all cached thumbnails"),
    ):
        command = actions.add_parser(action, help=text)
        add_settings(command)
        command.set_defaults(run=_thumbs)


def add_settings(command: argparse.ArgumentParser) -> None:
    """Add every setting as an option; unset ones stay out of the namespace."""
    for entry in option_fields():
        command.add_argument(
            option_name(entry.name),
            dest="setting_" + entry.name,
            metavar=entry.name.rsplit("_", 1)[-1].upper(),
            default=argparse.SUPPRESS,
            help=entry.metadata["help"],
        )


def _options(arguments: argparse.Namespace) -> dict[str, str]:
    prefix = "setting_"
    return {name[len(prefix) :]: value for name, value in vars(arguments).items() if name.startswith(prefix)}


def _serve(settings: Settings, arguments: argparse.Namespace) -> int:
    # Imported here so that `cozygen --version` answers at once.
    from cozygen.serve import ServeRefusedError, serve

    try:
        serve(settings)
    except ServeRefusedError as error:
        return refuse(str(error))
    return 0


def _migrate(settings: Settings, arguments: argparse.Namespace) -> int:
    from cozygen.migrate import is_source, migrate
    from cozygen.storage.data_dir import default_data_folder

    source = Path(arguments.source).expanduser().absolute()
    if not source.is_dir() or not is_source(source):
        return refuse(f"there is nothing of a predecessor in {source}.")
    data = settings.data_dir or default_data_folder(os.environ)
    lines = list(migrate(source, data, settings.workflows_dir or data / "workflows"))
    for line in lines:
        print(line.text)
    return 0 if all(line.good for line in lines) else 1


def _user(settings: Settings, arguments: argparse.Namespace) -> int:
    from cozygen.accounts.commands import UserCommands
    from cozygen.errors import CozyGenError
    from cozygen.storage.data_dir import default_data_folder

    folder = settings.data_dir or default_data_folder(os.environ)
    commands = UserCommands(folder, print, settings.auth_user)
    try:
        if arguments.action == "add":
            commands.add(arguments.name, arguments.access)
        elif arguments.action == "list":
            commands.list()
        else:
            getattr(commands, arguments.action)(arguments.name)
    except CozyGenError as error:
        return refuse(error.message)
    return 0


def _thumbs(settings: Settings, arguments: argparse.Namespace) -> int:
    import asyncio

    from cozygen.build_thumbs import build_thumbs, every_place
    from cozygen.host.places import decide_folders
    from cozygen.thumbs import commands

    folders = decide_folders(settings, cwd=Path.cwd(), environ=os.environ)
    thumbs = build_thumbs(settings, folders)

    async def work() -> int:
        try:
            if arguments.action == "warm":
                places = every_place(settings, folders)
                return 1 if await commands.warm(thumbs, places, os.cpu_count() or 1, print) else 0
            if arguments.action == "clear":
                await commands.clear(thumbs, print)
            else:
                commands.stats(thumbs, print)
            return 0
        finally:
            await thumbs.close()

    return asyncio.run(work())


def _import_tags(settings: Settings, arguments: argparse.Namespace) -> int:
    from cozygen.storage.data_dir import default_data_folder
    from cozygen.tags import import_lists

    data = settings.data_dir or default_data_folder(os.environ)
    files = [Path(name).expanduser().absolute() for name in arguments.files]
    return 1 if import_lists(data, files, print) else 0


if __name__ == "__main__":
    raise SystemExit(main())
