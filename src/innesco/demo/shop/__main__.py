"""Starts the shop alone: `python -m innesco.demo.shop --port 8811 --innesco http://…`."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer
from granian.constants import Interfaces
from granian.server.embed import Server

from innesco.demo.shop.app import shop
from innesco.demo.shop.settings import ShopSettings


def start(
    innesco: Annotated[str, typer.Option(help="Innesco's address")] = "http://127.0.0.1:8800",
    host: str = "127.0.0.1",
    port: int = 8811,
    write_key: Annotated[
        str, typer.Option(envvar="SHOP_WRITE_KEY", help="public, pk_…")
    ] = "pk_demo",
    server_key: Annotated[
        str, typer.Option(envvar="SHOP_SERVER_KEY", help="secret, sk_…")
    ] = "sk_demo",
    api_key: Annotated[
        str, typer.Option(envvar="SHOP_API_KEY", help="for the demo bar, ak_…")
    ] = "",
    admin: Annotated[str, typer.Option(help="the admin UI, if elsewhere")] = "",
    workspace: Annotated[str, typer.Option(help="the shop's workspace in Innesco")] = "fico",
    data: Annotated[Path, typer.Option(help="folder of carts and orders")] = Path("data/shop"),
) -> None:
    """The demo shop of Innesco, on its own address."""
    settings = ShopSettings(
        innesco, write_key, server_key, data, admin, api_key, workspace=workspace
    )
    server = Server(shop(settings), host, port, interface=Interfaces.ASGI)
    typer.echo(f"Fico & Ginepro: http://{host}:{port}/")
    try:
        asyncio.run(server.serve())
    except KeyboardInterrupt:
        typer.echo("closed")


if __name__ == "__main__":
    typer.run(start)
