"""A full disk, by whatever name the databases and the system call it."""

import errno

import sqlalchemy as sa

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
SAYS = ("is full", "No space left on device", "Disk quota exceeded")
"""SQLite's words, and those of the system as DuckDB passes them on."""

DISK_FULL = "53100"
"""PostgreSQL's SQLSTATE."""


def is_full(error: BaseException) -> bool:
    """Whether it failed for want of room: what was tried may be well again in a moment."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, OSError) and cause.errno in NO_ROOM:
        return True
    return getattr(cause, "sqlstate", None) == DISK_FULL or any(say in str(cause) for say in SAYS)
