"""The tally after a fault: what was acknowledged against what is on the disk and in the mailbox."""

from collections import Counter
from collections.abc import Iterable

import msgspec
import sqlalchemy as sa

from innesco.events.admit import double_key
from innesco.events.body import events_of
from innesco.messages.asked import Outcome
from innesco.messages.tell import NAMES
from innesco.profiles.history import Heard, open_kept, unchunk
from innesco.storage import outbox, tables
from innesco.storage.open import Stores
from innesco.verify.mailbox import Mailbox
from innesco.verify.report import Row, at_most, equal, none
from innesco.workers.claim import BATCH

ENDED = (Outcome.SENT, Outcome.SKIPPED, Outcome.FAILED, Outcome.UNCERTAIN)


class Said(msgspec.Struct):
    """All that is wanted of an event in the log."""

    messageId: str = ""


def events(stores: Stores, key: str, acknowledged: list[str]) -> list[Row]:
    """Acknowledged ⊆ in the log; each in one history, once."""
    logged = set(_logged(stores.journal, key))
    folded = Counter(heard.event.key for heard in histories(stores.people))
    wanted = [double_key(key, name, 0) for name in acknowledged]
    return [
        none("acknowledged events lost", sum(name not in logged for name in acknowledged)),
        none("acknowledged events not in a history", sum(not folded[name] for name in wanted)),
        none("events folded twice", sum(n - 1 for n in folded.values() if n > 1)),
        none("events refused", _count(stores.people, tables.quarantine)),
    ]


def messages(stores: Stores, mailbox: Mailbox, asked: int, kills: int) -> list[Row]:
    """Each asked once, each with one outcome, none twice in the mailbox."""
    states = outbox.states(stores.outbox)
    ended = sum(states.get(state, 0) for state in ENDED)
    sent, uncertain = states.get(Outcome.SENT, 0), states.get(Outcome.UNCERTAIN, 0)
    told = Counter(heard.event.name for heard in histories(stores.people))
    return [
        equal("messages asked", _count(stores.people, tables.effects), asked),
        equal("sent + skipped + failed + uncertain", ended, asked),
        none("messages without an outcome", sum(states.values()) - ended),
        equal("outcomes in histories", sum(told[name] for name in NAMES.values()), asked),
        none("mails that came twice", mailbox.doubled),
        none("sent that never came", max(0, sent - mailbox.messages.total())),
        at_most("came without being sent", mailbox.messages.total() - sent, uncertain),
        at_most("uncertain", uncertain, kills * BATCH),
    ]


def waiting(stores: Stores) -> int:
    """Messages that will still move: not copied, not ended, or not told to the log."""
    states = outbox.states(stores.outbox)
    ended = sum(states.get(state, 0) for state in ENDED)
    missing = _count(stores.people, tables.effects) - sum(states.values())
    return missing + sum(states.values()) - ended + len(outbox.untold(stores.outbox))


def histories(people: sa.Engine) -> Iterable[Heard]:
    """Every event of every person; raises `Damaged` where a checksum differs."""
    with people.connect() as connection:
        for chunk in connection.scalars(sa.select(tables.history.c.chunk)):
            yield from map(open_kept, unchunk(chunk))


def _logged(journal: sa.Engine, key: str) -> Iterable[str]:
    decode = msgspec.json.Decoder(Said).decode
    query = sa.select(tables.log.c.body).where(tables.log.c.key == key)
    with journal.connect() as connection:
        for body in connection.scalars(query):
            yield from (decode(raw).messageId for raw in events_of(bytes(body)))


def _count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
