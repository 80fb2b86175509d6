"""The shop as an application: its addresses, and what it opens and closes with."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
from litestar import Litestar, MediaType, Response, Router
from litestar.datastructures import State
from litestar.di import Provide
from litestar.exceptions import NotFoundException
from litestar.static_files import create_static_files_router

from innesco.demo.shop import bar, browse, buy, files
from innesco.demo.shop.catalogue import LANGUAGES
from innesco.demo.shop.events import keep_telling, posts
from innesco.demo.shop.orders import opened
from innesco.demo.shop.page import Asked, page
from innesco.demo.shop.settings import ShopSettings
from innesco.demo.shop.till import Till
from innesco.demo.shop.words import words

STATIC = Path(__file__).parent / "static"
PATIENCE = 5.0  # seconds for one answer of Innesco

PAGES = (
    *(browse.home, browse.category, browse.search, browse.product),
    *(browse.wishlist, browse.cards, browse.privacy),
    *(buy.cart, buy.mirror, buy.checkout, buy.order, buy.thanks),
)
FILES = (files.towards_language, files.product_feed)
PICTURES = (files.product_picture, files.category_picture, files.hero)
BAR = (bar.clock, bar.people, bar.visitor)


def shop(settings: ShopSettings) -> Litestar:
    """Fico & Ginepro as an ASGI application, on an origin of its own beside Innesco's."""

    @contextlib.asynccontextmanager
    async def open_hours(app: Litestar) -> AsyncIterator[None]:
        async with _opened(settings) as till:
            app.state.till = till
            yield

    return Litestar(
        route_handlers=[
            *(Router(path=f"/{language}", route_handlers=PAGES) for language in LANGUAGES),
            *FILES,
            *PICTURES,
            *BAR,
            create_static_files_router(path="/static", directories=[STATIC]),
        ],
        dependencies={"till": Provide(_till, sync_to_thread=False)},
        lifespan=[open_hours],
        exception_handlers={NotFoundException: _missing},
        openapi_config=None,
    )


@contextlib.asynccontextmanager
async def _opened(settings: ShopSettings) -> AsyncIterator[Till]:
    """The till while the shop is open; what Innesco has not heard by then is told next time."""
    something = asyncio.Event()
    book = opened(settings.data)
    logging.getLogger("httpx").setLevel(logging.WARNING)
    async with httpx.AsyncClient(timeout=PATIENCE) as client:
        post = posts(client, settings.innesco, settings.server_key)
        telling = asyncio.create_task(keep_telling(book, post, something))
        try:
            yield Till(settings, book, client, something)
        finally:
            telling.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await telling
            book.close()


def _till(state: State) -> Till:
    till: Till = state.till
    return till


def _missing(request: Asked, _: NotFoundException) -> Response[str]:
    """A page for those who look for what is gone; scripts and pictures get a bare 404."""
    if request.url.path[:4] not in ("/it/", "/en/"):
        return Response("not found", status_code=404, media_type=MediaType.TEXT)
    said = words("en" if request.url.path.startswith("/en") else "it")
    till: Till = request.app.state.till
    return page("missing", request, till, {}, title=said["not_found"], status=404)
