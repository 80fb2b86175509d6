"""Fold: case, accents and spaces are settled once; engines then compare plain characters."""

import unicodedata
from functools import lru_cache


def fold(text: str) -> str:
    """`Caffè  LATTE ` and `caffe latte` are one word: NFKC, casefold, no accents, single spaces."""
    if text.isascii():
        return " ".join(text.lower().split())  # the same, ten times as fast
    return _folded(text)


@lru_cache(maxsize=100_000)
def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).split())
