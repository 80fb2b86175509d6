"""Shelves: which products stand on a page, after words, filters and order."""

import unicodedata
from collections.abc import Callable, Iterable

from msgspec import Struct

from innesco.demo.shop.catalogue import Product, categories


class Wish(Struct, frozen=True):
    """What a shopper asked of a list: `?brand=Officina Bruma&max=50&stock=1&sort=price`."""

    brands: tuple[str, ...] = ()
    least: int | None = None  #: cents
    most: int | None = None  #: cents
    in_stock: bool = False
    order: str = "best"

    @property
    def filters(self) -> bool:
        return bool(self.brands or self.least or self.most or self.in_stock)


ORDERS: dict[str, Callable[[Product], tuple[int, ...]]] = {
    "best": lambda one: (one.best or 99,),
    "price": lambda one: (one.price,),
    "price-down": lambda one: (-one.price,),
    "new": lambda one: (not one.new, one.best or 99),
    "discount": lambda one: (-_saved(one),),
}


def _saved(one: Product) -> int:
    return 0 if one.was is None else round(100 * (one.was - one.price) / one.was)


def fold(text: str) -> str:
    """Small letters without accents: caffè is found by "caffe"."""
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def chosen(shelf: Iterable[Product], wish: Wish) -> list[Product]:
    """The products that pass every filter, in the wished order."""
    kept = [one for one in shelf if _passes(one, wish)]
    return sorted(kept, key=ORDERS.get(wish.order, ORDERS["best"]))


def _passes(one: Product, wish: Wish) -> bool:
    return (
        (not wish.brands or one.brand in wish.brands)
        and (wish.least is None or one.price >= wish.least)
        and (wish.most is None or one.price <= wish.most)
        and (not wish.in_stock or one.stock > 0)
    )


def found(shelf: Iterable[Product], query: str) -> list[Product]:
    """Products in which every word begins some word, in either language: "moka", "lana plaid"."""
    asked = [_stem(word) for word in fold(query).split()]
    return [one for one in shelf if asked and all(_said(one, word) for word in asked)]


def _stem(word: str) -> str:
    """Tazza and tazze, lampada and lampade, mug and mugs are one wish."""
    return word[:-1] if len(word) > 4 and word[-1] in "aeios" else word


def _said(one: Product, word: str) -> bool:
    category = categories()[one.category]
    texts = (*one.name.values(), *one.text.values(), *category.name.values(), one.brand)
    words = fold(" ".join(texts)).replace("’", " ").split()
    return any(said.startswith(word) for said in words)


def related(one: Product, shelf: Iterable[Product], count: int = 4) -> list[Product]:
    """Neighbours of the same category in stock, then of the same brand, nearest price first."""
    others = [other for other in shelf if other.id != one.id and other.stock]

    def distance(other: Product) -> tuple[bool, bool, int]:
        return (
            other.category != one.category,
            other.brand != one.brand,
            abs(other.price - one.price),
        )

    return sorted(others, key=distance)[:count]
