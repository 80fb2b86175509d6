"""`innesco workspaces`: a shop with all it starts with, or what is wrong with what was said."""

import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest

from innesco.cli.workspaces import slug
from innesco.events.event import Source
from innesco.main import open_innesco
from innesco.settings import Settings
from innesco.storage import definitions, journal, keys, workspaces
from innesco.storage.clock import wall
from innesco.storage.definitions import Name
from innesco.storage.open import opened
from tests.cli.at_the_terminal import SHOP, Terminal


def test_a_new_shop_has_settings_keys_templates_in_force_and_journeys_as_drafts(
    terminal: Terminal,
) -> None:
    said = terminal.opens_a_shop("--cart-url=https://cart.fico.example/?rebuild={items}")
    assert said["workspace"] == "fico-figli"
    with opened(Settings(data=terminal.data)) as stores, stores.control.connect() as connection:
        settings = workspaces.settings(connection, "fico-figli")
        public = keys.known(connection, said["public_key"], wall())
        server = keys.known(connection, said["server_key"], wall())
        states = {
            kind: {
                version.state
                for name in definitions.named(connection, "fico-figli", kind)
                for version in definitions.versions(connection, name)
            }
            for kind in ("template", "journey")
        }
        confirm = definitions.in_force(connection, Name("fico-figli", "template", "confirm"))
    assert (settings.name, settings.sender_name) == ("Fico & Figli", "Fico & Figli")
    assert (settings.language, settings.zone, settings.currency) == ("it", "Europe/Rome", "EUR")
    assert settings.link_hosts == ("fico.example", "cart.fico.example")
    assert public is not None
    assert public.source is Source.PUBLIC
    assert server is not None
    assert server.source is Source.SERVER
    assert states == {"template": {"published"}, "journey": {"draft"}}
    assert confirm is not None


def test_live_knows_the_new_shop_and_no_journey_of_it(terminal: Terminal) -> None:
    terminal.opens_a_shop()
    innesco = open_innesco(Settings(data=terminal.data))
    words = [row.body for row in journal.read(innesco.stores.journal, 0, 100)]
    assert sum(b'"kind":"workspace"' in one for one in words) == 1
    assert sum(b'"kind":"template"' in one for one in words) == 5
    assert sum(b'"kind":"journey"' in one for one in words) == 0


def test_the_list_names_every_shop(terminal: Terminal) -> None:
    assert "workspaces create" in terminal.types("workspaces", "list").stdout
    terminal.opens_a_shop()
    terminal.opens_a_shop("--id=second")
    assert [one["id"] for one in terminal.asks("workspaces", "list")] == ["fico-figli", "second"]
    assert "second" in terminal.types("workspaces", "list").stdout


def test_the_same_shop_twice_is_refused_with_the_mend(terminal: Terminal) -> None:
    terminal.opens_a_shop()
    assert "--id" in terminal.refused("workspaces", "create", *SHOP)


@pytest.mark.parametrize(
    ("said", "mend"),
    [
        ("--url=fico", "--url: a whole address"),
        ("--sender-email=fico", "--sender-email: an e-mail address"),
        ("--zone=Rome", "--zone: a zone such as Europe/Rome"),
        ("--currency=EU", "--currency: three letters"),
        ("--language=italian", "--language: two letters"),
        ("--cart-url=https://fico.example/cart", "--cart-url: says where the items go"),
        ("--id=Fico!", "a-z, 0-9 and -"),
        ("--address=", "Not said: --address"),
        ("--name=   ", "Not said: --name"),
    ],
)
def test_what_cannot_be_is_named_and_nothing_is_made(
    terminal: Terminal, said: str, mend: str
) -> None:
    assert mend in terminal.refused("workspaces", "create", *SHOP, said)
    assert terminal.asks("workspaces", "list") == []


def test_a_name_becomes_an_id() -> None:
    assert slug("Fico & Ginepro") == "fico-ginepro"
    assert slug("  Caffè d'Oro – dal 1901 ") == "caffe-d-oro-dal-1901"
    assert slug("日本") == ""


def test_at_a_terminal_it_asks_for_what_was_not_said(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    os.write(ours, b"https://fico.example\n\n\n\n\nciao@fico.example\nVia Roma 1\n")
    done = subprocess.run(
        [sys.executable, "-m", "innesco.cli", "workspaces", "create", "--name=Fico", "--json"],
        env={**os.environ, "INNESCO_DATA": str(tmp_path)},
        stdin=theirs,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    os.close(ours)
    os.close(theirs)
    assert done.returncode == 0, done.stderr
    assert "Time zone" in done.stderr
    assert '"sender_name":"Fico"' in done.stdout
    assert '"zone":"Europe/Rome"' in done.stdout
