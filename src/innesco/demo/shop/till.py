"""The till: what one running shop holds in its hands."""

import asyncio
import sqlite3
from typing import TypeAlias

import httpx
from litestar.di import NamedDependency
from msgspec import Struct

from innesco.demo.shop.settings import ShopSettings


class Till(Struct, frozen=True):
    """Made when the shop opens, handed to each page."""

    settings: ShopSettings
    book: sqlite3.Connection  #: carts, orders and what Innesco has still to hear
    client: httpx.AsyncClient  #: towards Innesco
    something: asyncio.Event  #: rung when there is something new to tell


AtTill: TypeAlias = NamedDependency[Till]
"""How a page asks for it."""
