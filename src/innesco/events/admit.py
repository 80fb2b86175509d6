"""Admit: is this an event at all? Then name, date and fold it; else say why and where not.

The door took the request's bytes as they came; here each event is judged by itself, so that one
bad event does not cost its neighbours (docs/tracking-api.md has the table of both).
"""

import hashlib
import re
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache
from typing import Any
from zoneinfo import ZoneInfo, available_timezones

import msgspec
from crawlerdetect import CrawlerDetect
from msgspec import Raw, Struct

from innesco.events.address import email, phone
from innesco.events.event import EPOCH, Admitted, Dropped, Event, Fact, Item, Says, Source
from innesco.events.fold import fold
from innesco.events.items import items_in
from innesco.events.money import in_base, minor
from innesco.events.names import CALLS, FACTS, LEAVES, MONEY, NAMES, OF_ONE, named
from innesco.events.unreadable import DEEPEST, LARGEST, TOO_DEEP, TOO_LARGE, unreadable

MOST_BYTES = 32 * 1024
MOST_FACTS = 100
LONGEST_FACT = 500
LONGEST_AGENT = 300
"""Of a browser's name for itself; a robot's says it earlier, and the look costs more than letters.
What the request itself said counts before what its events say: it is one for all of them."""
OLDEST = datetime(2000, 1, 1, tzinfo=UTC)


class Letter(Struct, frozen=True, gc=False):
    """Where an event stood: what the row of the log says of all its events."""

    seq: int
    received: datetime
    source: Source
    key: str  #: id of the key it came with
    skew: int = 0  #: microseconds
    network: str | None = None
    agent: str | None = None
    quiet: bool = False


class Customs(Struct, frozen=True):
    """How this shop counts days and money; the workspace's settings say it."""

    zone: str = "Europe/Rome"
    currency: str = "EUR"
    rates: dict[str, float] = {}


class _Page(Struct, gc=False):
    path: str | None = None
    url: str | None = None
    title: str | None = None
    referrer: str | None = None
    search: str | None = None


class _Context(Struct, gc=False):
    page: _Page | None = None
    campaign: dict[str, Any] | None = None
    traits: dict[str, Any] | None = None
    token: str | None = None
    person: str | None = None
    locale: str | None = None
    timezone: Any = None
    userAgent: str | None = None


class _Said(Struct, gc=False):
    type: str = "track"
    event: str | None = None
    name: str | None = None
    previousId: str | int | None = None
    userId: str | int | None = None
    anonymousId: str | int | None = None
    messageId: str | int | None = None
    timestamp: str | int | float | None = None
    originalTimestamp: str | int | float | None = None
    properties: Raw = Raw(b"{}")
    traits: dict[str, Any] | None = None
    context: _Context | None = None


_said = msgspec.json.Decoder(_Said)
_plain = msgspec.json.Decoder(dict[str, Any])
_EACH_DIGIT_0 = bytes.maketrans(b"123456789E", b"000000000e")
_LARGE = [  # one pattern for each sign before a number: with a first letter the search is fast
    re.compile(sign + rb"\s*-?(?:[0-9]{16}|[0-9]+(?:\.[0-9]+)?[eE]\+?[0-9]{2})")
    for sign in (b":", b",", rb"\[")
]
_robots = CrawlerDetect()


def admit(raw: bytes, letter: Letter, customs: Customs) -> Admitted | Dropped:
    """The event in our own shape, or the reason why it can never be one."""
    if len(raw) > MOST_BYTES:
        return Dropped(f"larger than {MOST_BYTES} bytes")
    try:
        if _suspect(raw):
            wrong = _wrong(msgspec.json.decode(raw), "")
            if wrong:
                return wrong
        said = _said.decode(raw)
        properties = _plain.decode(said.properties) if _given(said.properties) else {}
    except (msgspec.DecodeError, UnicodeError, RecursionError) as error:
        return unreadable(raw, error)
    name = _name(said)
    if isinstance(name, Dropped):
        return name
    moment = _moment(said, letter)
    if isinstance(moment, Dropped):
        return moment
    return Admitted(
        _event(said, name, moment, properties, letter, customs), _says(said, properties, letter)
    )


