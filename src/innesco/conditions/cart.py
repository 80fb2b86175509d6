"""The cart: what lies in it now, how much that is, whether a product is in it."""

from functools import partial
from typing import Literal

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.facts import NO_FLAG, NO_TEXT, Values
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, plain, quoted, say
from innesco.conditions.operators.number import NumberOperator
from innesco.conditions.operators.timeless import surely
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.events.fold import fold
from innesco.profiles.person import Person


class InCart(Kind, frozen=True, tag="cart", rename={"is_": "is"}):
    """`{"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 5000}}`.

    Value in minor units of the cart's currency; `count` is pieces, 0 for an empty cart. An empty
    cart has no value, so that *less than 50 €* does not mean everybody.
    """

    figure: Literal["value", "count"]
    is_: NumberOperator

    def holds(self, view: View) -> bool:
        return self.is_.holds(cart_figure(view.person, self.figure))

    def column(self, scope: Scope) -> exp.Expr:
        own = scope.own(f"cart_{self.figure}")
        return self.is_.column(Values(NO_TEXT, own, NO_FLAG))

    def listens(self) -> frozenset[str]:
        return frozenset({"cart"})

    def sentence(self, language: Language) -> str:
        return self._sentence(language, self.is_.sentence(language))

    def asks(self, view: View, words: Words) -> str:
        if self.figure == "count":
            return self.sentence(words.language)
        cart = view.person.cart
        money = partial(words.money, currency=cart.currency if cart else None)
        return self._sentence(words.language, self.is_.sentence(words.language, money))

    def saw(self, view: View, words: Words) -> Saw:
        value, cart = cart_figure(view.person, self.figure), view.person.cart
        if value is None or cart is None:
            return Saw(value, words.say(en="the cart is empty", it="il carrello è vuoto"))
        if self.figure == "value":
            return Saw(value, words.money(value, cart.currency))
        return Saw(value, plain(value))

    def _sentence(self, language: Language, asked: str) -> str:
        if self.figure == "value":
            return say(
                language, en=f"the cart's value {asked}", it=f"il valore del carrello {asked}"
            )
        return say(
            language,
            en=f"the number of pieces in the cart {asked}",
            it=f"il numero di pezzi nel carrello {asked}",
        )


class CartHas(Kind, frozen=True, tag="cart has"):
    """`{"kind": "cart has", "product": "SKU-1"}`, by the shop's own id of product or variant."""

    product: str

    def holds(self, view: View) -> bool:
        return fold(self.product) in cart_products(view.person)

    def column(self, scope: Scope) -> exp.Expr:
        product = exp.convert(fold(self.product))
        return surely(exp.ArrayContains(this=scope.own("cart_products"), expression=product))

    def listens(self) -> frozenset[str]:
        return frozenset({"cart"})

    def sentence(self, language: Language) -> str:
        product = quoted(self.product)
        return say(language, en=f"the cart has {product}", it=f"nel carrello c'è {product}")

    def saw(self, view: View, words: Words) -> Saw:
        cart = view.person.cart
        held = [item.product for item in cart.items] if cart else []
        empty = words.say(en="the cart is empty", it="il carrello è vuoto")
        found = next((one for one in held if fold(one) == fold(self.product)), None)
        return Saw(found, ", ".join(held[:MOST_SHOWN]) or empty)


MOST_SHOWN = 10


def cart_figure(person: Person, figure: Literal["value", "count"]) -> int | None:
    cart = person.cart
    if figure == "count":
        return cart.count if cart else 0
    return cart.value if cart and cart.items else None


def cart_products(person: Person) -> tuple[str, ...]:
    """Both ids of each line, where it has two."""
    items = person.cart.items if person.cart else ()
    named = (fold(name) for item in items for name in (item.product, item.sku) if name)
    return tuple(dict.fromkeys(named))
