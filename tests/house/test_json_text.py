"""JSON that ComfyUI and file names really hold."""

from __future__ import annotations

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cozygen.storage.json_text import JsonTextError, dumps, loads

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


def test_nan_reads_as_null() -> None:
    assert loads(b'{"is_changed": [NaN, Infinity, -Infinity]}') == {"is_changed": [None, None, None]}


def test_nan_is_written_as_null() -> None:
    assert dumps({"a": [math.nan, math.inf], "huge": 2**70}) == b'{"a":[null,null],"huge":%d}' % 2**70


def test_a_seed_beyond_64_bits_stays_exact() -> None:
    assert loads(dumps(2**64 + 1)) == 2**64 + 1


def test_a_name_that_is_not_utf8_does_not_break_the_listing() -> None:
    name = b"caf\xe9.png".decode("utf-8", "surrogateescape")
    assert json.loads(dumps({"name": name}))["name"] == name


def test_a_byte_order_mark_is_skipped() -> None:
    assert loads(b'\xef\xbb\xbf{"a": 1}') == {"a": 1}


@pytest.mark.parametrize("text", [b"", b"{", b"\x00" * 10, b"{'a': 1}", b"\xff\xfe{", b"[" * 200_000, b"nan"])
def test_what_is_not_json_is_said_to_be_none(text: bytes) -> None:
    with pytest.raises(JsonTextError):
        loads(text)


@given(PLAIN)
def test_what_is_written_reads_back_the_same(value: object) -> None:
    assert loads(dumps(value)) == value
    assert loads(dumps(value, indent=True)) == value
