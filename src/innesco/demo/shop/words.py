"""Words of the shop's pages, Italian and English side by side in `texts.json`."""

from functools import cache
from pathlib import Path

import msgspec

FILE = Path(__file__).parent / "texts.json"


@cache
def words(language: str) -> dict[str, str]:
    """`words("it")["cart"]` is `Carrello`."""
    return msgspec.json.decode(FILE.read_bytes(), type=dict[str, dict[str, str]])[language]
