"""The house's own mails: invitations and password resets, to the people who run the shop.

They leave in the background, so that an answer takes as long whether there is such an account or
not. Without a server of its own the house writes to the sandbox, where nothing leaves the machine.
"""

import smtplib
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

import structlog
from msgspec import Struct

TIMEOUT_SECONDS = 20.0
PAUSES = (2.0, 20.0)  # seconds before the second and the third try
log = structlog.get_logger()


class House(Struct, frozen=True):
    """`smtp://user:password@mail.example:587`, `smtps://…:465`."""

    host: str
    port: int
    sender: str
    user: str = ""
    password: str = ""
    whole_line: bool = False  #: TLS from the first byte (smtps); else STARTTLS where it is offered


def house(url: str, sender: str, sandbox_port: int) -> House:
    """The server in a setting; the sandbox when it is empty. Raises ValueError for no address."""
    if not url:
        return House("127.0.0.1", sandbox_port, sender)
    parts = urlsplit(url)
    if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
        raise ValueError("INNESCO_MAIL_URL must look like smtp://user:password@host:587")
    whole = parts.scheme == "smtps"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    port = parts.port or (465 if whole else 587)
    return House(parts.hostname, port, sender, user, password, whole)


class Post:
    """`post(to, subject, text)`: hands a mail over and returns at once."""

    def __init__(self, server: House, pause: Callable[[float], None] = time.sleep) -> None:
        self._server, self._pause = server, pause
        self._hands = ThreadPoolExecutor(1, "house-mail")

    def __call__(self, to: str, subject: str, text: str) -> "Future[bool]":
        """Tried three times; the future tells whether it left. The log names no address."""
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = self._server.sender, to, subject
        message["Auto-Submitted"] = "auto-generated"
        message.set_content(text)
        return self._hands.submit(self._deliver, message)

    def _deliver(self, message: EmailMessage) -> bool:
        for pause in (*PAUSES, None):
            try:
                _send(self._server, message)
            except (OSError, smtplib.SMTPException) as error:
                log.warning("house.mail.failed", error=type(error).__name__, again_in=pause)
                if pause is not None:
                    self._pause(pause)
            else:
                return True
        return False


def _send(server: House, message: EmailMessage) -> None:
    kind = smtplib.SMTP_SSL if server.whole_line else smtplib.SMTP
    with kind(server.host, server.port, timeout=TIMEOUT_SECONDS) as line:
        line.ehlo()
        if not server.whole_line and line.has_extn("starttls"):
            line.starttls()
            line.ehlo()
        if server.user:
            line.login(server.user, server.password)
        line.send_message(message)
