"""The tally: what became of every row and order of a file; its sums are the file's own numbers."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from innesco.connectors.importing.order import KEPT, Kind


class Count(Struct):
    rows: int = 0
    orders: int = 0
    without_customer: int = 0  #: of the orders
    price_zero: int = 0  #: of the rows
    price_negative: int = 0  #: of the rows
    units: int = 0  #: minor units

    def __add__(self, other: "Count") -> "Count":
        names = self.__struct_fields__
        return Count(*(getattr(self, name) + getattr(other, name) for name in names))


class Tally(Struct):
    """Filled while a file is read."""

    counts: dict[Kind, Count] = field(default_factory=lambda: {kind: Count() for kind in Kind})
    reasons: dict[str, int] = field(default_factory=dict)  #: rows refused, by reason
    cut: int = 0  #: orders with more products than one event holds
    mixed: int = 0  #: orders whose lines were not all of one kind

    def row(self, kind: Kind, said: Mapping[str, object]) -> None:
        """One row more; its price is looked at as the file says it."""
        count = self.counts[kind]
        count.rows += 1
        price = _plain(said.get("price"))
        count.price_zero += price == 0
        count.price_negative += price is not None and price < 0

    def order(self, kinds: Iterable[Kind], anybody: bool) -> None:
        """One order more: counted once, where most of it went that was kept."""
        distinct = list(dict.fromkeys(kinds))
        first = next((kind for kind in distinct if kind in KEPT), distinct[0])
        self.mixed += len(distinct) > 1
        self.counts[first].orders += 1
        self.counts[first].without_customer += not anybody

    def refuse(self, reason: str) -> None:
        self.reasons[reason] = self.reasons.get(reason, 0) + 1

    @property
    def sums(self) -> Count:
        return sum(self.counts.values(), Count())


def _plain(price: object) -> float | None:
    try:
        return float(str(price).replace(",", "."))
    except ValueError:
        return None
