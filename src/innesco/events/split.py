"""Finding the events in a body that strict JSON refuses, by brackets, quotes and commas alone.

Real clients write more than JSON: Python's `json` writes NaN, a cut emoji leaves half a surrogate
pair, a careless plug-in nests a thousand lists. Such an event will be refused by itself when it is
admitted; here its neighbours are saved.
"""

import json
import re
from collections.abc import Iterator

_TOKEN = re.compile(rb'"(?:[^"\\]++|\\.)*+"|[\[{]++|[\]}]++|[,:]', re.DOTALL)


class Unsplit(Exception):
    """No JSON, whichever way one reads it."""


def tolerate(body: bytes) -> None:
    """Passes what is JSON but for NaN, Infinity, half surrogates and its depth; else `Unsplit`."""
    try:
        # numbers stay texts: int() refuses one of 5,000 digits, which is one event's own fault
        json.loads(body.decode(errors="replace"), parse_int=str, parse_float=str)
    except ValueError as error:
        raise Unsplit(str(error)) from None
    except RecursionError:
        pass  # deeper than Python reads: the brackets alone must do


def fields(body: bytes) -> dict[str, bytes]:
    """The values of an object by their names, as bytes; of two with one name the last."""
    found = {}
    for item in _items(body, b"{", b":"):
        name, colon, value = item
        if not colon:
            raise Unsplit("an object's field without a value")
        found[_name(name)] = value.strip()
    return found


def items(body: bytes) -> list[bytes]:
    """The values of a list, as bytes."""
    return [value.strip() for value, _, _ in _items(body, b"[", b"")]


def _name(quoted: bytes) -> str:
    try:
        return str(json.loads(quoted.decode(errors="replace")))
    except ValueError as error:
        raise Unsplit(str(error)) from None


def _items(body: bytes, opening: bytes, divider: bytes) -> Iterator[tuple[bytes, bytes, bytes]]:
    """What stands between the commas of the outermost brackets, parted at the first `divider`."""
    body = body.strip()
    if body[:1] != opening:
        raise Unsplit(f"expected {opening.decode()}")
    depth, start, divided = 0, 1, 0
    for token in _TOKEN.finditer(body):
        first = body[token.start()]
        if first in b"[{":
            depth += token.end() - token.start()
        elif first in b"]}":
            depth -= token.end() - token.start()
            if depth <= 0:
                break
        elif depth != 1 or first in b'"':
            continue
        elif first in b",":
            yield _parted(body, start, divided, token.start())
            start, divided = token.end(), 0
        elif first in divider and not divided:
            divided = token.start()
    if depth or token.end() != len(body):
        raise Unsplit("its brackets do not close where it ends")
    if body[start : token.end() - 1].strip():
        yield _parted(body, start, divided, token.end() - 1)


def _parted(body: bytes, start: int, divided: int, end: int) -> tuple[bytes, bytes, bytes]:
    if not divided:
        return body[start:end], b"", b""
    return body[start:divided], b":", body[divided + 1 : end]
