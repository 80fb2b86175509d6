"""Signed tokens: links and logins that prove who sent somebody here, for one purpose only.

`confirm.k1.PAYLOAD.SIGNATURE`, base64url; HMAC-SHA256 over purpose, key name and payload (RFC
2104). A token of one purpose is refused for another, an older key still verifies, nothing else
does. The payload is ids only and can be read by anybody: no secret belongs in it.
"""

import base64
import hashlib
import hmac
from datetime import datetime
from enum import StrEnum

import msgspec
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
    about: dict[str, str]  #: `{"email": …}`, `{"message": key, "link": id}`
    expires: datetime | None = None


class Secrets(Struct, frozen=True):
    """Signing keys by name, newest first: the first signs, all verify."""

    keys: tuple[tuple[str, bytes], ...]


class _Payload(Struct, frozen=True, array_like=True):
    workspace: str
    about: dict[str, str]
    expires: int | None


def sign(token: Token, secrets: Secrets) -> str:
    """The token as text that fits in a URL."""
    name, key = secrets.keys[0]
    expires = int(token.expires.timestamp()) if token.expires else None
    payload = _b64(msgspec.json.encode(_Payload(token.workspace, token.about, expires)))
    body = f"{token.purpose}.{name}.{payload}"
    return f"{body}.{_b64(_signature(key, body))}"


def verify(text: str, purpose: Purpose, secrets: Secrets, now: datetime) -> Token | None:
    """The token, when it was signed for this purpose with one of these keys and still holds."""
    parts = text.split(".")
    if len(parts) != 4 or parts[0] != purpose or len(text) > 4096 or not text.isascii():
        return None
    key = dict(secrets.keys).get(parts[1])
    body = text.rpartition(".")[0]
    if key is None or not hmac.compare_digest(_b64(_signature(key, body)), parts[3]):
        return None
    payload = msgspec.json.decode(_unb64(parts[2]), type=_Payload)
    if payload.expires is not None and now.timestamp() >= payload.expires:
        return None
    expires = datetime.fromtimestamp(payload.expires, now.tzinfo) if payload.expires else None
    return Token(purpose, payload.workspace, payload.about, expires)


def workspace_of(text: str) -> str | None:
    """Which workspace's keys to verify with; believed only after `verify`."""
    parts = text.split(".")
    if len(parts) != 4 or len(text) > 4096:
        return None
    try:
        return msgspec.json.decode(_unb64(parts[2]), type=_Payload).workspace
    except ValueError:
        return None


def _signature(key: bytes, body: str) -> bytes:
    return hmac.new(key, body.encode(), hashlib.sha256).digest()


def _b64(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unb64(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
