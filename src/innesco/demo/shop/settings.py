"""What a shop has to know of Innesco: two addresses, two keys, and one more for the demo bar."""

from pathlib import Path

from msgspec import Struct


class ShopSettings(Struct, frozen=True):
    """Given by whoever starts the shop; a real merchant would set the first four."""

    innesco_url: str  #: where events go and `innesco.js` comes from
    write_key: str  #: pk_…, public: stands in the page
    server_key: str  #: sk_…, secret: the shop's server proves itself with it
    data: Path  #: folder of the shop's own carts and orders
    admin_url: str = ""  #: the admin UI, for the links of the demo bar; empty = innesco_url
    api_key: str = ""  #: ak_…, secret: the demo bar moves the clock with it
    workspace: str = "fico"  #: what the shop is called in Innesco
    browser_orders: bool = True  #: the browser also reports orders, beside the server

    @property
    def admin(self) -> str:
        return (self.admin_url or self.innesco_url).rstrip("/")

    @property
    def innesco(self) -> str:
        return self.innesco_url.rstrip("/")
