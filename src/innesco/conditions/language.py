"""Saying a condition in words: every condition and operator writes its own sentence."""

from collections.abc import Iterable
from typing import Literal

Language = Literal["en", "it"]


def say(language: Language, en: str, it: str) -> str:
    """The sentence in the language asked for; both stand side by side where they are written."""
    return it if language == "it" else en


def listed(language: Language, parts: Iterable[str], en: str, it: str) -> str:
    """`Milano, Torino or Bari`: the last two joined by the word given."""
    said = list(parts)
    word = say(language, en, it)
    return f"{', '.join(said[:-1])} {word} {said[-1]}" if len(said) > 1 else "".join(said)


def quoted(text: str) -> str:
    """A marketer's own word, set off from ours."""
    return f"“{text}”"


def plain(number: float) -> str:
    """`3` for 3.0, else the number as it is."""
    return str(int(number)) if float(number).is_integer() else repr(number)
