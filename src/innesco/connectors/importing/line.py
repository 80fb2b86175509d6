"""One line of an order as a file says it: checked and read, or refused with its reason."""

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from zoneinfo import ZoneInfo

from msgspec import Struct

from innesco.events.admit import OLDEST
from innesco.events.fold import fold
from innesco.events.money import MOST

NEEDED = ("order", "product", "quantity", "moment", "price")
FIELDS = (*NEEDED, "customer", "email", "country", "name", "category", "brand")
"""What a column can be; `--map order=invoice_no,…` says which is which."""
MOST_PIECES = 100_000
LONGEST = 200


class How(Struct, frozen=True):
    """What the file itself does not say."""

    zone: str  #: of moments without one
    currency: str
    dates: str | None = None  #: such as `%d/%m/%Y %H:%M`; ISO 8601 when absent


class Line(Struct, frozen=True):
    """So many pieces of a product, at this price each; below zero pieces came back."""

    place: int
    order: str
    product: str
    quantity: int
    moment: datetime
    price: Decimal
    customer: str | None = None
    email: str | None = None
    country: str | None = None
    about: tuple[tuple[str, str], ...] = ()  #: name, category, brand of the product


class Wrong(ValueError):
    """What is wrong with a line, for the list of refused ones."""


def order_of(said: Mapping[str, object]) -> str | None:
    """The order's number, by which lines are grouped; upper and lower case are the same one."""
    text = _text(said.get("order"))
    return fold(text[:LONGEST]) if text else None


def read(place: int, said: Mapping[str, object], how: How) -> Line:
    """The line; raises `Wrong` with the first reason that it cannot be one."""
    for name in NEEDED:
        if said.get(name) is None:
            raise Wrong(f"{name} is empty")
    return Line(
        place=place,
        order=_needed(said, "order"),
        product=_needed(said, "product"),
        quantity=_quantity(said["quantity"]),
        moment=_moment(said["moment"], how.zone, how.dates),
        price=_price(said["price"]),
        customer=_text(said.get("customer")),
        email=_text(said.get("email")),
        country=_text(said.get("country")),
        about=tuple(
            (name, text)
            for name in ("name", "category", "brand")
            if (text := _text(said.get(name)))
        ),
    )


def _needed(said: Mapping[str, object], name: str) -> str:
    text = _text(said[name])
    if text is None:
        raise Wrong(f"{name} is empty")
    return text


def _text(value: object) -> str | None:
    """Numbers that a spreadsheet made of ids (`17850.0`) are ids again."""
    if value is None:
        return None
    text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)
    text = text.strip()
    if "\0" in text or any("\ud800" <= character <= "\udfff" for character in text):
        raise Wrong("a character that cannot be kept")
    return text.removesuffix(".0")[:LONGEST] or None


def _quantity(value: object) -> int:
    exact = _number(value, "quantity")
    if exact != exact.to_integral_value():
        raise Wrong(f"quantity {value} is not whole")
    if not exact:
        raise Wrong("quantity is 0")
    if abs(exact) >= MOST_PIECES:
        raise Wrong(f"quantity {value}: {MOST_PIECES:,} pieces or more are a slip of the pen")
    return int(exact)


def _price(value: object) -> Decimal:
    exact = _number(value, "price")
    if exact < 0:
        raise Wrong(BELOW_ZERO)
    if exact >= MOST / 10**6:
        raise Wrong(f"price {value} is too large")
    return exact


BELOW_ZERO = "price below zero: a correction of the accounts, no sale"


def _number(value: object, name: str) -> Decimal:
    """`1.234,50` is read the Italian way when that is the only reading."""
    text = repr(value) if isinstance(value, float) else str(value).strip()
    if "," in text:
        italian = text.rfind(",") > text.rfind(".")
        text = text.replace(".", "").replace(",", ".") if italian else text.replace(",", "")
    try:
        exact = Decimal(text)
    except ArithmeticError:
        raise Wrong(f"{name} {str(value)[:40]!r} is no number") from None
    if isinstance(value, bool) or not exact.is_finite():
        raise Wrong(f"{name} {str(value)[:40]!r} is no number")
    return exact


@lru_cache(maxsize=10_000)
def _moment(value: object, zone: str, dates: str | None) -> datetime:
    moment = value if isinstance(value, datetime) else _read_moment(str(value).strip(), dates)
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=ZoneInfo(zone))
    if moment.astimezone(UTC) < OLDEST:
        raise Wrong("before the year 2000")
    return moment.astimezone(UTC)


def _read_moment(text: str, dates: str | None) -> datetime:
    try:
        if dates is None:
            return datetime.fromisoformat(text)
        return datetime.strptime(text, dates)  # noqa: DTZ007 - the caller gives it its zone
    except ValueError:
        asked = dates or "ISO 8601; --dates says another way"
        raise Wrong(f"{text[:40]!r} is no moment ({asked})") from None
