"""Logins that the tests use, and users and sessions written straight to disk."""

from __future__ import annotations

import hashlib
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cozygen.access import Access
from cozygen.accounts.passwords import hash_password
from cozygen.accounts.records import SESSIONS_FORM, USERS_FORM, SessionRecord, fold
from cozygen.accounts.session_store import digest, new_token
from cozygen.storage.document_file import DocumentFile
from tests.conftest import Client

NAME = "Ann"
PASSWORD = "correct horse battery"
LOGIN = {"COZYGEN_AUTH_USER": NAME, "COZYGEN_AUTH_PASS": PASSWORD}
DAY = 86_400.0


def password_id_of(password: str) -> str:
    return hashlib.sha256(password.encode()).hexdigest()[:16]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def sign_in(client: Client, name: str = NAME, password: str = PASSWORD, **more: str) -> str:
    """A token of a new session; the client's cookies are left empty."""
    body = {"username": name, "password": password, **more}
    answer = await client.post("/cozygen/api/login", json=body)
    assert answer.status == 200, await answer.text()
    client.session.cookie_jar.clear()
    return str((await answer.json())["token"])


def _document(form: Any, folder: Path) -> DocumentFile:
    return DocumentFile(form, folder, lambda code, message, **details: None)


@dataclass
class OnDisk:
    """The two documents of a data folder, while no server or a running one uses them."""

    folder: Path

    def add_user(self, name: str, password: str = PASSWORD, access: Access = Access.ADMIN) -> None:
        def change(value: Any) -> None:
            entry = {"name": name, "access": access.value, "hash": hash_password(password)}
            value["users"][fold(name)] = {**entry, "password_id": password_id_of(password)}

        _document(USERS_FORM, self.folder).update(None, change)

    def remove_user(self, name: str) -> None:
        def change(value: Any) -> None:
            del value["users"][fold(name)]

        _document(USERS_FORM, self.folder).update(None, change)

    def add_session(self, name: str, password: str = PASSWORD, **changes: Any) -> str:
        """A session that began a minute ago; returns its token."""
        now, token = time.time(), new_token()
        record = SessionRecord(
            id=token[:8],
            name=name,
            password_id=password_id_of(password),
            device="a test",
            created=now - 60,
            used=now - 60,
            expires=now + 30 * DAY,
        )
        for key, value in changes.items():
            setattr(record, key, value)

        def change(value: Any) -> None:
            value["sessions"][digest(token)] = record.to_value()

        _document(SESSIONS_FORM, self.folder).update(None, change)
        return token

    def sessions(self) -> dict[str, Any]:
        found = _document(SESSIONS_FORM, self.folder).load().value["sessions"]
        assert isinstance(found, dict)
        return found
