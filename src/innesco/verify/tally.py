"""The tally after a fault: what was acknowledged against what is on the disk and in the mailbox."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
import sqlalchemy as sa

from innesco.columns.owner import Owner
from innesco.events.admit import double_key
from innesco.events.body import events_of
from innesco.messages.asked import Outcome
from innesco.messages.tell import NAMES
from innesco.profiles.history import Heard, open_kept, unchunk
from innesco.storage import outbox, tables
from innesco.storage.open import Stores
from innesco.verify.mailbox import Arrived
from innesco.verify.report import Row, at_most, equal, none

ENDED = (Outcome.SENT, Outcome.SKIPPED, Outcome.FAILED, Outcome.UNCERTAIN)


class Said(msgspec.Struct):
    """All that is wanted of an event in the log."""

    messageId: str = ""


def events(stores: Stores, acknowledged: Collection[tuple[str, str]]) -> list[Row]:
    """Acknowledged ⊆ in the log; each of the log in one history, once."""
    logged = _logged(stores.journal, {key for key, _ in acknowledged})
    folded = Counter(heard.event.key for heard in histories(stores.people))
    wanted = [double_key(key, name, 0) for key, name in acknowledged if (key, name) in logged]
    return [
        none("acknowledged events lost", sum(one not in logged for one in acknowledged)),
        none("events of the log in no history", sum(not folded[name] for name in wanted)),
        none("events folded twice", sum(n - 1 for n in folded.values() if n > 1)),
        none("events refused", _count(stores.people, tables.quarantine)),
    ]


def messages(stores: Stores, arrived: Arrived, asked: int, bound: int) -> list[Row]:
    """Each asked once, each with one outcome, none twice in a mailbox."""
    states = outbox.states(stores.outbox)
    ended = sum(states.get(state, 0) for state in ENDED)
    sent, uncertain = states.get(Outcome.SENT, 0), states.get(Outcome.UNCERTAIN, 0)
    told = Counter(heard.event.name for heard in histories(stores.people))
    came = arrived.messages.total()
    return [
        equal("messages asked", _count(stores.people, tables.effects), asked),
        equal("sent + skipped + failed + uncertain", ended, asked),
        none("messages without an outcome", sum(states.values()) - ended),
        none("failed", states.get(Outcome.FAILED, 0)),
        equal("outcomes in histories", sum(told[name] for name in NAMES.values()), asked),
        none("mails that came twice", arrived.doubled),
        none("sent that never came", (_sent_to(stores.outbox) - arrived.addresses).total()),
        at_most("came without being sent", came - sent, uncertain),
        at_most("uncertain", uncertain, bound),
    ]


def _sent_to(outbox: sa.Engine) -> Counter[str]:
    held = tables.messages.c
    query = sa.select(held.address).where(held.state == Outcome.SENT.value)
    with outbox.connect() as connection:
        return Counter(connection.scalars(query))


def columns(stores: Stores, folder: Path, workspaces: Sequence[str]) -> list[Row]:
    """What the histories say, the columns say: each event once, under the same person.

    The owner must have been stopped: DuckDB locks its files.
    """
    owner, found = Owner(folder), Counter[tuple[str, str, int]]()
    for workspace in workspaces:
        with owner.cursor(workspace) as cursor:
            rows = cursor.execute("SELECT person, seq FROM events").fetchall()
        found.update((workspace, person, seq) for person, seq in rows)
    owner.close()
    told = Counter(_of_histories(stores.people))
    return [
        none("events that columns lacks", (told - found).total()),
        none("events in columns twice, or of nobody", (found - told).total()),
    ]


def caught(sandbox: sa.Engine) -> Arrived:
    """What the sandbox has on its disk."""
    arrived, held = Arrived(), tables.mails.c
    with sandbox.connect() as connection:
        for name, recipients in connection.execute(sa.select(held.message, held.recipients)):
            arrived.messages[name] += 1
            arrived.addresses.update(msgspec.json.decode(recipients))
    return arrived


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


def _of_histories(people: sa.Engine) -> Iterator[tuple[str, str, int]]:
    """Workspace, person and place of every event; in the load nobody becomes somebody else."""
    held = tables.history.c
    query = sa.select(held.workspace, held.person, held.chunk)
    with people.connect() as connection:
        for workspace, person, chunk in connection.execute(query):
            for kept in unchunk(chunk):
                yield workspace, person, open_kept(kept).event.seq


def _logged(journal: sa.Engine, keys: Collection[str]) -> set[tuple[str, str]]:
    decode = msgspec.json.Decoder(Said).decode
    query = sa.select(tables.log.c.key, tables.log.c.body).where(tables.log.c.key.in_(keys))
    with journal.connect() as connection:
        return {
            (key, decode(raw).messageId)
            for key, body in connection.execute(query)
            for raw in events_of(bytes(body))
        }


def _count(engine: sa.Engine, table: sa.Table) -> int:
    with engine.connect() as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table)) or 0
