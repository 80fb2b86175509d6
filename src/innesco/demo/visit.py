"""Visit: what a simulated shopper does in the shop, page by page, from coming to leaving.

What they want is drawn first, then what they look at, put into the cart and buy follows from it
and from prices. `CART`, `ORDER` and their like are the truth that can be compared with.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from innesco.demo.chance import Dice
from innesco.demo.mind import Mind
from innesco.demo.said import Browser, Said
from innesco.demo.shop.catalogue import Product, Variant, by_sku, categories, products
from innesco.demo.shop.events import order_facts, sayings_of
from innesco.demo.shop.facts import of_cart, of_product
from innesco.demo.shop.orders import Buyer, Order, Ordered
from innesco.demo.shop.pricing import Priced, priced
from innesco.demo.shoppers import Intent, Shopper

VIEWS = {Intent.LOOKING: (1, 4), Intent.CONSIDERING: (2, 7), Intent.INCLINED: (1, 4)}
"""How many products are looked at."""
CART = {Intent.LOOKING: 0.02, Intent.CONSIDERING: 0.16, Intent.INCLINED: 0.55}
"""Chance that a product looked at goes into the cart, before its price is felt."""
ORDER = {Intent.LOOKING: 0.02, Intent.CONSIDERING: 0.06, Intent.INCLINED: 0.34}
"""Chance that what is in the cart is bought in this visit, before its price is felt."""
RETURNED = 0.28
"""The same, for somebody whom a mail brought back to the cart."""
GIVES_UP = 0.7
"""How many begin the checkout without ordering, for each who wants to order."""
BOUNCES = 0.4
"""Share of those who only look that see no more than the page they came to."""
NEWSLETTER = {
    "it": "Sì, mandatemi novità e offerte di Fico & Ginepro.",
    "en": "Yes, send me news and offers from Fico & Ginepro.",
}


class Errand(Struct, frozen=True):
    """Why somebody comes: by themselves, or through a link in a mail."""

    name: str  #: of this visit, among all of the shopper
    page: str = ""  #: where a link led, empty = the home page
    token: str = ""  #: who they are, as the link proved
    lines: dict[str, int] = {}  #: a cart that the link rebuilds
    phone: bool = False

    @property
    def from_mail(self) -> bool:
        return bool(self.page)


class Place(Struct, frozen=True):
    """What stays the same in a simulation."""

    seed: int
    shop_url: str


def visit(
    place: Place, shopper: Shopper, mind: Mind, errand: Errand, start: datetime
) -> list[Said]:
    """The whole visit: the requests it makes, in order; the mind is after it what it then is."""
    dice = Dice(place.seed, shopper.id)
    browser = Browser(
        shopper,
        start,
        f"{shopper.id}-{errand.name}",
        place.shop_url,
        errand.phone,
        errand.token,
    )
    Visitor(browser, dice, mind, errand).walk()
    mind.visits += 1
    mind.last_visit = browser.now
    return browser.said


class Visitor(Struct):
    """One shopper during one visit."""

    browser: Browser
    dice: Dice
    mind: Mind
    errand: Errand

    @property
    def shopper(self) -> Shopper:
        return self.browser.shopper

    def walk(self) -> None:
        intent = self.dice.weighed(self.shopper.intents, self.errand.name, "intent")
        self._land()
        if intent is Intent.LOOKING and not self.errand.from_mail and self._bounces():
            return self.browser.leave()
        if not self.errand.lines:
            self._look(intent)
            self._newsletter()
        self._cart(intent)
        self._stay(30, "leave")
        self.browser.leave()

    def _land(self) -> None:
        language = self.shopper.language
        self.browser.open(self.errand.page or f"/{language}", "Fico & Ginepro")
        if self.errand.lines:
            self._begin_cart(anew=self.errand.phone)
            self.mind.lines = {**self.mind.lines, **self.errand.lines}

    def _bounces(self) -> bool:
        self._stay(12, "bounce")
        return self.dice.happens(BOUNCES, self.errand.name, "bounces")

    # -- looking ---------------------------------------------------------------------------------

    def _look(self, intent: Intent) -> None:
        shelf = self.dice.one_of(self.shopper.favourites, self.errand.name, "shelf")
        if self.dice.happens(0.15, self.errand.name, "elsewhere"):
            shelf = self.dice.one_of(sorted(categories()), self.errand.name, "other shelf")
        on_shelf = [one for one in products() if one.category == shelf]
        self._list(shelf, on_shelf)
        least, most = VIEWS[intent]
        views = least + int(self.dice.share(self.errand.name, "views") * (most - least + 1))
        liked = sorted(on_shelf, key=self._distaste)
        for n in range(views):
            self._product(liked[n % len(liked)], intent, n)

    def _list(self, shelf: str, on_shelf: list[Product]) -> None:
        language = self.shopper.language
        one = categories()[shelf]
        self._stay(15, "list")
        self.browser.open(f"/{language}/c/{one.slug[language]}", one.name[language])
        self.browser.track(
            "Product List Viewed",
            {
                "list_id": shelf,
                "category": one.name[language],
                "products": [{"product_id": each.id} for each in on_shelf[:8]],
            },
        )

    def _distaste(self, one: Product) -> float:
        """Everybody has their own taste, which stays, and a mood, which passes."""
        taste = self.dice.share("taste", one.id)
        mood = self.dice.share(self.errand.name, "mood", one.id)
        return 0.6 * taste + 0.4 * mood + 0.1 * self._felt(one.price, one.was)

    def _felt(self, price: int, was: int | None = None) -> float:
        """How much a price hurts, 0 to 1; a discount softens it."""
        pain = self.shopper.sensitivity * min(1.0, price / 12_000)
        return pain * (0.6 if was else 1.0)

    def _product(self, one: Product, intent: Intent, n: int) -> None:
        name, liked = self.errand.name, self._variant(one)
        language = self.shopper.language
        self._stay(40, "product", n)
        self.browser.open(f"/{language}/p/{one.slug}", one.name[language])
        facts = of_product(one, liked, language, self.browser.shop_url)
        self.browser.track("Product Viewed", facts)
        wanted = CART[intent] * (1 - 0.7 * self._felt(one.price, one.was))
        if liked.stock and self.dice.happens(wanted, name, "add", n):
            self._stay(20, "add", n)
            self._begin_cart()
            quantity = 2 if self.dice.happens(0.15, name, "two", n) else 1
            self.mind.lines[liked.sku] = self.mind.lines.get(liked.sku, 0) + quantity
            self.browser.track(
                "Product Added", {"cart_id": self.mind.cart, **facts, "quantity": quantity}
            )

    def _variant(self, one: Product) -> Variant:
        """The colour that they like, of those that are there; the same one at every visit."""
        there = [each for each in one.variants if each.stock] or one.variants
        return self.dice.one_of(there, "colour", one.id)

    def _newsletter(self) -> None:
        if self.mind.gave_address:
            return
        if self.dice.happens(self.shopper.subscribes, self.errand.name, "newsletter"):
            self._stay(10, "newsletter")
            self._subscribe(["marketing"], "newsletter")

    def _subscribe(self, purposes: list[str], source: str) -> None:
        language = self.shopper.language
        self.mind.gave_address = True
        self.browser.track(
            "Subscription Requested",
            {
                "email": self.shopper.email,
                "purposes": purposes,
                "text": NEWSLETTER[language],
                "source": source,
                "language": language,
            },
        )

    # -- cart and checkout -----------------------------------------------------------------------

    def _begin_cart(self, anew: bool = False) -> None:
        """The cart lives in the browser: another device has another one."""
        if anew or not self.mind.cart:
            self.mind.carts += 1
            self.mind.cart = f"cart_{self.shopper.id}_{self.mind.carts}"

    def _cart(self, intent: Intent) -> None:
        sums = priced(self.mind.lines)
        name = self.errand.name
        if not sums.lines or not self.dice.happens(0.8, name, "sees cart"):
            return
        self._stay(25, "cart")
        self.browser.open(f"/{self.shopper.language}/cart", "Cart")
        self.browser.track("Cart Viewed", self._facts(sums))
        hurts = self._felt(sums.total // max(1, sums.count))
        chance = RETURNED if self.errand.lines else ORDER[intent]
        buys = self.dice.happens(chance * (1 - 0.5 * hurts), name, "orders")
        if buys or self.dice.happens(GIVES_UP * chance, name, "begins checkout"):
            self._checkout(sums, buys)
        elif self.dice.happens(0.1, name, "takes out"):
            self._take_out(next(reversed(self.mind.lines)))

    def _facts(self, sums: Priced) -> dict[str, object]:
        return of_cart(self.mind.cart, sums, self.shopper.language, self.browser.shop_url)

    def _take_out(self, sku: str) -> None:
        one, variant = by_sku()[sku]
        quantity = self.mind.lines.pop(sku)
        facts = of_product(one, variant, self.shopper.language, self.browser.shop_url)
        self.browser.track(
            "Product Removed", {"cart_id": self.mind.cart, **facts, "quantity": quantity}
        )

    def _checkout(self, sums: Priced, buys: bool) -> None:
        language, cart = self.shopper.language, self.mind.cart
        self._stay(20, "checkout")
        self.browser.open(f"/{language}/checkout", "Checkout")
        self.browser.track("Checkout Started", {**self._facts(sums), "checkout_id": cart})
        if not buys and self.dice.happens(0.4, self.errand.name, "turns back"):
            return
        self._stay(60, "who")
        ticks = self._hello()
        self.browser.track("Checkout Step Completed", {"checkout_id": cart, "step": 1})
        if buys:
            self._stay(90, "pay")
            self._order(sums, ticks)

    def _hello(self) -> bool:
        """Name and address at the first step, with or without the two consents."""
        shopper = self.shopper
        self.browser.identify(
            {
                "email": shopper.email,
                "firstName": shopper.first_name,
                "lastName": shopper.last_name,
                "language": shopper.language,
            }
        )
        ticks = self.dice.happens(shopper.ticks, self.errand.name, "ticks")
        if ticks:
            self._subscribe(["marketing", "profiling"], "checkout")
        return ticks

    def _order(self, sums: Priced, ticks: bool) -> None:
        """The shop's server says who bought what; the page of thanks says it again."""
        order = self._made(sums, ticks)
        facts = order_facts(order, sums.lines, self.browser.shop_url)
        for saying in sayings_of(order, facts, self.browser.anonymous, self.browser.now):
            self.browser.server(saying.path, saying.body)
        self._stay(2, "thanks")
        self.browser.open(f"/{self.shopper.language}/thanks/{order.id}", "Thanks")
        self.browser.track("Order Completed", facts)
        self.mind.orders += 1
        self.mind.forget_cart()

    def _made(self, sums: Priced, ticks: bool) -> Order:
        shopper = self.shopper
        return Order(
            id=f"FG-{shopper.id}-{self.mind.orders + 1}",
            cart_id=self.mind.cart,
            language=shopper.language,
            buyer=Buyer(
                email=shopper.email,
                first_name=shopper.first_name,
                last_name=shopper.last_name,
                street="via dei Mille 1",
                postal_code="10123",
                city="Torino",
                marketing=ticks,
                profiling=ticks,
            ),
            lines=tuple(
                Ordered(
                    line.variant.sku,
                    line.product.name[shopper.language],
                    line.variant.name.get(shopper.language, ""),
                    line.quantity,
                    line.price,
                )
                for line in sums.lines
            ),
            goods=sums.goods,
            discount=sums.discount,
            shipping=sums.shipping,
            coupon=sums.coupon,
        )

    def _stay(self, seconds: float, *what: object) -> None:
        """Time goes by on the page, at least a second."""
        long = 1 + self.dice.after(seconds, self.errand.name, "stay", *what)
        self.browser.now += timedelta(seconds=round(long))


def rebuilt(items: str) -> Mapping[str, int]:
    """`CU101:1,CA201:2`, as a link in a mail names a cart."""
    pairs = (one.rpartition(":") for one in items.split(",") if one)
    return {sku: int(quantity) for sku, _, quantity in pairs if sku in by_sku()}
