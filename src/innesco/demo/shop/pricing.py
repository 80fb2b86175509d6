"""Prices of a cart: lines, promotion code, shipping, total; never believed from a browser."""

from collections.abc import Mapping

from msgspec import Struct

from innesco.demo.shop.catalogue import Product, Variant, by_sku

FREE_SHIPPING_FROM = 5000
SHIPPING = 590
EXPRESS = 990
MOST_OF_ONE = 20


class Promotion(Struct, frozen=True):
    """A code that anybody may type: ten percent, or shipping for nothing."""

    code: str
    percent: int = 0
    free_shipping: bool = False
    from_total: int = 0  #: cents of goods it needs


PROMOTIONS = {
    one.code: one
    for one in (
        Promotion("BENVENUTO10", percent=10),
        Promotion("AUTUNNO15", percent=15, from_total=8000),
        Promotion("CONSEGNA0", free_shipping=True),
    )
}


class Line(Struct, frozen=True):
    product: Product
    variant: Variant
    quantity: int

    @property
    def price(self) -> int:
        return self.product.price_of(self.variant)

    @property
    def total(self) -> int:
        return self.price * self.quantity


class Priced(Struct, frozen=True):
    """A cart with its sums in cents; `coupon` is the code that holds."""

    lines: tuple[Line, ...]
    goods: int
    discount: int
    shipping: int
    coupon: str = ""
    refused: str = ""  #: "unknown" or "too-small"

    @property
    def total(self) -> int:
        return self.goods - self.discount + self.shipping

    @property
    def count(self) -> int:
        return sum(line.quantity for line in self.lines)

    @property
    def to_free_shipping(self) -> int:
        return max(0, FREE_SHIPPING_FROM - (self.goods - self.discount))


def priced(cart: Mapping[str, int], code: str = "", express: bool = False) -> Priced:
    """`priced({"CF101": 2}, "benvenuto10")`: unknown SKUs are left out, quantities are bounded."""
    lines = tuple(
        Line(*by_sku()[sku], min(quantity, MOST_OF_ONE))
        for sku, quantity in cart.items()
        if sku in by_sku() and quantity > 0
    )
    goods = sum(line.total for line in lines)
    code = code.strip().upper()
    refused = _refused(code, goods)
    promotion = None if refused or not code else PROMOTIONS[code]
    discount = goods * promotion.percent // 100 if promotion else 0
    return Priced(
        lines=lines,
        goods=goods,
        discount=discount,
        shipping=_shipping(goods - discount, promotion, express) if lines else 0,
        coupon=promotion.code if promotion else "",
        refused=refused,
    )


def _refused(code: str, goods: int) -> str:
    if not code:
        return ""
    if code not in PROMOTIONS:
        return "unknown"
    return "too-small" if goods < PROMOTIONS[code].from_total else ""


def _shipping(paid: int, promotion: Promotion | None, express: bool) -> int:
    if express:
        return EXPRESS
    free = paid >= FREE_SHIPPING_FROM or (promotion is not None and promotion.free_shipping)
    return 0 if free else SHIPPING
