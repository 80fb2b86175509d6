"""Python's garbage collector, told that what was loaded at the start will stay.

It would look through all of it again and again, in the middle of answers: the slowest of a
hundred answers of the door took 220 ms, and 15 ms after this. Live holds a hundred thousand
people, none of whom is garbage: it spent a quarter of its time looking.
"""

import gc


def settle() -> None:
    """Once, when everything is loaded."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
