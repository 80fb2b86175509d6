"""Waiting for something to come true, with an end."""

import time
from collections.abc import Callable


def until(true: Callable[[], bool], seconds: float, pause: float = 0.5) -> bool:
    """Asks again and again; False when the time is over."""
    end = time.monotonic() + seconds
    while not true():
        if time.monotonic() > end:
            return False
        time.sleep(pause)
    return True
