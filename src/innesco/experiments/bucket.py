"""Bucket: a stable draw between 0 and 1, identical in Python, SQL, Spark and the browser."""

import hashlib


def bucket(salt: str, unit: str) -> float:
    """First 13 hex digits of SHA-256 of `salt:unit` (52 bits), as a number in [0, 1)."""
    digest = hashlib.sha256(f"{salt}:{unit}".encode()).hexdigest()
    return int(digest[:13], 16) / 16**13