def _event(
    said: _Said,
    name: str,
    moment: datetime,
    properties: dict[str, Any],
    letter: Letter,
    customs: Customs,
) -> Event:
    currency = _currency(properties, customs)
    items = items_in(properties.get("products") or properties.get("items"), currency)
    context = said.context or _Context()
    return Event(
        seq=letter.seq,
        moment=moment,
        received=letter.received,
        local_day=local_day(moment, customs.zone),
        name=name,
        key=double_key(letter.key, said.messageId, letter.seq),
        source=letter.source,
        quiet=letter.quiet,
        machine=_by_machine(name, letter, context),
        facts=_facts(name, properties, currency, context, customs)
        | _about(name, properties, items),
        items=items,
        properties=_kept(said, name, properties),
    )


def double_key(source_key: str, message_id: str | int | None, seq: int) -> int:
    """63 bits that are equal for the same messageId by the same key, and for nothing else."""
    text = f"{source_key}\0{message_id}" if message_id is not None else f"\0{seq}"
    return int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "big") >> 1


@cache
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)


def local_day(moment: datetime, zone: str) -> int:
    """Days since 1970-01-01 on the shop's own calendar."""
    return moment.astimezone(_zone(zone)).toordinal() - EPOCH.toordinal()


# -- what it says ------------------------------------------------------------------------------


def _name(said: _Said) -> str | Dropped:
    if said.type == "track":
        if not said.event or not said.event.strip():
            return Dropped("a track call needs a name", "event")
        return named(said.event)[:200]
    name = CALLS.get(said.type)
    return name or Dropped(f"unknown type {said.type[:40]!r}", "type")


def _moment(said: _Said, letter: Letter) -> datetime | Dropped:
    """When it happened by our clock: the client's word less how far its clock is ahead."""
    word = said.timestamp if said.timestamp is not None else said.originalTimestamp
    if word is None:
        return letter.received
    try:
        moment = _read_moment(word) - timedelta(microseconds=letter.skew)
    except (ValueError, OverflowError, OSError):
        return Dropped("not a moment (ISO 8601)", "timestamp")
    if moment < OLDEST:
        return Dropped("before the year 2000", "timestamp")
    return min(moment, letter.received)


def _read_moment(word: str | int | float) -> datetime:
    if isinstance(word, str):
        moment = datetime.fromisoformat(word)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    return datetime.fromtimestamp(word / 1000 if word > 1e11 else word, UTC)


def _currency(properties: dict[str, Any], customs: Customs) -> str:
    said = properties.get("currency")
    return said.upper() if isinstance(said, str) and len(said) == 3 else customs.currency


def _facts(
    name: str,
    properties: dict[str, Any],
    currency: str,
    context: _Context,
    customs: Customs,
) -> dict[str, Fact]:
    facts: dict[str, Fact] = {}
    for key, value in properties.items():
        if key in MONEY:
            units = minor(value, currency)
            if units is not None:
                facts[key] = units
        elif isinstance(value, str):
            facts[FACTS.get(key, key)] = fold(value[:LONGEST_FACT])
        elif isinstance(value, int | float):
            fact = FACTS.get(key, key)
            facts[fact] = str(value) if fact in NAMES else value
        if len(facts) >= MOST_FACTS:
            break
    _worth(facts, currency, customs)
    _where(facts, context)
    return facts


def _about(name: str, properties: dict[str, Any], items: tuple[Item, ...]) -> dict[str, Fact]:
    """Google tells the one product of a view or a click in a list; these are facts of the event."""
    if name not in OF_ONE or len(items) != 1 or "product_id" in properties:
        return {}
    one = items[0]
    told: dict[str, Fact | None] = {
        "product": fold(one.product),
        "category": one.category,
        "brand": one.brand,
        "price": one.price,
        "quantity": one.quantity,
    }
    return {fact: value for fact, value in told.items() if value is not None}


def _worth(facts: dict[str, Fact], currency: str, customs: Customs) -> None:
    """`value` is what the event is worth: as said, else total, revenue, or price by quantity."""
    for name in ("value", "total", "revenue"):
        if name in facts:
            facts["value"] = facts[name]
            break
    else:
        price, quantity = facts.get("price"), facts.get("quantity", 1)
        if isinstance(price, int) and isinstance(quantity, int):
            worth = price * quantity
            if abs(worth) <= LARGEST:
                facts["value"] = worth
    value = facts.get("value")
    if isinstance(value, int):
        facts["currency"] = currency
        base = in_base(value, currency, customs.currency, customs.rates)
        if base is not None:
            facts["value_base"] = base


def _where(facts: dict[str, Fact], context: _Context) -> None:
    page = context.page
    if page is not None:
        if page.path and "path" not in facts:
            facts["path"] = fold(page.path[:LONGEST_FACT])
        if page.title and "title" not in facts:
            facts["title"] = fold(page.title[:LONGEST_FACT])
    campaign = context.campaign
    if campaign:
        for key in ("name", "source", "medium"):
            if isinstance(campaign.get(key), str):
                facts[f"campaign_{key}"] = fold(campaign[key][:LONGEST_FACT])


