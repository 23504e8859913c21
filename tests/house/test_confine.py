"""Paths from clients never leave their root (reliability cases P-*)."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cozygen.errors import CozyGenError, ForbiddenError, InvalidError
from cozygen.storage.confine import is_inside, relative_parts, resolve_inside


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "root" / "sub").mkdir(parents=True)
    (tmp_path / "root_private").mkdir()
    (tmp_path / "root_private" / "secret.png").write_bytes(b"x")
    return tmp_path / "root"


def test_a_plain_name_stays_where_it_is(root: Path) -> None:
    assert resolve_inside(root, "sub", "a.png") == root / "sub" / "a.png"


def test_empty_parts_and_dots_mean_the_root(root: Path) -> None:
    assert resolve_inside(root, "", "./", "sub/.") == root / "sub"


def test_windows_separators_are_separators(root: Path) -> None:
    assert resolve_inside(root, "sub\\a.png") == root / "sub" / "a.png"


@pytest.mark.parametrize(
    "path",
    [
        "..",
        "../root_private/secret.png",
        "sub/../../x",
        "sub\\..\\..\\x",
        "/etc/passwd",
        "\\etc",
        "//host/x",
        "C:\\x",
        "c:x",
        "a/../b",
    ],
)
def test_a_path_that_could_leave_is_refused(root: Path, path: str) -> None:
    with pytest.raises(ForbiddenError):
        resolve_inside(root, path)


@pytest.mark.parametrize("path", ["a\x00.png", "a\nb", "\x7f", "x\r"])
def test_control_characters_are_refused(root: Path, path: str) -> None:
    with pytest.raises(InvalidError):
        resolve_inside(root, path)


def test_a_name_that_no_disk_holds_is_refused(root: Path) -> None:
    with pytest.raises(InvalidError):
        resolve_inside(root, "a" * 5000)


def test_a_link_out_of_the_root_is_refused(root: Path) -> None:
    (root / "out").symlink_to(root.parent / "root_private")
    with pytest.raises(ForbiddenError):
        resolve_inside(root, "out", "secret.png")


def test_a_link_to_a_declared_folder_is_followed(root: Path) -> None:
    other = root.parent / "root_private"
    (root / "out").symlink_to(other)
    assert resolve_inside(root, "out/secret.png", linked_roots=[other]) == other / "secret.png"


def test_a_link_loop_stays_inside_or_is_refused(root: Path) -> None:
    (root / "a").symlink_to(root / "b")
    (root / "b").symlink_to(root / "a")
    assert is_inside(resolve_inside(root, "a"), root)


def test_a_root_that_is_itself_a_link_works(root: Path) -> None:
    link = root.parent / "link"
    link.symlink_to(root)
    assert resolve_inside(link, "sub") == root / "sub"


def test_a_sibling_with_the_same_prefix_is_outside(root: Path) -> None:
    assert not is_inside(root.parent / "root_private", root)


@given(
    st.lists(st.sampled_from(["..", ".", "", "sub", "/", "\\", "a", "C:", "%2e", "\x00", "…"]), max_size=8)
)
@example(["..", "/", "..", "/", "sub"])
def test_no_mix_of_parts_ever_leaves(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    root = tmp_path_factory.getbasetemp() / "fixed"
    root.mkdir(exist_ok=True)
    try:
        found = resolve_inside(root, "".join(parts))
    except CozyGenError:
        return
    assert is_inside(found, Path(os.path.realpath(root)))


@given(st.text(max_size=30))
def test_parts_never_hold_a_separator_or_a_dot_dot(text: str) -> None:
    try:
        parts = relative_parts(text)
    except CozyGenError:
        return
    assert all(part not in ("", ".", "..") and "/" not in part and "\\" not in part for part in parts)
