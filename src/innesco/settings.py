"""What an installation may set: few things, each with a type, a default that works, a sentence."""

import os
from pathlib import Path

from msgspec import Struct


class Settings(Struct, frozen=True):
    """Read once at the start from `INNESCO_…` variables; a shop's own are its workspace's."""

    data: Path = Path("data")  #: INNESCO_DATA, the folder of everything that is kept
    control_url: str = ""  #: PostgreSQL for accounts and definitions; empty = SQLite in `data`
    journal_url: str = ""  #: PostgreSQL for the log and suppressions; empty = SQLite in `data`
    host: str = "127.0.0.1"  #: where the web role listens
    port: int = 8800
    public_url: str = ""  #: how browsers and mails reach us; empty = http://host:port
    mail_url: str = ""  #: smtp://user:password@host:587, for invitations and password resets
    mail_from: str = "innesco@localhost"  #: their sender
    proxies: int = 0  #: how many of ours stand in front and write X-Forwarded-For
    sandbox_port: int = 8825  #: the embedded SMTP server whose mails show in the UI
    backups: Path = Path()  #: where the nightly backups lie; empty = `backups` in `data`
    backups_kept: int = 7  #: so many of them; older ones are deleted
    demo: bool = False  #: the clock may be moved, people may be impersonated in the demo shop

    @property
    def backups_folder(self) -> Path:
        return self.data / "backups" if self.backups == Path() else self.backups

    @property
    def base_url(self) -> str:
        return self.public_url.rstrip("/") or f"http://{self.host}:{self.port}"


def settings(environ: dict[str, str] | None = None) -> Settings:
    """`INNESCO_PORT=9000` sets `port`; a value of the wrong kind is refused with its name."""
    said = os.environ if environ is None else environ
    found: dict[str, object] = {}
    for name in Settings.__struct_fields__:
        text = said.get(f"INNESCO_{name.upper()}")
        if text is not None:
            found[name] = _read(name, text)
    return Settings(**found)  # type: ignore[arg-type]


def _read(name: str, text: str) -> object:
    match name:
        case "data" | "backups":
            return Path(text)
        case "port" | "sandbox_port":
            if not text.isdigit() or not 0 < int(text) < 65536:
                raise ValueError(f"INNESCO_{name.upper()} must be a port number, not {text!r}")
            return int(text)
        case "proxies":
            if not text.isdigit():
                raise ValueError(f"INNESCO_PROXIES must be a number, not {text!r}")
            return int(text)
        case "backups_kept":
            if not text.isdigit() or int(text) < 1:
                raise ValueError(f"INNESCO_BACKUPS_KEPT must be a number above 0, not {text!r}")
            return int(text)
        case "demo":
            return text.lower() in ("1", "true", "yes")
        case _:
            return text
