"""Fold: case, accents and spaces are settled once; engines then compare plain characters."""

import unicodedata
from functools import lru_cache


@lru_cache(maxsize=100_000)
def fold(text: str) -> str:
    """`Caffè  LATTE ` and `caffe latte` are one word: NFKC, casefold, no accents, single spaces."""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    bare = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(unicodedata.normalize("NFC", bare).split())
