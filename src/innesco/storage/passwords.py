"""Passwords: Argon2id, slow on purpose, and just as slow for accounts that do not exist."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 12, 256

_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_nobodys = _hasher.hash(secrets.token_urlsafe())


def hashed(password: str) -> str:
    """What is stored; takes some 20 ms of a core, so not in the event loop."""
    return _hasher.hash(password)


def fits(password: str, stored: str | None) -> bool:
    """Whether it is the password; without a stored one the same work is done, in vain."""
    try:
        right = _hasher.verify(stored or _nobodys, password)
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None
