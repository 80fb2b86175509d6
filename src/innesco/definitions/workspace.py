"""A workspace's settings: one shop's name, voice, money, zone, addresses and habits."""

from typing import Annotated

from msgspec import Meta, Struct

Count = Annotated[int, Meta(ge=0, le=1_000_000)]
Hours = Annotated[int, Meta(ge=0, le=8_760)]
Rate = Annotated[float, Meta(gt=0, le=1e9)]


class Smtp(Struct, frozen=True):
    """A server that takes our mails; the sandbox when `host` is empty."""

    host: str = ""
    port: int = 587
    user: str = ""
    security: str = "starttls"  #: starttls, tls, none
    # the password stands among the workspace's secrets, never in a document


class Quiet(Struct, frozen=True):
    """Hours of the person's day in which no marketing is sent; empty when from == to."""

    start: int = 0
    end: int = 0


class Workspace(Struct, frozen=True, kw_only=True):
    """`innesco workspaces create` asks for the first of it, the Settings page edits all."""

    name: str
    language: str = "it"  #: of shoppers whose language is not known
    zone: str = "Europe/Rome"
    currency: str = "EUR"
    postal_address: str = ""  #: the law asks for it in every marketing mail
    logo_url: str = ""
    color: str = "#b83a14"  #: of buttons in mails and on the pages they lead to
    shop_url: str = ""
    cart_url: str = ""  #: `https://shop/cart?rebuild={items}`, items = `SKU:2,SKU:1`
    link_hosts: tuple[str, ...] = ()  #: links in messages may lead to these hosts only
    sender_name: str = ""
    sender_email: str = ""
    reply_to: str = ""
    smtp: Smtp = Smtp()
    trust_browser_orders: bool = False  #: count an order as revenue that only the browser reports
    confirm_text: dict[str, str] = {}  #: sentence on the double-opt-in page, by language
    quiet: Quiet = Quiet()
    most_marketing_a_day: Count = 3  #: per address, over all journeys; 0 = no cap
    double_opt_in_hours: Hours = 24  #: at most one confirmation mail per address in these hours
    most_events_a_day: Count = 5000  #: of one profile; past it, it is muted as a robot
    rates: dict[str, Rate] = {}  #: one unit of a currency in the workspace's currency
    rates_of: str = ""  #: the date of these rates
