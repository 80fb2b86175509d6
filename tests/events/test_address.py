"""Addresses: every way of writing one is one, and stays what it is when it is read again."""

import pytest
from hypothesis import given, strategies as st

from innesco.events.address import email


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (" Anna.Rossi@Example.COM ", "anna.rossi@example.com"),
        ("anna@bücher.example", "anna@xn--bcher-kva.example"),
        ("anna@BÜCHER.example", "anna@xn--bcher-kva.example"),
        ("anna@xn--bcher-kva.example", "anna@xn--bcher-kva.example"),
        ("josé@example.com", "josé@example.com"),
        ("anna@" + "ü" * 63 + ".example", None),
        ("anna@", None),
        ("anna@exa mple.com", None),
    ],
)
def test_one_way_to_write_it(typed, kept):
    assert email(typed) == kept


@given(st.text("aZİß.é用-@", min_size=1, max_size=8), st.text("aZİß.ü子-", min_size=1, max_size=8))
def test_read_again_it_is_the_same(local, domain):
    once = email(f"{local}@{domain}.example")
    assert once is None or email(once) == once
    assert once is None or once.rpartition("@")[2].isascii()
