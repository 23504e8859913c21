"""`cozygen user add | passwd | list | remove`: the console on the server can always reset."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from cozygen.access import Access
from cozygen.accounts.records import SESSIONS_FORM, USERS_FORM, fold
from cozygen.accounts.user_book import Change, add_user, remove_user, set_password
from cozygen.errors import InvalidError
from cozygen.storage.data_dir import prepare
from cozygen.storage.document_file import DocumentFile
from cozygen.storage.document_format import DocumentFormat

Say = Callable[[str], None]


class UserCommands:
    """The four commands over one data folder; a running server follows within seconds."""

    def __init__(self, folder: Path, say: Say, settings_name: str = "") -> None:
        self._folder = folder
        self._say = say
        self._settings_name = settings_name

    def add(self, name: str, access: str) -> None:
        """Add a user; raises InvalidError or ConflictError."""
        change = add_user(name, read_password(), Access(access), settings_name=self._settings_name)
        self._change(change)
        self._say(f"{name} can sign in now ({access}). Accounts are kept in {self._folder}.")

    def passwd(self, name: str) -> None:
        """Set a password; all sessions and tokens of the user end."""
        if self._settings_name and fold(name) == fold(self._settings_name):
            raise InvalidError(f"The password of {name} is COZYGEN_AUTH_PASS; change it there.")
        self._change(set_password(name, read_password()))
        self._say(f"The password of {name} is set; everywhere else {name} is signed out.")

    def list(self) -> None:
        """Print the users, one a line."""
        users = self._load(USERS_FORM)["users"]
        sessions = self._load(SESSIONS_FORM)["sessions"].values()
        for key in sorted(users):
            entry = users[key]
            live = [one for one in sessions if one["password_id"] == entry["password_id"]]
            self._say(f"{entry['name']}\t{entry['access']}\t{len(live)} sessions and tokens")
        if self._settings_name:
            self._say(f"{self._settings_name}\tadmin\tfrom the settings")
        if not users and not self._settings_name:
            self._say(f"There are no users in {self._folder}: everybody may do everything.")

    def remove(self, name: str) -> None:
        """Remove a user; what they own stays."""
        self._change(remove_user(name))
        self._say(f"{name} cannot sign in any more.")
        if not self._load(USERS_FORM)["users"] and not self._settings_name:
            self._say("That was the last user: there is no login now, and everybody may do everything.")

    def _change(self, change: Change) -> None:
        prepare(self._folder, self._notify)
        self._document(USERS_FORM).update(None, change)

    def _load(self, form: DocumentFormat) -> dict[str, Any]:
        return self._document(form).load().value

    def _document(self, form: DocumentFormat) -> DocumentFile:
        return DocumentFile(form, self._folder, self._notify)

    def _notify(self, code: str, message: str, **details: Any) -> None:
        self._say(message)


def read_password() -> str:
    """From the keyboard, unseen and twice; else one line of the standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise InvalidError("The two passwords differ.")
    return password
