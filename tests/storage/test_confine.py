"""Where a client's path meets the disk: what is inside, and what is refused."""

from __future__ import annotations

import os
from pathlib import Path, PurePath, PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cozygen.errors import ForbiddenError, InvalidError, NotFoundError
from cozygen.storage.confine import is_inside, relative_parts, resolve_inside

# Weighted towards what has fooled others.
_PIECES = st.sampled_from(
    [
        "..",
        ".",
        "/",
        "\\",
        "//",
        "\\\\",
        "C:",
        "c:/",
        "~",
        "%2e%2e",
        "\0",
        "\n",
        "a",
        "b.png",
        " ",
        "x:y",
        "?",
        "é",
    ]
)
PATHS = st.one_of(st.text(max_size=80), st.lists(_PIECES, max_size=12).map("".join))
ROOTS: dict[str, PurePath] = {"posix": PurePosixPath("/data/out"), "nt": PureWindowsPath("C:/data/out")}


@pytest.mark.parametrize(("system", "root"), ROOTS.items())
@settings(max_examples=2000, deadline=None)
@given(text=PATHS)
@example(text="..\\..")
@example(text="C:x")
@example(text="a/C:x")
@example(text="\\\\?\\C:\\x")
@example(text="\udcff")
def test_p_48_what_is_let_through_stays_inside_on_posix_and_windows(
    system: str, root: PurePath, text: str
) -> None:
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "name", system)
            names = relative_parts(text)
    except (ForbiddenError, InvalidError):
        return
    joined = root.joinpath(*names)
    assert joined.parts[: len(root.parts)] == root.parts
    assert ".." not in joined.parts
    assert joined.drive == root.drive


@settings(max_examples=500, deadline=None)
@given(PATHS)
def test_p_48_the_disk_says_the_same(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    root = tmp_path_factory.getbasetemp()
    try:
        path = resolve_inside(root, text)
    except (ForbiddenError, InvalidError):
        return
    assert is_inside(path, root.resolve())


@pytest.mark.parametrize(
    "text", ["..", "a/../..", "/", "/a", "C:a", "c:/a", "\\\\host\\a", "//host/a", "..\\a"]
)
def test_p_01_to_p_11_what_leaves_is_forbidden(text: str) -> None:
    with pytest.raises(ForbiddenError):
        relative_parts(text)


@pytest.mark.parametrize("text", ["a\0b", "a\nb", "a\rb", "\x7f", "\t"])
def test_p_18_p_19_control_characters_are_no_name(text: str) -> None:
    with pytest.raises(InvalidError):
        relative_parts(text)


@pytest.mark.parametrize("text", ["%2e%2e/a", "~/a", "$HOME", "．．／a", "*", "a\u202eb"])
def test_p_06_p_23_p_37_p_38_odd_names_are_names(tmp_path: Path, text: str) -> None:
    assert is_inside(resolve_inside(tmp_path, text), tmp_path)


def test_p_25_a_sibling_with_the_same_beginning_is_outside(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "output2").mkdir()
    (tmp_path / "out" / "link").symlink_to(tmp_path / "output2")
    with pytest.raises(ForbiddenError):
        resolve_inside(tmp_path / "out", "link")
    assert resolve_inside(tmp_path / "out", "link", linked_roots=[tmp_path / "output2"])


def test_p_29_a_root_that_is_a_link_is_resolved_once(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "root").symlink_to(tmp_path / "real")
    assert resolve_inside(tmp_path / "root", "a") == (tmp_path / "real" / "a").resolve()


@pytest.mark.parametrize(
    "text", ["CON", "nul.png", "com1", "a/LPT9.txt", "a.png:stream", "a.png::$DATA", "a.", "a "]
)
def test_p_14_p_15_p_16_windows_refuses_what_names_something_else_there(
    monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    monkeypatch.setattr(os, "name", "nt")
    with pytest.raises(ForbiddenError):
        relative_parts(text)


@pytest.mark.parametrize("text", ["a" * 256, "é" * 128, "a/" * 101, "a/b" * 1400])
def test_p_35_p_36_what_no_disk_holds_is_refused_before_it_is_asked(text: str) -> None:
    with pytest.raises(InvalidError):
        relative_parts(text)


def test_p_30_links_in_a_circle_are_not_found(tmp_path: Path) -> None:
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(NotFoundError):
        resolve_inside(tmp_path, "loop/a")
