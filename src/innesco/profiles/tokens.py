"""Signed tokens: links and logins that prove who sent somebody here, for one purpose only.

`confirm.k1.WORKSPACE.SEALED`: what a token says is sealed with AES-SIV (RFC 5297), which hides and
authenticates it at once and needs no random number: the same token is the same text. A token of
one purpose is refused for another, an older key still opens, a changed letter does not. So an
address may stand in a link without being read by whoever sees the link.
"""

import base64
import hashlib
from datetime import UTC, datetime
from enum import StrEnum
from functools import lru_cache

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESSIV
from msgspec import Struct


class Purpose(StrEnum):
    CONFIRM = "confirm"  #: double opt-in: says that the mailbox is hers
    UNSUBSCRIBE = "unsubscribe"  #: never expires and allows nothing else
    CLICK = "click"  #: a link in a message: verifies whom it was sent to
    CART = "cart"  #: rebuilds a cart on any device
    LOGIN = "login"  #: made by the shop's server: this browser is logged in as this user


class Token(Struct, frozen=True):
    purpose: Purpose
    workspace: str
    about: dict[str, str]  #: `{"email": …}`, `{"message": key, "link": id}`; sealed
    expires: datetime | None = None


class Secrets(Struct, frozen=True):
    """Signing keys by name, newest first: the first signs, all verify."""

    keys: tuple[tuple[str, bytes], ...]


class _Payload(Struct, frozen=True, array_like=True):
    about: dict[str, str]
    expires: int | None


LONGEST = 4096


def sign(token: Token, secrets: Secrets) -> str:
    """The token as text that fits in a URL."""
    name, key = secrets.keys[0]
    expires = int(token.expires.timestamp()) if token.expires else None
    open_part = f"{token.purpose}.{name}.{token.workspace}"
    payload = msgspec.msgpack.encode(_Payload(token.about, expires))
    return f"{open_part}.{_b64(_sealer(key).encrypt(payload, [open_part.encode()]))}"


def verify(text: str, purpose: Purpose, secrets: Secrets, now: datetime) -> Token | None:
    """The token, when it was sealed for this purpose with one of these keys and still holds."""
    parts = text.split(".")
    key = dict(secrets.keys).get(parts[1]) if len(parts) == 4 and parts[0] == purpose else None
    if key is None or len(text) > LONGEST:
        return None
    try:
        sealed = _unb64(parts[3])
        opened = _sealer(key).decrypt(sealed, [text.rpartition(".")[0].encode()])
    except (InvalidTag, ValueError):
        return None
    if _b64(sealed) != parts[3]:
        return None  # base64 has several spellings of the same bytes; only ours counts
    payload = msgspec.msgpack.decode(opened, type=_Payload)
    if payload.expires is not None and now.timestamp() >= payload.expires:
        return None
    expires = datetime.fromtimestamp(payload.expires, UTC) if payload.expires else None
    return Token(purpose, parts[2], payload.about, expires)


LOGINS = (Purpose.CLICK, Purpose.CONFIRM, Purpose.CART, Purpose.LOGIN)
"""Tokens that prove who is in front of the browser; an unsubscribe link proves nothing."""


def proven(text: str, workspace: str, secrets: Secrets, now: datetime) -> dict[str, str] | None:
    """What a token proves, when it was signed for a login in this workspace and still holds."""
    purpose = next((one for one in LOGINS if text.startswith(f"{one}.")), None)
    token = verify(text, purpose, secrets, now) if purpose else None
    return token.about if token and token.workspace == workspace else None


def workspace_of(text: str) -> str | None:
    """Which workspace's keys to verify with; believed only after `verify`."""
    parts = text.split(".")
    return parts[2] if len(parts) == 4 and len(text) <= LONGEST else None


@lru_cache(maxsize=64)
def _sealer(key: bytes) -> AESSIV:
    return AESSIV(hashlib.sha512(b"innesco token" + key).digest())


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
