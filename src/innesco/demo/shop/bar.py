"""The demo bar's way to Innesco: the shop's server asks, because only it may hold an API key."""

from urllib.parse import quote

import httpx
from litestar import Response, get, post
from litestar.params import FromPath, JSONBody
from msgspec import Struct

from innesco.demo.shop.till import AtTill, Till
from innesco.demo.shoppers import cast


class Clock(Struct, frozen=True):
    hours: float


@post("/demo/clock")
async def clock(till: AtTill, data: JSONBody[Clock]) -> Response[bytes]:
    """Moves the demo's clock: `{"hours": 24}`."""
    return await _ask(till, "POST", "clock", {"hours": data.hours})


class Playable(Struct, frozen=True):
    """A simulated shopper whom one may be: the same ids that the simulation walks in with."""

    anonymousId: str  # as the bar's script and Segment call it
    name: str
    about: dict[str, str]


@get("/demo/people", sync_to_thread=False)
def people() -> list[Playable]:
    """The simulated shoppers whom one may be."""
    return [Playable(one.id, f"{one.first_name} {one.last_name}", one.about) for one in cast()]


@post("/demo/visitor/{anonymous:str}", status_code=200)
async def visitor(till: AtTill, anonymous: FromPath[str]) -> Response[bytes]:
    """What Innesco has decided for this visitor, who is in no control group from here on."""
    return await _ask(till, "POST", f"visitor/{quote(anonymous, safe='')}")


async def _ask(till: Till, method: str, path: str, body: object = None) -> Response[bytes]:
    """Innesco's answer as it came; 502 when there is none, which the bar says in words."""
    key = till.settings.api_key  # a shop opened without one is answered 401, as anybody
    headers = {"Authorization": f"Bearer {key}"} if key else {}
    url = f"{till.settings.innesco}/api/workspaces/{till.settings.workspace}/demo/{path}"
    try:
        answer = await till.client.request(method, url, json=body, headers=headers)
    except httpx.HTTPError:
        return Response(b'{"away": true}', status_code=502, media_type="application/json")
    status = answer.status_code if answer.status_code < 400 else 502
    return Response(answer.content, status_code=status, media_type="application/json")
