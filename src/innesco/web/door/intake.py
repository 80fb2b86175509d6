"""Taking a request's body in: with a bound on its bytes, on its time, and on what gzip unpacks."""

import asyncio
import zlib

from innesco.web.door.answers import Receive, Refused

GZIP = b"\x1f\x8b"
BOM = b"\xef\xbb\xbf"
SLOWEST_SECONDS = 30.0


class HungUp(Exception):
    """The client left before it had said everything: nobody is there to be answered."""


async def take_in(receive: Receive, most: int) -> bytes | Refused:
    """The body, inflated; gzip is told by its first two bytes, since headers are often wrong."""
    message = await receive()
    if message.get("more_body"):
        try:
            async with asyncio.timeout(SLOWEST_SECONDS):
                body = await _rest(_part(message), receive, most)
        except TimeoutError:
            return Refused(408, "too_slow", f"the body took longer than {SLOWEST_SECONDS:.0f} s")
    else:
        body = _part(message)
    if len(body) > most:
        return too_large(most)
    return inflated(body, most) if body.startswith(GZIP) else body.removeprefix(BOM)


def inflated(body: bytes, most: int) -> bytes | Refused:
    """Unpacks no more than `most` bytes, however much a small bomb promises."""
    inflater = zlib.decompressobj(wbits=zlib.MAX_WBITS | 16)
    try:
        plain = inflater.decompress(body, most + 1)
    except zlib.error:
        return Refused(400, "bad_gzip", "it begins like gzip and is none")
    if len(plain) > most:
        return too_large(most)
    if not inflater.eof:
        return Refused(400, "bad_gzip", "the gzip ends too early")
    if inflater.unused_data:
        return Refused(400, "bad_gzip", "something stands after the end of the gzip")
    return plain.removeprefix(BOM)


def too_large(most: int) -> Refused:
    return Refused(413, "too_large", f"at most {most} bytes a request, unpacked")


async def _rest(first: bytes, receive: Receive, most: int) -> bytes:
    parts, size, more = [first], len(first), True
    while more and size <= most:
        message = await receive()
        parts.append(_part(message))
        size += len(parts[-1])
        more = message.get("more_body", False)
    return b"".join(parts)


def _part(message: dict[str, object]) -> bytes:
    if message["type"] == "http.disconnect":
        raise HungUp
    body = message.get("body", b"")
    assert isinstance(body, bytes)
    return body
