"""The door by itself, for Granian: `granian --factory tests.stories.door_app:application`."""

from datetime import UTC, datetime
from functools import partial

from innesco.settings import settings
from innesco.storage import journal
from innesco.storage.keys import keyring
from innesco.storage.open import open_stores
from innesco.web.door.door import Door, door
from innesco.web.door.ports import Ports


def now() -> datetime:
    return datetime.now(UTC)


def application() -> Door:
    """Everything that is kept lies in `INNESCO_DATA`, and the address is INNESCO_PORT's."""
    said = settings()
    stores = open_stores(said)
    return door(
        Ports(
            append=partial(journal.append, stores.journal),
            keys=keyring(stores.control, now),
            now=now,
            lag=lambda: 0.0,
            salt=b"a story",
            base_url=said.base_url,
        )
    )
