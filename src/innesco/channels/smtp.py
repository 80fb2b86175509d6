"""What a mail server's answer means for the message, by its codes (RFC 5321 §4.2, RFC 3463)."""

import re

from innesco.channels.channel import Broken, Receipt, Refused, TryAgain

ENHANCED = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")

GONE = {"5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"}
"""The mailbox or its domain does not exist. Policy refusals (5.7.x) are about us and pass again."""

OURS = {530, 534, 535, 538}
"""The server does not want our login: no message can help that."""


def receipt(code: int, text: str) -> Receipt:
    """`550 5.1.1 No such user` refuses for good, `451 4.7.1 Greylisted` says: try again."""
    said = readable(f"{code} {' '.join(text.split())}")[:300]
    if code in OURS:
        return Broken(said)
    if 400 <= code < 500:
        return TryAgain(said)
    return Refused(said, suppress=gone(text))


def readable(text: str) -> str:
    """What may be kept of an answer: some servers speak Latin-1, which comes as surrogates."""
    return text.encode(errors="replace").decode()


def gone(text: str) -> bool:
    """Whether the server says that nobody lives there; a bare 550 is not enough to be sure."""
    found = ENHANCED.search(text)
    return found is not None and found[0] in GONE
