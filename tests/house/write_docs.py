"""Writes the generated part of docs/settings.md between its markers: `make docs`."""

from __future__ import annotations

import re

from cozygen.settings import settings_table
from tests.conftest import CHECKOUT

BLOCK = re.compile(r"(<!-- settings -->\n).*?(<!-- end -->)", re.DOTALL)


def main() -> None:
    page = CHECKOUT / "docs" / "settings.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(BLOCK.sub(lambda match: match[1] + settings_table() + match[2], text), encoding="utf-8")


if __name__ == "__main__":
    main()
