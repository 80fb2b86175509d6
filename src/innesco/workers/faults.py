"""Faults: which are the world's and may pass, and what is kept of one that an event makes."""

import sqlalchemy as sa

from innesco.definitions.definitions import NotADefinition
from innesco.events.event import Dropped

OUTSIDE = (OSError, MemoryError, sa.exc.OperationalError, sa.exc.InterfaceError, NotADefinition)
"""Faults of the world around, which may be gone in a moment: the batch is tried again."""

MOST_FAULTS = 20
"""In one row; each costs another reading of it, and live is one for everybody."""


def at_fault(fault: Exception) -> Dropped:
    """The fault by its kind only: its words may repeat what the event says of somebody."""
    return Dropped(f"could not be learnt: {type(fault).__name__}; please report it")
