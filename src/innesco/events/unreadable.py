"""Why an event that strict JSON cannot read can never be one, with the place where it went wrong.

Python's own reader takes what JSON forbids – `NaN`, half a surrogate pair, numbers of any length –
so it finds the value over which the strict one stumbles. It is asked only about what is refused.
"""

import json

from innesco.events.event import Dropped

DEEPEST = 32
LARGEST = 2**53
TOO_DEEP = f"nested deeper than {DEEPEST}"
TOO_LARGE = "a number beyond 2^53 is not exact everywhere"
NO_NUMBER = "NaN and Infinity are no numbers"
HALF = "half a surrogate pair is no character"
NO_TEXT = "bytes that are no UTF-8"


def unreadable(raw: bytes, error: Exception) -> Dropped:
    """The value that is at fault, else what the strict reader said."""
    if isinstance(error, RecursionError):
        return Dropped(TOO_DEEP)
    try:
        found = _odd(json.loads(raw, parse_int=_whole), "", 1)
    except RecursionError:
        return Dropped(TOO_DEEP)
    except UnicodeError:
        return Dropped(NO_TEXT)
    except ValueError:
        found = None  # for Python too it is no JSON
    return found or _said(error)


def _whole(digits: str) -> int:
    """Python refuses to read thousands of digits; that they are too many is all we want to know."""
    return int(digits[:20])


def _said(error: Exception) -> Dropped:
    """msgspec names the place: `Expected `str`, got `array` - at `$.event``."""
    if isinstance(error, UnicodeError):
        return Dropped(NO_TEXT)
    reason, _, place = str(error).partition(" - at `$")
    return Dropped(reason[:200], place.strip("`.")[:200])


def _odd(value: object, place: str, depth: int) -> Dropped | None:
    if depth > DEEPEST + 1:
        return Dropped(TOO_DEEP, place)
    match value:
        case bool() | None:
            return None
        case float() if value != value or abs(value) == float("inf"):
            return Dropped(NO_NUMBER, place)
        case int() | float() if abs(value) > LARGEST:
            return Dropped(TOO_LARGE, place)
        case str() if not _whole_text(value):
            return Dropped(HALF, place)
        case dict():
            inner = [(name, f"{place}.{name}".lstrip(".")[-200:]) for name in value]
            return next(filter(None, (_odd(value[n], at, depth + 1) for n, at in inner)), None)
        case list():
            each = enumerate(value)
            return next(filter(None, (_odd(v, f"{place}[{n}]", depth + 1) for n, v in each)), None)
    return None


def _whole_text(text: str) -> bool:
    return not any("\ud800" <= letter <= "\udfff" for letter in text)
