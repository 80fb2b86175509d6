"""`innesco demo`: a whole shop with Innesco beside it, on this machine only."""

import asyncio
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from innesco.cli.run import until_stopped
from innesco.demo.setup import WORKSPACE, Access, set_up
from innesco.main import open_innesco
from innesco.settings import Settings, settings
from innesco.workers.house import ROLES, run_house
from innesco.workers.log import set_up as set_up_log


def demo(
    port: Annotated[int, typer.Option(help="Innesco's port")] = 8800,
    shop_port: Annotated[int, typer.Option(help="the demo shop's port")] = 8811,
    data: Annotated[Path | None, typer.Option(help="folder of everything that is kept")] = None,
) -> None:
    """Start the demo shop and Innesco, and print where they are."""
    set_up_log()
    environ = _environ(port, data)
    chosen = settings(environ)
    shop_url = f"http://127.0.0.1:{shop_port}"
    innesco = open_innesco(chosen)
    access = set_up(innesco, shop_url)
    say(chosen, shop_url, access)
    shop = _shop_command(chosen, shop_port, access)
    until_stopped(lambda stop: _run(environ, shop, stop))


def _environ(port: int, data: Path | None) -> dict[str, str]:
    more = {"INNESCO_DEMO": "1", "INNESCO_PORT": str(port)}
    if data is not None:
        more["INNESCO_DATA"] = str(data)
    return {**os.environ, **more}


def say(chosen: Settings, shop_url: str, access: Access) -> None:
    """The addresses and the login, as a table that can be read at a glance."""
    table = Table(show_header=False, box=None, padding=(0, 2))
    table.add_row("The shop", f"{shop_url}/")
    table.add_row("Innesco", f"{chosen.base_url}/")
    table.add_row("Sign in as", access.email)
    table.add_row("Password", access.password)
    console = Console()
    console.print("\n[bold]Innesco's demo is starting.[/bold] Ctrl-C stops it.\n")
    console.print(table)
    console.print(
        "\nLeave something in the shop's cart, give your address at the newsletter box, confirm"
        "\nit in the sandbox inbox, then move the clock with the bar at the bottom of the shop.\n"
    )


Command = tuple[list[str], dict[str, str]]


def _shop_command(chosen: Settings, shop_port: int, access: Access) -> Command:
    """Python's arguments, and the secrets that no list of processes may show."""
    command = ["-m", "innesco.demo.shop", "--port", str(shop_port)]
    command += ["--innesco", chosen.base_url, "--write-key", access.write_key]
    command += ["--data", str(chosen.data / "shop"), "--workspace", WORKSPACE]
    return command, {"SHOP_SERVER_KEY": access.server_key, "SHOP_API_KEY": access.api_key}


async def _run(environ: dict[str, str], shop: Command, stop: asyncio.Event) -> None:
    commands = {"shop": shop[0]}
    await run_house((*ROLES, "shop"), environ | shop[1], stop, commands)
