"""A-42 as a person meets it: the password is changed on a phone, and the desktop is signed out."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.auth.logins import OnDisk
from tests.auth.test_second_origin import browser, serving

__all__ = ["browser"]
SCRIPT = Path(__file__).with_name("change_password.mjs")
OLD, NEW = "first long password", "second long password"


def test_a_42_changing_the_password_in_the_app_signs_other_devices_out(
    tmp_path: Path,
    browser: dict[str, str],
) -> None:
    OnDisk(tmp_path).add_user("bob", OLD)
    with serving(tmp_path, {}) as base:
        done = subprocess.run(
            ["node", str(SCRIPT), base, "bob", OLD, NEW],
            env=browser,
            capture_output=True,
            text=True,
            timeout=90,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == {
        "refused": "The present password is wrong.",
        "phone": 200,
        "desktop": 401,
        "old": "The name or the password is wrong.",
        "fresh": 200,
    }
