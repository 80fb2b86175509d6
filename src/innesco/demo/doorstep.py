"""Doorstep: how simulated shoppers speak to Innesco, in this process or over HTTP.

The tracking API with the keys of a real shop's pages and server, and the pages that mails lead to.
"""

import html
import re

import httpx
import msgspec
from msgspec import Struct

from innesco.demo.said import LAPTOP, PHONE, Said
from innesco.errors import InnescoError
from innesco.storage.clock import Clock


class NotTaken(InnescoError):
    """The door or a page answered a simulated shopper with something other than yes."""


class Doorstep(Struct, frozen=True):
    """`home` is the network address that a shopper comes from, where the client can show it."""

    client: httpx.AsyncClient
    write_key: str
    server_key: str
    now: Clock  #: of the shopper's own device

    async def hear(self, said: Said, home: str) -> None:
        """A request to the door, made now from a home's network address."""
        body = said.body | {"sentAt": self.now().isoformat()}
        auth = httpx.BasicAuth(self.server_key, "") if said.server else httpx.USE_CLIENT_DEFAULT
        if not said.server:
            body["writeKey"] = self.write_key
        agent = PHONE if said.phone else LAPTOP
        answer = await self.client.post(
            said.path,
            content=msgspec.json.encode(body),
            headers={"content-type": "text/plain", "user-agent": agent},
            auth=auth,
            extensions={"home": home},
        )
        _taken(answer, 200)

    async def press(self, path: str, home: str) -> str:
        """The button of one of our pages, `/c/…` or `/u/…`; answers the link to the shop on it."""
        _taken(await self._visit("GET", path, home), 200, 410)
        answer = await self._visit("POST", path, home)
        _taken(answer, 200, 410)
        link = re.search(r'href="([^"]*innesco_t=[^"]*)"', answer.text)
        return html.unescape(link[1]) if link else ""

    async def follow(self, path: str, home: str) -> str:
        """Where a link of a mail leads; empty when it leads nowhere any more."""
        answer = await self._visit("GET", path, home)
        _taken(answer, 302, 410)
        return str(answer.headers.get("location", ""))

    async def _visit(self, method: str, path: str, home: str) -> httpx.Response:
        headers = {"user-agent": LAPTOP, "accept-language": "it"}
        return await self.client.request(method, path, headers=headers, extensions={"home": home})


def _taken(answer: httpx.Response, *good: int) -> None:
    if answer.status_code not in good:
        raise NotTaken(f"{answer.request.url.path[:12]}: {answer.status_code} {answer.text[:200]}")
