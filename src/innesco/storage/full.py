"""A full disk, by whatever name the databases and the system call it."""

import errno
import shutil
from pathlib import Path

import sqlalchemy as sa

NO_ROOM = (errno.ENOSPC, errno.EDQUOT)
SAYS = ("is full", "No space left on device", "Disk quota exceeded")
"""SQLite's words, and those of the system as DuckDB passes them on."""

DISK_FULL = "53100"
"""PostgreSQL's SQLSTATE."""

SCARCE_SHARE = 0.10
SCARCE_BYTES = 5 * 1024**3
"""Room is scarce below a tenth of the disk, or below 5 GB where a tenth is more: a person needs
time to make some."""


def is_full(error: BaseException) -> bool:
    """Whether it failed for want of room: what was tried may be well again in a moment."""
    cause = error.orig if isinstance(error, sa.exc.DBAPIError) else error
    if isinstance(cause, OSError) and cause.errno in NO_ROOM:
        return True
    return getattr(cause, "sqlstate", None) == DISK_FULL or any(say in str(cause) for say in SAYS)


def is_scarce(data: Path) -> bool:
    """Whether somebody should make room before the disk is full."""
    usage = shutil.disk_usage(data)
    return usage.free < min(usage.total * SCARCE_SHARE, SCARCE_BYTES)
