"""Writes docs/api.md and the document for the browser's types: `make contract`; `--check` compares."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from cozygen.api import ENDPOINTS
from cozygen.http.openapi import document
from tests.conftest import CHECKOUT
from tests.contract.api_page import page

PAGE = CHECKOUT / "docs" / "api.md"


def main(arguments: list[str]) -> int:
    """Write `openapi.json` to the named file and the page; with `--check` say what is out of date."""
    made = document(ENDPOINTS)
    Path(arguments[0]).write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = page(made)
    if "--check" not in arguments:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
        return 0
    print("docs/api.md is not what the table says: run `make contract`.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
