"""Patience with guessers: so many tries in a while from one network or for one address, no more."""

from collections import OrderedDict
from datetime import datetime, timedelta

WHILE = timedelta(minutes=15)
PER_ADDRESS, PER_NETWORK = 10, 50
MOST_KEPT = 50_000


class Patience:
    """Counts tries by key and forgets them after a while; one for each running web role."""

    def __init__(self) -> None:
        self._tries: OrderedDict[str, list[datetime]] = OrderedDict()

    def lost(self, key: str, most: int, now: datetime) -> int:
        """Seconds until `key` may try again; 0 = now, and this try is counted."""
        recent = [one for one in self._tries.get(key, []) if one > now - WHILE]
        if len(recent) >= most:
            return int((recent[0] + WHILE - now).total_seconds()) + 1
        self._tries[key] = [*recent, now]
        self._tries.move_to_end(key)
        while len(self._tries) > MOST_KEPT:
            self._tries.popitem(last=False)
        return 0

    def forgive(self, key: str) -> None:
        """The right password was given."""
        self._tries.pop(key, None)
