"""An edition: one publication of a segment, whose members are counted anew behind the one in use.

It is published at a place of the log. From there on whoever does something is asked by it too; all
others are asked at once, as of one moment (`built`), and once every one of those answers is kept
it is `whole` and serves. Until then the edition before it serves.
"""

from datetime import datetime

from msgspec import Struct


class Built(Struct, frozen=True):
    """All were asked as of a moment; the answers count from this place of the log on."""

    seq: int
    at: datetime


class Edition(Struct, frozen=True):
    """`vip@812`: the segment *vip* as it was published at place 812 of the log."""

    segment: str
    seq: int
    hash: str  #: of its document
    built: Built | None = None
    whole: int | None = None  #: since which place it serves

    @property
    def key(self) -> str:
        """Under which a person's membership is kept."""
        return f"{self.segment}@{self.seq}"

    @property
    def last(self) -> int:
        """The last place at which something was said of it."""
        return max(self.seq, self.built.seq if self.built else 0, self.whole or 0)


class Move(Struct, frozen=True, gc=False):
    """Somebody entered or left an edition's members, and what made it so."""

    edition: str
    moment: datetime
    seq: int
    entered: bool
    because: str  #: the name of an event, `time`, `published` or `merged`
