"""What every channel speaks: messages go out, receipts come back at once."""

from typing import Protocol

from msgspec import Struct


class Email(Struct, frozen=True, kw_only=True):
    """One letter to one address, with all its words; `channels/mime.py` puts it in an envelope."""

    key: str  #: of the effect that asked for it; asking twice sends once
    sender: str  #: `ciao@shop.it`
    sender_name: str = ""
    reply_to: str = ""
    to: str
    subject: str
    html: str
    text: str
    unsubscribe: str = ""  #: the address that unsubscribes in one click; empty = none
    feedback_id: tuple[str, ...] = ()  #: template, journey, class, workspace: for Gmail's tools
    automatic: bool = False  #: an answer to what she did, not a letter to many (RFC 3834)


class Accepted(Struct, frozen=True, tag="accepted"):
    id: str  #: the provider's name for the message: feedback will carry it


class Refused(Struct, frozen=True, tag="refused"):
    """This message will never go; `suppress` when nothing may go to this address again."""

    because: str
    suppress: bool = False


class TryAgain(Struct, frozen=True, tag="try again"):
    because: str


class Broken(Struct, frozen=True, tag="broken"):
    """The account is at fault, not the message: hold the whole channel and tell a person."""

    because: str


class Unclear(Struct, frozen=True, tag="unclear"):
    """The line broke after the words were handed over: it may have gone, it may not."""

    because: str


Receipt = Accepted | Refused | TryAgain | Broken | Unclear


class Transport(Protocol):
    """The shell's end of a channel: `connectors/smtp.py`, or `Nowhere` for a month in a minute."""

    async def send(self, email: Email, raw: bytes) -> Receipt: ...
