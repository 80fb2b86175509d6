"""`innesco owner`: somebody can sign in at last, and nobody becomes an owner by the way."""

import pytest

from innesco.settings import Settings
from innesco.storage import accounts, audit, passwords, tickets
from innesco.storage.accounts import Role
from innesco.storage.clock import wall
from innesco.storage.open import opened
from innesco.storage.tickets import Errand
from tests.cli.at_the_terminal import Terminal

ROSA, PASSWORD = "rosa@fico.example", "fichi secchi e noci"


@pytest.fixture
def shop(terminal: Terminal) -> Terminal:
    terminal.opens_a_shop()
    return terminal


def owners(terminal: Terminal, workspace: str = "fico-figli") -> list[str]:
    with opened(Settings(data=terminal.data)) as stores, stores.control.connect() as connection:
        assert audit.broken(connection) is None
        return [
            one.email for one in accounts.members(connection, workspace) if one.role is Role.OWNER
        ]


def test_with_a_password_she_owns_it_at_once(shop: Terminal) -> None:
    said = shop.asks("owner", "create", "Rosa@Fico.example", input=f"{PASSWORD}\n{PASSWORD}\n")
    assert (said["email"], said["link"]) == (ROSA, None)
    assert owners(shop) == [ROSA]
    with opened(Settings(data=shop.data)) as stores, stores.control.connect() as connection:
        held = accounts.password_of(connection, ROSA)
    assert held is not None
    assert passwords.fits(PASSWORD, held[1])


def test_with_a_link_she_owns_it_when_it_was_opened(shop: Terminal) -> None:
    link = shop.asks("owner", "create", ROSA, "--link")["link"]
    assert owners(shop) == []
    secret = link.partition("#")[2]
    with opened(Settings(data=shop.data)) as stores, stores.control.connect() as connection:
        ticket = tickets.holds(connection, secret, Errand.INVITATION, wall())
    assert ticket is not None
    assert (ticket.workspace, ticket.role) == ("fico-figli", Role.OWNER)
    again = shop.asks("owner", "create", ROSA, "--link")["link"]
    assert again != link


def test_a_second_owner_must_be_asked_for(shop: Terminal) -> None:
    shop.asks("owner", "create", ROSA, input=f"{PASSWORD}\n{PASSWORD}\n")
    assert "--also" in shop.refused("owner", "create", "bert@fico.example", "--link")
    assert "innesco owner link" in shop.refused("owner", "create", ROSA, "--link", "--also")
    assert shop.asks("owner", "create", "bert@fico.example", "--link", "--also")["link"]


def test_an_open_link_counts_as_an_owner(shop: Terminal) -> None:
    shop.asks("owner", "create", ROSA, "--link")
    assert "--also" in shop.refused("owner", "create", "bert@fico.example", "--link")


def test_who_has_a_password_owns_a_second_shop_without_another(shop: Terminal) -> None:
    shop.asks("owner", "create", ROSA, input=f"{PASSWORD}\n{PASSWORD}\n")
    shop.opens_a_shop("--id=second")
    assert "--workspace" in shop.refused("owner", "create", ROSA)
    shop.asks("owner", "create", ROSA, "--workspace=second")
    assert (owners(shop), owners(shop, "second")) == ([ROSA], [ROSA])


@pytest.mark.parametrize(
    ("words", "input", "mend"),
    [
        (["rosa"], "", "no e-mail address"),
        ([ROSA, "--language=de"], "", "--language it"),
        ([ROSA, "--workspace=nowhere"], "", "There are: fico-figli"),
        ([ROSA], "short\nshort\n", "12 to 256"),
    ],
)
def test_what_cannot_be_is_told_with_the_mend(
    shop: Terminal, words: list[str], input: str, mend: str
) -> None:
    assert mend in shop.refused("owner", "create", *words, input=input)
    assert owners(shop) == []


def test_before_the_first_shop_it_says_what_comes_first(terminal: Terminal) -> None:
    assert "innesco workspaces create" in terminal.refused("owner", "create", ROSA)


def test_who_is_locked_out_gets_a_link_for_a_new_password(shop: Terminal) -> None:
    assert "innesco owner create" in shop.refused("owner", "link", ROSA)
    shop.asks("owner", "create", ROSA, input=f"{PASSWORD}\n{PASSWORD}\n")
    secret = shop.asks("owner", "link", ROSA)["link"].partition("#")[2]
    with opened(Settings(data=shop.data)) as stores, stores.control.connect() as connection:
        assert tickets.holds(connection, secret, Errand.RESET, wall())
