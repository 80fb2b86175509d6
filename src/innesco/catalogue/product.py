"""A product as messages and conditions need it; connectors and feeds fill it."""

from msgspec import Struct


class Product(Struct, frozen=True):
    id: str  #: the shop's own id, as events name it: the variant's where there are variants
    name: dict[str, str]  #: by language
    price: int  #: minor units
    currency: str = "EUR"
    full_price: int | None = None  #: before the discount, when there is one
    category: str = ""
    brand: str = ""
    url: str = ""
    image_url: str = ""
    stock: int | None = None  #: None = not known
    description: dict[str, str] = {}
    variant: dict[str, str] = {}  #: what tells it from its sisters, by language: `blue`

    def named(self, language: str) -> str:
        return self.name.get(language) or next(iter(self.name.values()), self.id)

    def in_full(self) -> dict[str, str]:
        """Name and variant, by language: `Moka, blue`."""
        return {
            language: f"{name}, {self.variant[language]}" if language in self.variant else name
            for language, name in self.name.items()
        }
