"""Waiting for something to come true, with an end."""

import time
from collections.abc import Callable


def until(true: Callable[[], bool], seconds: float) -> bool:
    """Asks twice a second; False when the time is over."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(0.5)
    return True
