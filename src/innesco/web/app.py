"""The web role as one ASGI application: tracking paths first, then the admin API and its UI.

Tracking requests never pass through the framework: their path decides (DESIGN: the roles).
"""

from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from typing import Any, NamedTuple

from litestar import Litestar, Response, Router
from litestar.datastructures import State
from litestar.di import Provide

from innesco.web import openapi, pages, watch
from innesco.web.api import problem
from innesco.web.api.caller import Authenticate, Caller, caller
from innesco.web.api.patience import Patience
from innesco.web.api.policy import judge
from innesco.web.api.routes import ROUTES
from innesco.web.ports import ASGI, Connection, Ports

LARGEST_BODY = 1_000_000

Lifespan = Callable[[Litestar], AbstractAsyncContextManager[None]]


class Front(NamedTuple):
    """An application that takes its paths before the admin API is asked: the door, hosted pages."""

    takes: Callable[[str], bool]
    app: ASGI


def app(ports: Ports, fronts: Sequence[Front] = (), lifespan: Sequence[Lifespan] = ()) -> ASGI:
    """What the server runs; `lifespan` opens and closes what the fronts need."""
    admin: Any = admin_app(ports, lifespan)

    async def dispatch(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            for front in fronts:
                if front.takes(scope["path"]):
                    return await front.app(scope, receive, send)
        await admin(scope, receive, send)

    return dispatch


def admin_app(ports: Ports, lifespan: Sequence[Lifespan] = ()) -> Litestar:
    """The admin API and its UI, by themselves."""
    return Litestar(
        # as one router: Litestar would wrap a route anew for each method its path gains
        [Router("/", route_handlers=[*ROUTES, *watch.ROUTES, *pages.ROUTES])],
        dependencies={
            "ports": Provide(lambda: ports, sync_to_thread=False),
            "caller": Provide(_caller, sync_to_thread=False),
        },
        guards=[judge],
        middleware=[Authenticate],
        exception_handlers={Exception: problem.answer},
        after_request=_sealed,
        lifespan=list(lifespan),
        state=State({"ports": ports, "patience": Patience()}),
        openapi_config=openapi.config(),
        logging_config=None,  # the role that runs us has its own (workers/log.py)
        request_max_body_size=LARGEST_BODY,
    )


def _caller(request: Connection) -> Caller:
    return caller(request)


def _sealed(response: Response[Any]) -> Response[Any]:
    """Nobody frames us, nothing is guessed, nothing private is kept by a cache."""
    for name, value in pages.HEADERS.items():
        response.headers.setdefault(name, value)
    return response
