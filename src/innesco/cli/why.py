"""`innesco why PERSON journey/cart-recovery`: each gate passed or failed, with its values."""

from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer
from rich.console import Console, RenderableType

from innesco.cli.why_shown import decided, message, story
from innesco.conditions.explained import Words
from innesco.main import Innesco, open_innesco
from innesco.settings import settings
from innesco.storage import decisions, people, workspaces
from innesco.storage.why import Asker, Unanswered, When, as_of
from innesco.storage.workspaces import NoWorkspace
from innesco.turn import Decision


def why(
    person: Annotated[str, typer.Argument(help="an id, an e-mail or a customer number")],
    about: Annotated[
        str, typer.Argument(help="journey/ID or message/KEY [all that was decided lately]")
    ] = "",
    workspace: Annotated[str, typer.Option(help="whose person [the only one]")] = "",
    at: Annotated[str, typer.Option(help="as of a moment, such as 2026-11-24T10:30")] = "",
    seq: Annotated[int | None, typer.Option(help="as of a place in the log")] = None,
    json: Annotated[bool, typer.Option("--json", help="print one JSON document")] = False,
) -> None:
    """Why somebody is, was or was never in a journey, or was sent a message or not."""
    try:
        innesco = open_innesco(settings())
        asker, words = _asker(innesco, workspace)
        who, when = asker.who(person), as_of(at, seq, words.zone)
        _answer(asker, who, about, when, words if not json else None)
    except (Unanswered, NoWorkspace) as error:
        mend = getattr(error, "mend", "")
        raise typer.BadParameter(f"{error}. {mend}".strip()) from None


def _asker(innesco: Innesco, workspace: str) -> tuple[Asker, Words]:
    with innesco.stores.control.connect() as connection:
        names = workspaces.ids(connection)
        if not workspace and len(names) != 1:
            there = f"There are: {', '.join(names) or 'none yet'}."
            raise Unanswered("which workspace? --workspace names it", there)
        shop = workspaces.settings(connection, workspace or names[0])
    asker = Asker(innesco.stores, workspace or names[0], innesco.now())
    return asker, Words("en", ZoneInfo(shop.zone), shop.currency)


def _answer(asker: Asker, who: str, about: str, when: When, words: Words | None) -> None:
    """Printed for people with `words`, as JSON without."""
    kind, _, name = about.partition("/")
    said: Any
    shown: RenderableType
    match kind:
        case "":
            said = _lately(asker, who)
            shown = decided(said, words or Words())
        case "journey":
            said = asker.about_journey(who, name, when)
            shown = story(said, words or Words())
        case "message":
            said = asker.about_message(name)
            shown = message(said, words or Words())
        case _:
            raise Unanswered(f"{about} is nothing to ask about", "Ask journey/ID or message/KEY.")
    if words is None:
        typer.echo(msgspec.json.encode(said).decode())
    else:
        Console().print(shown)


def _lately(asker: Asker, who: str) -> list[Decision]:
    with asker.stores.people.connect() as connection:
        profiles = people.profiles_of(connection, asker.workspace, [who])[who]
        return decisions.of_person(connection, asker.workspace, profiles, most=40)
