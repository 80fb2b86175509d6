"""Buying: the cart, the checkout, the order and the thanks."""

import secrets
from datetime import UTC, datetime

from email_validator import EmailNotValidError, validate_email
from litestar import Response, get, post, put
from litestar.exceptions import ClientException, NotFoundException
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from innesco.demo.shop import views
from innesco.demo.shop.catalogue import by_sku, products
from innesco.demo.shop.events import order_facts, sayings_of
from innesco.demo.shop.facts import Facts, of_cart
from innesco.demo.shop.orders import (
    Buyer,
    Cart,
    Order,
    Ordered,
    cart_of,
    keep_cart,
    keep_order,
    order_of,
    order_of_cart,
)
from innesco.demo.shop.page import Asked, language, page, shop_url
from innesco.demo.shop.pricing import Line, Priced, priced
from innesco.demo.shop.render import render
from innesco.demo.shop.shelves import Wish, chosen
from innesco.demo.shop.till import AtTill, Till
from innesco.demo.shop.words import words

MOST_LINES = 60
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that look alike on paper


class CartSaid(Struct, frozen=True):
    """The browser's cart, mirrored here by its id."""

    lines: dict[str, int]
    coupon: str = ""
    show: str = "cart"  #: which fragment comes back: `cart` or `summary`
    express: bool = False


class CartAnswer(Struct, frozen=True):
    count: int
    lines: dict[str, int]  #: as the shop understood them: unknown SKUs are gone
    coupon: str  #: the code that holds
    refused: str  #: why the typed one does not
    facts: Facts  #: for *Cart Viewed* and its like
    html: str


class OrderSaid(Struct, frozen=True):
    cart_id: str
    buyer: Buyer
    anonymous_id: str = ""


class OrderAnswer(Struct, frozen=True):
    order_id: str
    url: str


@get("/cart", sync_to_thread=False)
def cart(request: Asked, till: AtTill) -> Response[str]:
    return page("cart", request, till, {}, title=words(language(request))["cart_title"])


@put("/api/cart/{cart_id:str}", sync_to_thread=False)
def mirror(
    request: Asked, till: AtTill, cart_id: FromPath[str], data: JSONBody[CartSaid]
) -> CartAnswer:
    """Keeps what the browser has in its cart and answers with what it comes to."""
    lang = language(request)
    lines = dict(list(data.lines.items())[:MOST_LINES])
    sums = priced(lines, data.coupon, data.express)
    kept = {line.variant.sku: line.quantity for line in sums.lines}
    if order_of_cart(till.book, cart_id) is None:
        keep_cart(till.book, cart_id, Cart(kept, data.coupon[:40]))
    fragment = "cart_lines" if data.show == "cart" else "cart_summary"
    html = render(fragment, lang, {"cart": views.cart(sums, data.coupon[:40], lang)})
    facts = of_cart(cart_id, sums, lang, shop_url(request))
    return CartAnswer(sums.count, kept, sums.coupon, sums.refused, facts, html)


@get("/checkout", sync_to_thread=False)
def checkout(request: Asked, till: AtTill) -> Response[str]:
    return page("checkout", request, till, {}, title=words(language(request))["checkout"])


@post("/api/order", sync_to_thread=False)
def order(request: Asked, till: AtTill, data: JSONBody[OrderSaid]) -> OrderAnswer:
    """Completes the order of a mirrored cart, once, and leaves word for Innesco."""
    lang = language(request)
    done = order_of_cart(till.book, data.cart_id) or _complete(request, till, data)
    return OrderAnswer(done.id, f"/{lang}/thanks/{done.id}")


def _complete(request: Asked, till: Till, data: JSONBody[OrderSaid]) -> Order:
    kept = cart_of(till.book, data.cart_id)
    sums = priced(kept.lines, kept.coupon, data.buyer.express)
    if not sums.lines:
        raise ClientException("the cart is empty")
    _check(data.buyer)
    done = _order(data, sums, language(request))
    facts = order_facts(done, sums.lines, shop_url(request))
    now = datetime.now(UTC)
    keep_order(till.book, done, now.isoformat(), sayings_of(done, facts, data.anonymous_id, now))
    till.something.set()
    return done


def _check(buyer: Buyer) -> None:
    needed = (buyer.first_name, buyer.last_name, buyer.street, buyer.postal_code, buyer.city)
    if not all(text.strip() and len(text) <= 120 for text in needed):
        raise ClientException("name and address are needed")
    try:
        validate_email(buyer.email, check_deliverability=False, test_environment=True)
    except EmailNotValidError as wrong:
        raise ClientException(str(wrong)) from wrong


def _order(data: JSONBody[OrderSaid], sums: Priced, lang: str) -> Order:
    return Order(
        id="FG-" + "".join(secrets.choice(LETTERS) for _ in range(8)),
        cart_id=data.cart_id,
        language=lang,
        buyer=data.buyer,
        lines=tuple(_ordered(line, lang) for line in sums.lines),
        goods=sums.goods,
        discount=sums.discount,
        shipping=sums.shipping,
        coupon=sums.coupon,
    )


def _ordered(line: Line, lang: str) -> Ordered:
    return Ordered(
        sku=line.variant.sku,
        name=line.product.name[lang],
        variant=line.variant.name.get(lang, ""),
        quantity=line.quantity,
        price=line.price,
    )


@get("/thanks/{order_id:str}", sync_to_thread=False)
def thanks(request: Asked, till: AtTill, order_id: FromPath[str]) -> Response[str]:
    lang = language(request)
    done = order_of(till.book, order_id)
    if done is None:
        raise NotFoundException
    lines = tuple(Line(*by_sku()[one.sku], one.quantity) for one in done.lines)
    sums = Priced(lines, done.goods, done.discount, done.shipping, done.coupon)
    bought = {line.product.id for line in lines}
    more = [one for one in chosen(products(), Wish(in_stock=True)) if one.id not in bought][:4]
    said = words(lang)
    values = {
        "order": done,
        "id": done.id,
        "cart": views.cart(sums, "", lang),
        "heading": said["thanks_title"].format(name=done.buyer.first_name),
        "text": said["thanks_text"].format(email=done.buyer.email),
        "address": (
            f"{done.buyer.first_name} {done.buyer.last_name}",
            done.buyer.street,
            f"{done.buyer.postal_code} {done.buyer.city}",
        ),
        "facts": order_facts(done, lines, shop_url(request)),
        "products": [views.card(one, lang, shop_url(request)) for one in more],
    }
    return page("thanks", request, till, values, title=said["order_number"])
