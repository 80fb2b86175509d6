"""Money: integer minor units with their currency, and their worth in the workspace's own."""

from collections.abc import Mapping
from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation

NO_CENTS = {"BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW"} | {
    *("PYG", "RWF", "UGX", "VND", "VUV", "XAF", "XOF", "XPF"),
}
THREE_DIGITS = {"BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"}
MOST = 2**53
LONGEST = 40
"""Letters of an amount; one of more is no amount, and not worth the time to read it."""


def digits(currency: str) -> int:
    """Decimal places of a currency (ISO 4217)."""
    if currency in NO_CENTS:
        return 0
    return 3 if currency in THREE_DIGITS else 2


def minor(amount: object, currency: str) -> int | None:
    """`"12.50"`, `12.5` and `12` as minor units; None for what is no amount.

    Text with a comma is read the Italian way when that is the only reading: `12,50`, `1.234,50`.
    """
    match amount:
        case bool() | None:
            return None
        case int():
            units = amount * 10 ** digits(currency)
            return units if abs(units) < MOST else None
        case float():
            exact = Decimal(repr(amount))
        case str():
            exact = _read(amount)
        case _:
            return None
    if not exact.is_finite() or exact.adjusted() > 18:
        return None  # `1e999999` is written quickly and worked out slowly
    units = int(exact.scaleb(digits(currency)).to_integral_value(ROUND_HALF_EVEN))
    return units if abs(units) < MOST else None


def in_base(units: int, currency: str, base: str, rates: Mapping[str, float]) -> int | None:
    """The amount in the workspace's currency by its dated rates; None when a rate lacks."""
    if currency == base:
        return units
    rate = rates.get(currency)
    if rate is None:
        return None
    exact = Decimal(units).scaleb(-digits(currency)) * Decimal(repr(rate))
    worth = int(exact.scaleb(digits(base)).to_integral_value(ROUND_HALF_EVEN))
    return worth if abs(worth) < MOST else None


def _read(text: str) -> Decimal:
    if len(text) > LONGEST:
        return Decimal("NaN")
    text = text.strip().strip("€$£ ").replace(" ", "")
    if "," in text and text.rfind(",") > text.rfind("."):
        text = text.replace(".", "").replace(",", ".")
    else:
        text = text.replace(",", "")
    try:
        return Decimal(text)
    except InvalidOperation:
        return Decimal("NaN")
