"""`innesco demo`: a whole shop with Innesco beside it, on this machine only."""

import asyncio
import logging
import os
import socket
from pathlib import Path
from typing import Annotated

import httpx
import typer
from rich.console import Console
from rich.table import Table

from innesco.cli.month import bar, month
from innesco.cli.run import until_stopped
from innesco.demo.setup import WORKSPACE, Access, is_new, set_up
from innesco.demo.simulate import Wish, remember
from innesco.main import Innesco, open_innesco
from innesco.settings import Settings, settings
from innesco.workers.house import ROLES, run_house
from innesco.workers.log import set_up as set_up_log

HISTORY_PEOPLE = 120


def demo(
    port: Annotated[int, typer.Option(help="Innesco's port")] = 8800,
    shop_port: Annotated[int, typer.Option(help="the demo shop's port")] = 8811,
    data: Annotated[Path | None, typer.Option(help="folder of everything that is kept")] = None,
    shoppers: Annotated[bool, typer.Option(help="simulated shoppers come and go meanwhile")] = True,
    history: Annotated[int, typer.Option(help="days that a new shop has behind it", min=0)] = 2,
    days: Annotated[
        int | None, typer.Option(help="live through so many virtual days and report", min=1)
    ] = None,
    seed: Annotated[int, typer.Option(help="of the virtual days: the same gives the same")] = 7,
    people: Annotated[int, typer.Option(help="shoppers of the virtual days", min=1)] = 200,
    json: Annotated[bool, typer.Option("--json", help="nothing but the report")] = False,
    batch: Annotated[int, typer.Option(hidden=True, min=1)] = 500,
) -> None:
    """Start the demo shop and Innesco, and print where they are; or simulate some days."""
    if days is not None:
        wish = Wish(days=days, seed=seed, people=people, batch=batch, data=data)
        return month(wish, json)
    set_up_log(logging.WARNING)
    environ = _environ(port, data)
    chosen = settings(environ)
    refuse_taken(port=chosen.port, shop_port=shop_port, sandbox_port=chosen.sandbox_port)
    shop_url = f"http://127.0.0.1:{shop_port}"
    innesco = open_innesco(chosen)
    if history and is_new(innesco):
        past = Wish(days=history, seed=seed, people=HISTORY_PEOPLE, language=_language())
        _remember(innesco, past, shop_url)
    access = set_up(innesco, shop_url, _language())
    commands = {"shop": _shop_command(chosen, shop_port)}
    if shoppers:
        commands["shoppers"] = _street_command(chosen, shop_url)
    until_stopped(
        lambda stop: _run(chosen, shop_url, access, environ | _secrets(access), commands, stop)
    )


def refuse_taken(**ports: int) -> None:
    """A port that another program has is said before anything is written."""
    for name, port in ports.items():
        with socket.socket() as one:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                one.bind(("127.0.0.1", port))
            except OSError as taken:
                raise typer.BadParameter(
                    f"{port} is taken on this machine: {OTHER[name]}"
                ) from taken


OTHER = {
    "port": "--port 9000 chooses another",
    "shop_port": "--shop-port 9001 chooses another",
    "sandbox_port": "INNESCO_SANDBOX_PORT=9002 chooses another for the mails",
}


def _language() -> str:
    """The admin UI speaks the terminal's language, as far as it knows it."""
    said = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "it" if said.startswith("it") else "en"


def _remember(innesco: Innesco, wish: Wish, shop_url: str) -> None:
    """Some days that shoppers were here already, so that no page is empty."""
    with bar(Console(stderr=True)) as progress:
        task = progress.add_task(f"The shop's last {wish.days} days", total=1.0)
        asyncio.run(
            remember(innesco, wish, shop_url, lambda share: progress.update(task, completed=share))
        )


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
    console.print("\n[bold]Innesco's demo is ready.[/bold] Ctrl-C stops it.\n")
    console.print(table)
    console.print(
        "\nLeave something in the shop's cart, give your address at the newsletter box,"
        "\nconfirm it in the sandbox inbox, then move the clock with the bar at the"
        f"\nbottom of the shop. Everything is kept in {chosen.data}/.\n",
        soft_wrap=True,
        highlight=False,
    )


def _shop_command(chosen: Settings, shop_port: int) -> list[str]:
    command = ["-m", "innesco.demo.shop", "--port", str(shop_port)]
    command += ["--innesco", chosen.base_url]
    return [*command, "--data", str(chosen.data / "shop"), "--workspace", WORKSPACE]


def _street_command(chosen: Settings, shop_url: str) -> list[str]:
    command = ["-m", "innesco.demo.street", "--innesco", chosen.base_url]
    return [*command, "--data", str(chosen.data), "--shop-url", shop_url]


def _secrets(access: Access) -> dict[str, str]:
    """The keys of the shop, where no list of processes shows them."""
    return {
        "SHOP_WRITE_KEY": access.write_key,
        "SHOP_SERVER_KEY": access.server_key,
        "SHOP_API_KEY": access.api_key,
    }


async def _run(
    chosen: Settings,
    shop_url: str,
    access: Access,
    environ: dict[str, str],
    commands: dict[str, list[str]],
    stop: asyncio.Event,
) -> None:
    """What the roles print goes to a file: the terminal keeps the addresses in sight."""
    with (chosen.data / "demo.log").open("ab") as says:
        house = asyncio.create_task(run_house((*ROLES, *commands), environ, stop, commands, says))
        try:
            with Console().status("Starting …"):
                started = await _answer([f"{chosen.base_url}/livez", f"{shop_url}/"], stop)
            if started:
                say(chosen, shop_url, access)
        finally:
            await house


async def _answer(urls: list[str], stop: asyncio.Event) -> bool:
    """Whether each of these answers; asked until they do, or until told to stop."""
    async with httpx.AsyncClient(follow_redirects=True) as client:
        while not stop.is_set():
            if all([await _answers(client, url) for url in urls]):
                return True
            await asyncio.sleep(0.2)
    return False


async def _answers(client: httpx.AsyncClient, url: str) -> bool:
    try:
        return (await client.get(url)).is_success
    except httpx.HTTPError:
        return False
