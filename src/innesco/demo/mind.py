"""Mind: what a simulated shopper carries from one visit to the next, and to their mailbox."""

from datetime import datetime

from msgspec import Struct, field


class Mind(Struct):
    """Changed only by what the shopper does, in the order in which they do it."""

    visits: int = 0
    carts: int = 0  #: how many were begun, so that each has a name of its own
    cart: str = ""  #: id of the one in hand, empty when there is none
    lines: dict[str, int] = field(default_factory=dict)  #: SKU → quantity
    last_visit: datetime | None = None  #: when the last one ended, or will end
    gave_address: bool = False
    orders: int = 0
    mails: list[datetime] = field(default_factory=list)  #: marketing that came, newest last
    letters: int = 0  #: all mails that came

    def forget_cart(self) -> None:
        self.cart, self.lines = "", {}
