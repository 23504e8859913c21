"""Settings: options beat variables, variables beat defaults, and nonsense is refused by name."""

from __future__ import annotations

from pathlib import Path

import pytest

from cozygen.settings import Settings, SettingsError, env_name, load, settings_table
from tests.conftest import CHECKOUT


def test_without_anything_the_server_listens_on_this_machine_only() -> None:
    settings = load({}, {})
    assert (settings.host, settings.port) == ("127.0.0.1", 8189)


def test_a_variable_beats_the_default_and_an_option_beats_the_variable() -> None:
    assert load({}, {"COZYGEN_PORT": "9000"}).port == 9000
    assert load({"port": "9001"}, {"COZYGEN_PORT": "9000"}).port == 9001


def test_folders_are_absolute_and_the_home_folder_is_expanded() -> None:
    settings = load({"output_dir": "~/pictures", "data_dir": "here"}, {})
    assert settings.output_dir == Path.home() / "pictures"
    assert settings.data_dir == Path.cwd() / "here"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("COZYGEN_PORT", "eighty"),
        ("COZYGEN_PORT", "65536"),
        ("COZYGEN_PORT", "-1"),
        ("COZYGEN_PORT", ""),
        ("COZYGEN_WATCH", "maybe"),
        ("COZYGEN_AUTH_SCOPE", "some"),
        ("COZYGEN_AUTH_TTL", "1.5"),
    ],
)
def test_a_value_that_makes_no_sense_is_refused_and_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=name):
        load({}, {name: value})


def test_a_password_can_come_from_a_file(tmp_path: Path) -> None:
    secret = tmp_path / "password"
    secret.write_text("correct horse\n")
    found = load({}, {"COZYGEN_AUTH_USER": "ann", "COZYGEN_AUTH_PASS_FILE": str(secret)})
    assert found.auth_pass == "correct horse"
    assert "correct horse" not in repr(found)


def test_a_password_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match="COZYGEN_AUTH_PASS_FILE"):
        load({}, {"COZYGEN_AUTH_PASS_FILE": str(tmp_path / "absent")})


def test_settings_cannot_be_changed_after_the_start() -> None:
    with pytest.raises(AttributeError):
        load({}, {}).port = 1  # type: ignore[misc]  # this is what must not work


def test_the_docs_list_exactly_the_settings_there_are() -> None:
    text = (CHECKOUT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert settings_table() in text, "run: make docs"
    for name in Settings.__dataclass_fields__:
        assert env_name(name) in text
