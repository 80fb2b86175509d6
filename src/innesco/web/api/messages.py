"""Messages: what was asked to be sent, what came of it, and what it looks like."""

from typing import Annotated, Any, Literal

from litestar import Response, get
from litestar.params import FromPath, FromQuery, QueryParameter
from msgspec import Struct

from innesco.events.event import micros
from innesco.messages.allow import Gate
from innesco.messages.asked import Outcome
from innesco.storage import outbox, people, sent, workspaces
from innesco.storage.sent import Message
from innesco.storage.why import Asker
from innesco.web.api import cursor
from innesco.web.api.members import PATH
from innesco.web.api.policy import VIEWER
from innesco.web.api.preview import framed
from innesco.web.api.problem import missing
from innesco.web.ports import Given, Ports

PAGE = 50
Text = Annotated[str, QueryParameter(max_length=300)]
Word = Annotated[str | None, QueryParameter(max_length=300)]
Key = Annotated[str, QueryParameter(max_length=500)]


class MessagePage(Struct, frozen=True):
    items: list[Message]
    next: str | None


class Counted(Struct, frozen=True):
    states: dict[str, int]  #: messages by state, all times
    gates: dict[str, dict[str, int]]  #: by state, then by the gate that decided


class ShownProduct(Struct, frozen=True):
    product: str
    quantity: int


class MessageStory(Struct, frozen=True):
    """One message: each gate with its values, and its words once written."""

    message: Message
    topic: str
    language: str
    products: list[ShownProduct]
    gates: list[Gate]
    as_of: Literal["claim", "now"]  #: a message that waits is asked about as of now
    text: str | None  #: the plain-text part
    has_preview: bool


@get(PATH + "/messages", needs=VIEWER, sync_to_thread=True)
def list_messages(
    workspace: FromPath[str],
    ports: Given,
    outcome: FromQuery[Outcome | None] = None,
    journey: Word = None,
    channel: Word = None,
    gate: Word = None,
    person: Word = None,
    cursor_: Annotated[str | None, QueryParameter(name="cursor", max_length=800)] = None,
) -> MessagePage:
    """The newest first; by outcome, journey, channel, the gate that decided, and person."""
    which = sent.Which(
        state=outcome,
        journey=journey,
        channel=channel,
        gate=gate,
        people=_profiles(ports, workspace, person) if person else None,
        before=cursor.read(cursor_),
        most=PAGE,
    )
    return page_of(ports, workspace, which)


@get(PATH + "/messages/counts", needs=VIEWER, sync_to_thread=True)
def count_messages(workspace: FromPath[str], ports: Given) -> Counted:
    """How many messages are in each state, and which gates decided."""
    outbox = ports.stores.outbox
    return Counted(sent.states(outbox, workspace), sent.gates(outbox, workspace))


@get(PATH + "/message", needs=VIEWER, sync_to_thread=True)
def look_at_message(workspace: FromPath[str], key: Key, ports: Given) -> MessageStory:
    """One message by its key, with every gate it passed or failed."""
    looked = sent.message(ports.stores.outbox, workspace, key)
    if looked is None:
        raise missing("message")
    words = outbox.preview(ports.stores.outbox, workspace, key) if looked.has_content else None
    told = Asker(ports.stores, workspace, ports.now()).message(key)
    return MessageStory(
        looked.message,
        looked.asked.topic,
        looked.asked.language,
        [ShownProduct(line.product, line.quantity) for line in looked.asked.lines],
        list(told.gates),
        told.as_of,
        words.text if words else None,
        words is not None,
    )


@get(
    PATH + "/message/preview",
    needs=VIEWER,
    media_type="text/html",
    sync_to_thread=True,
)
def preview_message(workspace: FromPath[str], key: Key, ports: Given) -> Response[bytes]:
    """The mail as it was sent, for a frame: its links are dead, so looking is no click."""
    words = outbox.preview(ports.stores.outbox, workspace, key)
    if words is None:
        raise missing("preview: the words are written when it is sent")
    return framed(words.html, pictures(ports, workspace), links=False)


def _profiles(ports: Ports, workspace: str, person: str) -> tuple[str, ...]:
    """Messages name the profile that they were asked for, which may have joined somebody."""
    with ports.stores.people.connect() as connection:
        who = people.aliases(connection, workspace, [person]).get(person, person)
        return tuple(people.profiles_of(connection, workspace, [who])[who])


def pictures(ports: Ports, workspace: str) -> list[str]:
    """Where a mail's pictures may come from."""
    with ports.stores.control.connect() as connection:
        shop = workspaces.settings(connection, workspace)
    hosts = [f"https://{host}" for host in shop.link_hosts]
    return [shop.shop_url, shop.logo_url, ports.settings.base_url, *hosts]


def page_of(ports: Ports, workspace: str, which: sent.Which) -> MessagePage:
    items = sent.messages(ports.stores.outbox, workspace, which)
    last = items[-1] if len(items) == which.most else None
    return MessagePage(items, cursor.say(micros(last.asked), last.key) if last else None)


ROUTES: list[Any] = [list_messages, count_messages, look_at_message, preview_message]
