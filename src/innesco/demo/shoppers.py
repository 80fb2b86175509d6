"""Shoppers: the simulated people of the demo shop, with the truth about them that we know.

Real shoppers never tell what they wanted. These do: what they came for, how prices move them,
when they come, how they answer a mail. So whatever is learnt about them can be compared with
the truth.
"""

from enum import StrEnum

from msgspec import Struct
from msgspec.structs import replace

from innesco.demo.chance import Dice
from innesco.demo.shop.catalogue import LANGUAGES, categories

Texts = dict[str, str]  # by language


class Intent(StrEnum):
    """What somebody came for, in one visit."""

    LOOKING = "looking"
    CONSIDERING = "considering"
    INCLINED = "inclined to buy"


class Shopper(Struct, frozen=True, kw_only=True):
    """One person, as only the simulation knows them."""

    id: str  #: the anonymous id of their browser
    first_name: str
    last_name: str
    language: str = "it"
    intents: dict[Intent, float]  #: how often they come for what
    sensitivity: float  #: 0 never looks at the price, 1 looks at nothing else
    hour: float  #: of the day at which they like to come
    every: float  #: days between two visits
    favourites: tuple[str, ...]  #: categories
    subscribes: float = 0.3  #: chance a visit that they leave their address at the newsletter box
    ticks: float = 0.8  #: chance that they tick both consents at the checkout
    confirms: float = 0.95  #: chance that they follow the link of a confirmation mail
    eager: float = 1.2  #: how readily they click in a mail, beside everybody else
    patience: int = 5  #: marketing mails a week that they bear
    phone: float = 0.5  #: share of mails that they read on their phone
    about: Texts = {}

    @property
    def email(self) -> str:
        return f"{self.first_name}.{self.last_name}.{self.id}@posta.test".lower()

    @property
    def device(self) -> str:
        """The anonymous id of their phone's browser."""
        return f"{self.id}_phone"


def people(seed: int, count: int, keen: float = 1) -> tuple[Shopper, ...]:
    """The cast first, then as many others as were asked for; the same for the same seed.

    `keen` says how many times less often they only look than in life: few days tell more then.
    """
    all_ = (*cast(), *(drawn(seed, n) for n in range(count)))[:count]
    return tuple(_keen(one, keen) for one in all_)


def _keen(one: Shopper, times: float) -> Shopper:
    looking = one.intents[Intent.LOOKING] / times
    return replace(one, intents={**one.intents, Intent.LOOKING: looking})


def drawn(seed: int, n: int) -> Shopper:
    """The n-th of the unnamed."""
    name = f"s{seed}_{n}"
    dice = Dice(seed, name)
    shelves = sorted(categories())
    return Shopper(
        id=name,
        first_name=dice.one_of(FIRST_NAMES, "first name"),
        last_name=dice.one_of(LAST_NAMES, "last name"),
        language=LANGUAGES[dice.happens(0.2, "language")],
        intents=dice.one_of((LOOKERS, PONDERERS, BUYERS), "intents"),
        sensitivity=dice.share("sensitivity"),
        hour=dice.weighed({9.0: 1, 13.0: 2, 18.0: 3, 21.0: 4}, "hour"),
        every=1.5 + dice.after(3.5, "every"),
        favourites=tuple({dice.one_of(shelves, "favourite", n): 1 for n in range(2)}),
        subscribes=dice.one_of((0.0, 0.15, 0.5), "subscribes"),
        ticks=dice.one_of((0.1, 0.5, 0.9), "ticks"),
        confirms=dice.one_of((0.4, 0.75, 0.95), "confirms"),
        eager=dice.between(0.5, 1.5, "eager"),
        patience=int(dice.between(2, 9, "patience")),
        phone=dice.one_of((0.1, 0.4, 0.8), "phone"),
    )


def cast() -> tuple[Shopper, ...]:
    """The handful whom a visitor of the demo may be."""
    return CAST


LOOKERS: dict[Intent, float] = {Intent.LOOKING: 90, Intent.CONSIDERING: 8, Intent.INCLINED: 2}
PONDERERS: dict[Intent, float] = {Intent.LOOKING: 80, Intent.CONSIDERING: 15, Intent.INCLINED: 5}
BUYERS: dict[Intent, float] = {Intent.LOOKING: 65, Intent.CONSIDERING: 22, Intent.INCLINED: 13}
"""Visits by what they are for. In real shops two or three of a hundred end with an order."""

CAST = (
    Shopper(
        id="marta",
        first_name="Marta",
        last_name="Bassi",
        intents=PONDERERS,
        sensitivity=0.8,
        hour=21.0,
        every=2.0,
        favourites=("kitchen", "pantry"),
        subscribes=0.6,
        about={
            "it": "Riempie il carrello la sera, poi ci dorme su.",
            "en": "Fills her cart in the evening, then sleeps on it.",
        },
    ),
    Shopper(
        id="davide",
        first_name="Davide",
        last_name="Ferri",
        intents=BUYERS,
        sensitivity=0.2,
        hour=13.0,
        every=3.0,
        favourites=("coffee",),
        subscribes=0.5,
        about={
            "it": "Compra il caffè in pausa pranzo, senza guardare il prezzo.",
            "en": "Buys coffee in his lunch break and never looks at the price.",
        },
    ),
    Shopper(
        id="elena",
        first_name="Elena",
        last_name="Sala",
        intents=LOOKERS,
        sensitivity=0.6,
        hour=18.0,
        every=1.5,
        favourites=("garden", "outdoors"),
        about={
            "it": "Guarda molto, torna spesso, compra di rado.",
            "en": "Looks a lot, comes back often, rarely buys.",
        },
    ),
    Shopper(
        id="tom",
        first_name="Tom",
        last_name="Hadley",
        language="en",
        intents=PONDERERS,
        sensitivity=0.5,
        hour=9.0,
        every=4.0,
        favourites=("light", "textiles"),
        about={
            "it": "Vive all'estero: legge tutto in inglese.",
            "en": "Lives abroad: reads everything in English.",
        },
    ),
    Shopper(
        id="irene",
        first_name="Irene",
        last_name="Conti",
        intents=BUYERS,
        sensitivity=0.4,
        hour=21.0,
        every=5.0,
        favourites=("table", "light"),
        subscribes=0.0,
        ticks=0.0,
        about={
            "it": "Compra come ospite e non dà consensi.",
            "en": "Buys as a guest and gives no consent.",
        },
    ),
)

FIRST_NAMES = (
    *("Anna", "Bruno", "Carla", "Diego", "Elisa", "Fabio", "Gaia", "Hanna", "Ivan", "Lara"),
    *("Luca", "Marco", "Nadia", "Olga", "Paolo", "Rita", "Sara", "Teo", "Ugo", "Viola"),
)
LAST_NAMES = (
    *("Alba", "Bosco", "Corti", "Dossi", "Esposito", "Fontana", "Galli", "Leone", "Marino"),
    *("Neri", "Orsi", "Pace", "Riva", "Serra", "Testa", "Valli", "Zanini"),
)
