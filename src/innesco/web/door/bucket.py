"""The token bucket of the public key: what one network may say before it is asked to wait."""

import math
from collections.abc import Hashable

MOST_BUCKETS = 50_000


class Buckets:
    """For each (key, network) a bucket that refills at `rate` and holds at most `burst`."""

    def __init__(self, rate: float, burst: float) -> None:
        self._rate = rate
        self._burst = burst
        self._left: dict[Hashable, tuple[float, float]] = {}

    def take(self, whose: Hashable, tokens: float, now: float) -> int:
        """Takes the tokens and answers 0, or leaves them and answers the seconds to wait."""
        left = self._filled(whose, now)
        if left < tokens:
            return math.ceil((tokens - left) / self._rate)
        if len(self._left) >= MOST_BUCKETS and whose not in self._left:
            self._forget_full(now)
        self._left[whose] = (left - tokens, now)
        return 0

    def _filled(self, whose: Hashable, now: float) -> float:
        left, since = self._left.get(whose, (self._burst, now))
        return min(self._burst, left + (now - since) * self._rate)

    def _forget_full(self, now: float) -> None:
        """A full bucket is as good as none; when all are in use, the oldest half starts anew."""
        used = [one for one in self._left.items() if self._filled(one[0], now) < self._burst]
        self._left = dict(used[-MOST_BUCKETS // 2 :])
