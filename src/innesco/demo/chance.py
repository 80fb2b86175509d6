"""Chance: what a simulated shopper does by luck, as a hash of its name and of nothing else.

A generator of random numbers gives other numbers when somebody else draws first. Here each draw
has a name – seed, shopper, day, which one – so neither batches nor neighbours change it.
"""

import math
from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import Struct

from innesco.conditions.share import draw

One = TypeVar("One")


class Dice(Struct, frozen=True):
    """The luck of one shopper in one simulation."""

    seed: int
    whose: str

    def share(self, *what: object) -> float:
        """Evenly in [0, 1): `share("visit", day)`."""
        return draw("/".join(map(str, (self.seed, *what))), self.whose)

    def happens(self, chance: float, *what: object) -> bool:
        return self.share(*what) < chance

    def between(self, least: float, most: float, *what: object) -> float:
        return least + (most - least) * self.share(*what)

    def after(self, mean: float, *what: object) -> float:
        """A waiting time, mostly short and now and then long (exponential), of this mean."""
        return -mean * math.log1p(-self.share(*what))

    def one_of(self, options: Sequence[One], *what: object) -> One:
        return options[int(self.share(*what) * len(options))]

    def weighed(self, weights: Mapping[One, float], *what: object) -> One:
        """One of them, by their weights."""
        left = self.share(*what) * sum(weights.values())
        for option, weight in weights.items():
            left -= weight
            if left < 0:
                return option
        return list(weights)[-1]