def _says(said: _Said, properties: dict[str, Any], letter: Letter) -> Says:
    context = said.context or _Context()
    traits = (context.traits or {}) | (said.traits or {})
    address = traits.get("email") or properties.get("email")
    number = traits.get("phone")
    return Says(
        anonymous=_id(said.anonymousId),
        previous=_id(said.previousId) if said.type == "alias" else None,
        user=_id(said.userId),
        email=email(address) if isinstance(address, str) else None,
        phone=phone(number) if isinstance(number, str) else None,
        traits=_traits(traits),
        token=context.token,
        network=letter.network,
        person=context.person if letter.source is Source.INNESCO else None,
        language=context.locale[:2].lower() if context.locale else None,
        zone=_where_she_is(context.timezone),
    )


def _where_she_is(zone: Any) -> str | None:
    """Libraries say `Europe/Rome`, some `GMT+0000`: what is no zone is not heard."""
    return zone if isinstance(zone, str) and zone in _zones() else None


def _id(said: str | int | None) -> str | None:
    text = str(said).strip() if said is not None else ""
    return text[:200] or None


def _traits(traits: dict[str, Any]) -> dict[str, Fact]:
    plain: dict[str, Fact] = {}
    for key, value in traits.items():
        if isinstance(value, dict) and key == "address":
            for part in ("city", "country", "postalCode", "state"):
                if isinstance(value.get(part), str):
                    plain[part] = value[part][:LONGEST_FACT]
        elif isinstance(value, str | int | float) and key not in ("email", "phone", "id"):
            plain[key[:100]] = value[:LONGEST_FACT] if isinstance(value, str) else value
        if len(plain) >= MOST_FACTS:
            break
    return plain


def _kept(said: _Said, name: str, properties: dict[str, Any]) -> bytes:
    """What stays for display: the properties as they came, or the traits of an `identify`."""
    if name == "Identified" and said.traits:
        return msgspec.json.encode(said.traits)
    if said.name and said.type in ("page", "screen"):
        return msgspec.json.encode({"name": said.name} | properties)
    return bytes(said.properties) if _given(said.properties) else b"{}"


# -- what is wrong with it -----------------------------------------------------------------------


def _given(raw: Raw) -> bool:
    return bytes(raw) != b"null"


def _by_machine(name: str, letter: Letter, context: _Context) -> bool:
    """Who leaves has left, whatever machine brings the word of it."""
    if name in LEAVES and letter.source is not Source.PUBLIC:
        return False
    return _machine((letter.agent or context.userAgent or "")[:LONGEST_AGENT])


@lru_cache(maxsize=20_000)
def _machine(agent: str) -> bool:
    return bool(agent) and bool(_robots.isCrawler(agent))


def _suspect(raw: bytes) -> bool:
    """Whether a look at each value is needed: most events show at a glance that it is not."""
    if raw.count(b"{") + raw.count(b"[") > DEEPEST or b"\\u0000" in raw:
        return True
    shape = raw.translate(_EACH_DIGIT_0, b"+.")
    if SIXTEEN_DIGITS not in shape and b"0e0" not in shape:
        return False
    return any(pattern.search(raw) for pattern in _LARGE)


SIXTEEN_DIGITS = b"0" * 16


def _wrong(value: object, place: str, depth: int = 1) -> Dropped | None:
    """What SQL, JavaScript or a file could not keep, with its place."""
    if depth > DEEPEST + 1:
        return Dropped(TOO_DEEP, place)
    match value:
        case bool() | None:
            return None
        case int() if abs(value) > LARGEST:
            return Dropped(TOO_LARGE, place)
        case float() if value != value or abs(value) > LARGEST:
            return Dropped(TOO_LARGE, place)
        case str():
            return _wrong_text(value, place)
        case dict():
            for key, inner in value.items():
                wrong = _wrong_text(key, place) or _wrong(inner, f"{place}.{key}"[-200:], depth + 1)
                if wrong:
                    return wrong
        case list():
            for n, inner in enumerate(value):
                wrong = _wrong(inner, f"{place}[{n}]", depth + 1)
                if wrong:
                    return wrong
    return None


def _wrong_text(text: str, place: str) -> Dropped | None:
    if "\0" in text:
        return Dropped("a NUL character cannot be kept", place)
    return None
