"""Orders from a file: lines grouped into orders, each told as one event of quiet history.

The file is read twice and never held: the first reading learns where each order ends, the second
tells an order as soon as its last line was read. Nothing is kept in memory but the orders' numbers
and the lines of those that are not complete yet.
"""

from collections.abc import Callable, Iterator

from msgspec import Struct

from innesco.connectors.importing.file import File, Hear, Row, rows
from innesco.connectors.importing.line import How, Line, Wrong, order_of, read
from innesco.connectors.importing.order import Kind, parts
from innesco.connectors.importing.tally import Tally

MOSTLY = 0.9


class Survey(Struct, frozen=True):
    """What the first reading learnt."""

    rows: int
    last: dict[str, int]  #: order → its last place in the file
    plain: bool  #: orders are plain numbers, as far as nearly all of them tell


class Refused(Struct, frozen=True):
    """A line that was not imported, for the list the shop keeper gets."""

    place: int
    reason: str
    said: dict[str, object]


Refuse = Callable[[Refused], None]


def survey(file: File, hear: Hear = lambda part: None) -> Survey:
    """Read the file once for the orders that are in it."""
    last: dict[str, int] = {}
    count = 0
    for row in rows(file, hear):
        count += 1
        order = _order(row)
        if order is not None:
            last[order] = row.place
    numbers = sum(order.isdigit() for order in last if not order.startswith(CANCELLATION))
    others = sum(not order.startswith(CANCELLATION) for order in last)
    return Survey(count, last, plain=numbers >= MOSTLY * others)


CANCELLATION = "c"
"""Many shops number a cancellation as its order with a C before it."""


def told(
    file: File,
    how: How,
    learnt: Survey,
    tally: Tally,
    refuse: Refuse,
    hear: Hear = lambda part: None,
) -> Iterator[bytes]:
    """An event for each order and refund, as JSON; the tally and the refusals fill on the way."""
    waiting: dict[str, list[Row]] = {}
    for row in rows(file, hear):
        order = _order(row)
        if order is None:
            wrong = row.wrong or "order is empty"
            _refuse(row, wrong, Kind.BAD, tally, refuse)
            continue
        waiting.setdefault(order, []).append(row)
        if learnt.last[order] == row.place:
            yield from _complete(order, waiting.pop(order), how, learnt, tally, refuse)


def _complete(
    order: str, lines: list[Row], how: How, learnt: Survey, tally: Tally, refuse: Refuse
) -> Iterator[bytes]:
    """All lines of one order: what each is, and the events that follow."""
    said = {row.place: row for row in lines}
    good: list[Line] = []
    kinds: list[Kind] = []
    strange = learnt.plain and not order.isdigit() and not order.startswith(CANCELLATION)
    for row in lines:
        if strange:
            reason = f"number begins with {order[0].upper()}, the others are plain numbers"
            kinds.append(_refuse(row, reason, Kind.NO_ORDER, tally, refuse))
            continue
        try:
            good.append(_same_customer(read(row.place, row.said, how), good))
        except Wrong as wrong:
            kinds.append(_refuse(row, str(wrong), Kind.BAD, tally, refuse))
    for part in parts(good, how.currency) if good else ():
        for line in part.lines:
            tally.row(part.kind, said[line.place].said)
        kinds.append(part.kind)
        tally.counts[part.kind].units += part.units
        tally.cut += part.cut > 0
        if part.event is not None:
            yield part.event
    tally.order(kinds, any(row.said.get("customer") or row.said.get("email") for row in lines))


def _same_customer(line: Line, before: list[Line]) -> Line:
    if before and (line.customer, line.email) != (before[0].customer, before[0].email):
        raise Wrong("another customer than the order's first line")
    return line


def _refuse(row: Row, reason: str, kind: Kind, tally: Tally, refuse: Refuse) -> Kind:
    tally.row(kind, row.said)
    tally.refuse(reason)
    refuse(Refused(row.place, reason, row.said))
    return kind


def _order(row: Row) -> str | None:
    try:
        return order_of(row.said) if row.wrong is None else None
    except Wrong:
        return None
