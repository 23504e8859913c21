"""The pictures of a run become items of the gallery as it gets to know them, late ones too."""

from __future__ import annotations

from typing import Any

import pytest

from cozygen.runs.output_items import GalleryItems


class Gallery:
    """Knows each file after it was asked for it so many times."""

    def __init__(self, **after: int) -> None:
        self.after = after

    async def id_of(self, subfolder: str, filename: str) -> str | None:
        self.after[filename] = self.after.get(filename, 10_000) - 1
        return f"id-{filename}" if self.after[filename] < 0 else None


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cozygen.runs.output_items._LOOK_AGAIN_S", (0.0,) * 50)


def files(*names: str, **more: Any) -> list[dict[str, Any]]:
    return [{"filename": name, "subfolder": "", "type": "output", **more} for name in names]


async def test_what_is_known_first_is_told_first() -> None:
    items, made = GalleryItems(Gallery(a=0, b=30)), files("a", "b")
    assert await items.find(made)
    assert [file.get("id") for file in made] == ["id-a", None]
    assert await items.find(made)
    assert [file.get("id") for file in made] == ["id-a", "id-b"]
    assert not await items.find(made), "nothing is left to find"


@pytest.mark.parametrize("made", [[], files("gone"), files("preview", type="temp")])
async def test_what_never_comes_is_given_up(made: list[dict[str, Any]]) -> None:
    assert not await GalleryItems(Gallery()).find(made)
