"""What the shop sells: read from `products.json`, the seed of Innesco's catalogue too."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

FILE = Path(__file__).parent / "products.json"
CURRENCY = "EUR"
LANGUAGES = ("it", "en")

Texts = dict[str, str]  # by language


class Variant(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing that can be put into a cart: the fig-coloured casserole."""

    sku: str
    palette: str
    stock: int
    name: Texts = {}
    price: int | None = None  #: cents, when it differs from the product's


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """One page of the shop; its first variant carries the product's id as its SKU."""

    id: str
    slug: str
    category: str
    brand: str
    name: Texts
    text: Texts
    price: int  #: cents, VAT included
    picture: str  #: a kind of `pictures/scene.py`
    form: int
    variants: tuple[Variant, ...]
    was: int | None = None  #: cents before the discount
    best: int | None = None  #: rank among the best sellers
    new: bool = False

    @property
    def stock(self) -> int:
        return sum(variant.stock for variant in self.variants)

    @property
    def first(self) -> Variant:
        """The variant to show: the first that is in stock, else the first."""
        return next((one for one in self.variants if one.stock), self.variants[0])

    def price_of(self, variant: Variant) -> int:
        return self.price if variant.price is None else variant.price

    def page_of(self, variant: Variant) -> str:
        """Below the language: the page opens with this very variant chosen."""
        chosen = f"?variant={variant.sku}" if len(self.variants) > 1 else ""
        return f"p/{self.slug}{chosen}"


class Category(Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    slug: Texts
    name: Texts
    text: Texts
    picture: str
    palette: str


class Catalogue(Struct, frozen=True):
    categories: tuple[Category, ...]
    products: tuple[Product, ...]


@cache
def catalogue() -> Catalogue:
    return msgspec.json.decode(FILE.read_bytes(), type=Catalogue)


def products() -> tuple[Product, ...]:
    """All products in the shop's order: what Innesco's catalogue is seeded with."""
    return catalogue().products


@cache
def by_sku() -> Mapping[str, tuple[Product, Variant]]:
    return {variant.sku: (one, variant) for one in products() for variant in one.variants}


@cache
def by_slug() -> Mapping[str, Product]:
    return {one.slug: one for one in products()}


@cache
def categories() -> Mapping[str, Category]:
    return {one.id: one for one in catalogue().categories}


class FeedRow(Struct, frozen=True):
    """One SKU as `/feed.json` tells it: money in cents, addresses absolute."""

    sku: str
    product_id: str
    name: Texts
    variant: Texts
    description: Texts
    price: int
    was: int | None
    currency: str
    category: str
    category_name: Texts
    brand: str
    url: Texts
    link: str  #: opens in the reader's language
    image_url: str
    stock: int


def feed(shop_url: str) -> list[FeedRow]:
    """Every SKU with the addresses it has at this shop."""
    return [_row(one, variant, shop_url.rstrip("/")) for one, variant in by_sku().values()]


def _row(one: Product, variant: Variant, shop_url: str) -> FeedRow:
    return FeedRow(
        sku=variant.sku,
        product_id=one.id,
        name=one.name,
        variant=variant.name,
        description=one.text,
        price=one.price_of(variant),
        was=one.was,
        currency=CURRENCY,
        category=one.category,
        category_name=categories()[one.category].name,
        brand=one.brand,
        url={each: f"{shop_url}/{each}/{one.page_of(variant)}" for each in LANGUAGES},
        link=f"{shop_url}/{one.page_of(variant)}",
        image_url=f"{shop_url}/pictures/{variant.sku}.png",
        stock=variant.stock,
    )
