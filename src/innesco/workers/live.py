"""Live: reads the log behind a cursor, runs the way, and keeps what follows in one transaction.

Loads, calls `way.fold`, keeps. People, history, runs, decisions, feeds and the cursor are written
together, so a crash between two batches loses and doubles nothing. The clock is heard only as a
row of the log: when somebody is due and nothing else is waiting, a `clock` row is appended and read
like any other. So the log alone says what happened in which order, and a replay gives the same.
"""

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import nullcontext
from datetime import datetime
from itertools import groupby
from pathlib import Path

import msgspec
import sqlalchemy as sa
import structlog
from msgspec import Struct
from msgspec.structs import astuple, replace

from innesco import way
from innesco.columns import feed
from innesco.definitions.definitions import Definitions
from innesco.events.admit import Customs, admit
from innesco.events.body import events_of
from innesco.events.event import Admitted, Dropped, Event, Source, micros
from innesco.profiles.history import Heard
from innesco.profiles.learn import is_double
from innesco.profiles.recognise import Recognised, Who, recognise
from innesco.profiles.tokens import Secrets, proven
from innesco.storage import answers, cursors, editions, journal, loose, people, published, tables
from innesco.storage.clock import Clock
from innesco.storage.definitions import Word
from innesco.storage.engines import writing
from innesco.workers import publication
from innesco.workers.crowd import Crowd
from innesco.workers.faults import MOST_FAULTS, OUTSIDE, at_fault

log = structlog.get_logger()

DUE_AT_ONCE = 500
CURSOR = "live"


class Ports(Struct, frozen=True):
    """What live asks of the rest of the program."""

    journal: sa.Engine
    people: sa.Engine
    secrets: Callable[[str], Secrets]  #: the signing keys of a workspace
    document: Callable[[str], bytes]  #: a definition's JSON by its hash
    clock: Clock
    data: Path  #: the folder of everything that is kept
    watch: way.Watch = nullcontext


class Progress(Struct, frozen=True):
    """What one pass did; `behind` is how old the oldest row not read yet is."""

    rows: int = 0
    events: int = 0
    quarantined: int = 0
    woken: int = 0


def sum_of(parts: Iterable[Progress]) -> Progress:
    total = Progress()
    for part in parts:
        total = Progress(*(sum(two) for two in zip(astuple(total), astuple(part), strict=True)))
    return total


class Live:
    """The one writer of people. `catch_up` is called again and again, by a worker or a test."""

    def __init__(self, ports: Ports) -> None:
        self._ports = ports
        self._crowds: dict[str, Crowd] = {}
        self._definitions: dict[str, Definitions] = {}
        self._quarantined: list[dict[str, object]] = []
        self._loose: list[tuple[str, Event]] = []
        self._faulty: dict[int, Dropped] = {}  # events that cannot be taken, by place
        self._careful = False  # one event at a time, to find those
        self._at = 0  # the place of the event that is being taken
        self._answers = True  # there may be some that wait to be taken
        self._said_whole: set[str] = set()  # editions, in the log or on the way there
        self._cursor = cursors.position(ports.people, CURSOR)

    @property
    def cursor(self) -> int:
        """The last place of the log that was read and kept."""
        return self._cursor

    def catch_up(self, rows: int = 500) -> Progress:
        """Read the next rows, fold them, keep it all.

        Nothing of a batch is kept when the disk or the database fails. What fails by itself,
        whoever says it again, costs nobody else anything: it goes into quarantine.
        """
        batch = journal.read(self._ports.journal, self._cursor, rows)
        if not batch:
            return Progress()
        try:
            return self._keep(batch)
        except OUTSIDE:
            raise
        except Exception as fault:
            log.error("live.fault", rows=len(batch), fault=type(fault).__name__)
            return sum_of(self._keep_without_faults(row) for row in batch)

    def _keep(self, batch: list[journal.Row]) -> Progress:
        """All of it in one transaction with the cursor, or none."""
        self._at = 0
        try:
            with writing(self._ports.people).begin() as connection:
                progress = self._take(connection, batch)
                self._write(connection, batch[-1])
        except BaseException:
            self._forget()
            raise
        self._cursor = _last_place(batch[-1])
        for crowd in self._crowds.values():
            crowd.shrink()
        return progress

    def _keep_without_faults(self, row: journal.Row) -> Progress:
        """One row, event by event, without each that fails; of too many faults nothing is left."""
        places = range(row.seq, _last_place(row) + 1)
        self._careful = True
        try:
            while True:
                try:
                    return self._keep([row])
                except OUTSIDE:
                    raise
                except Exception as fault:
                    log.error("live.fault", seq=self._at or row.seq, fault=type(fault).__name__)
                    if len(self._faulty) == len(places):
                        raise
                    known = self._at and len(self._faulty) < MOST_FAULTS
                    left_out = (self._at,) if known else places
                    self._faulty |= dict.fromkeys(left_out, at_fault(fault))
        finally:
            self._careful, self._faulty = False, {}

    def take_answers(self) -> bool:
        """Take the next answers of a segment over everybody; answers whether there were any."""
        if not self._answers:
            return False
        try:
            with writing(self._ports.people).begin() as connection:
                waiting = editions.pending(connection)
                if waiting is not None:
                    self._take_answers(connection, *waiting)
        except BaseException:
            self._forget()
            raise
        self._answers = waiting is not None
        return self._answers

    def _take_answers(self, connection: sa.Connection, workspace: str, kept: editions.Kept) -> None:
        crowd, edition = self._crowd(workspace), kept.edition
        definitions = self._definitions_of(connection, workspace)
        if kept.taken < kept.rows:
            publication.take(connection, crowd, definitions, kept, self._ports.data)
            self._write_people(connection)
        elif edition.key not in self._said_whole:
            self._said_whole.add(edition.key)
            answers.forget(self._ports.data, kept.file or "")
            word = editions.entry(workspace, editions.Whole(edition.segment, edition.seq))
            journal.append(self._ports.journal, [word], self._ports.clock())

    def hear_clock(self) -> bool:
        """Append a clock row when somebody is due and the log is read; answers whether it did."""
        now = self._ports.clock()
        with self._ports.people.connect() as connection:
            next_due = people.next_due(connection)
        if next_due is None or next_due > micros(now):
            return False
        head = journal.head(self._ports.journal)
        if head and head[0] > self._cursor:
            return False
        entry = journal.Entry("", Source.INNESCO, "innesco", kind="clock")
        journal.append(self._ports.journal, [entry], now)
        return True

    # -- one batch ---------------------------------------------------------------------------

    def _take(self, connection: sa.Connection, batch: list[journal.Row]) -> Progress:
        """Requests are read together; what publishes or tells the time is taken by itself."""
        total = Progress(rows=len(batch))
        for kind, rows in groupby(batch, key=lambda row: row.kind):
            match kind:
                case "clock":
                    woken = sum(self._reach(connection, row.received) for row in rows)
                    total = replace(total, woken=total.woken + woken)
                case "published":
                    for row in rows:
                        self._publish(connection, row)
                case "edition":
                    for row in rows:
                        self._heed(connection, row)
                case _:
                    total = replace(total, events=total.events + self._hear(connection, rows))
        return replace(total, quarantined=len(self._quarantined))

    def _hear(self, connection: sa.Connection, rows: Iterable[journal.Row]) -> int:
        admitted = [(row, one) for row in rows for one in self._admit(connection, row)]
        self._at = 0
        self._meet(connection, admitted)
        for row, one in admitted:
            self._at = one.event.seq
            self._fold(row, one)
            if self._careful:
                self._write_people(connection)
        self._at = 0
        return len(admitted)

    def _admit(self, connection: sa.Connection, row: journal.Row) -> Iterator[Admitted]:
        """The events of a row; what is none goes into quarantine with its reason."""
        settings = self._definitions_of(connection, row.workspace).settings
        customs = Customs(settings.zone, settings.currency, settings.rates)
        sums = memoryview(row.sums).cast("I") if row.sums else None
        for n, raw in enumerate(events_of(row.body)):
            body, self._at = bytes(raw), row.seq + n
            if row.seq + n in self._faulty:
                one: Admitted | Dropped = self._faulty[row.seq + n]
            elif sums is not None and (n >= len(sums) or zlib.crc32(body) != sums[n]):
                one = Dropped("damaged on disk: its checksum differs")
            else:
                with self._ports.watch("admit"):
                    one = admit(body, journal.letter(row, n), customs)
            if isinstance(one, Dropped):
                self._quarantine(row, row.seq + n, one, body)
            else:
                yield one

    def _meet(
        self, connection: sa.Connection, admitted: list[tuple[journal.Row, Admitted]]
    ) -> None:
        wanted: dict[str, tuple[set[Who], set[str]]] = {}
        for row, one in admitted:
            whos, ids = wanted.setdefault(row.workspace, (set(), set()))
            says = one.says
            if says.anonymous:
                whos.add(("anonymous", says.anonymous))
                if says.previous:
                    whos.add(("anonymous", says.previous))
            elif says.user and row.source is Source.PUBLIC:
                whos.add(("claimed user", says.user))
            token = self._token(row, says.token) or {}
            for kind, value in (
                ("user", token.get("user") or says.user),
                ("email", token.get("email") or says.email),
            ):
                if value:
                    whos.add((kind, value))
            ids |= {name for name in (says.person, token.get("person")) if name}
        for workspace, (whos, ids) in wanted.items():
            self._crowd(workspace).meet(connection, whos, ids)

    def _fold(self, row: journal.Row, one: Admitted) -> None:
        crowd, definitions = self._crowd(row.workspace), self._definitions[row.workspace]
        event = one.event
        with self._ports.watch("recognise"):
            token = self._token(row, one.says.token)
            who = recognise(row.workspace, event.seq, event.source, one.says, token, crowd.find)
        if who is None:
            if event.quiet and loose.counts(event):
                self._loose.append((row.workspace, event))
            else:
                self._quarantine(row, event.seq, NOBODY, event.properties)
            return
        if event.machine or is_double(crowd.get(who.person)[0].person, event):
            return  # not even its identities are heard: a robot is nobody, a double was heard
        self._join(crowd, definitions, who, event)
        crowd.lead(who, event.seq, event.received)
        state, past = crowd.get(who.person)
        heard = Heard(replace(event, profile=who.person), one.says, who)
        outcome = way.fold(state, heard, definitions, past, self._ports.watch)
        crowd.keep(outcome, past, heard)

    def _join(self, crowd: Crowd, definitions: Definitions, who: Recognised, event: Event) -> None:
        """Two who become one are woken first, each as what she was while it was due."""
        if who.joins:
            for name in (who.person, who.joins):
                self._wake(crowd, definitions, name, event.received)

    def _wake(self, crowd: Crowd, definitions: Definitions, name: str, now: datetime) -> None:
        state, past = crowd.get(name)
        if state.next_at is not None and state.next_at <= now:
            crowd.keep(way.reach(state, now, definitions, past), past)

    def _reach(self, connection: sa.Connection, now: datetime) -> int:
        """The clock reached `now`: wake everybody who is due, some hundreds at a time."""
        woken = 0
        while True:
            self._write_people(connection)
            due = people.due(connection, now, DUE_AT_ONCE)
            if not due:
                return woken
            for workspace, _ in due:
                self._definitions_of(connection, workspace)
            for workspace in {workspace for workspace, _ in due}:
                names = [name for where, name in due if where == workspace]
                self._crowd(workspace).meet(connection, (), names)
            for workspace, name in due:
                try:
                    self._wake(self._crowd(workspace), self._definitions[workspace], name, now)
                except OUTSIDE:
                    raise
                except Exception as fault:  # one who cannot be woken keeps nobody else asleep
                    log.error("live.not_woken", person=name, fault=type(fault).__name__)
                    people.let_sleep(connection, workspace, name)
                woken += 1

    def _publish(self, connection: sa.Connection, row: journal.Row) -> None:
        """From here on the new definition counts; what was due before goes by the old one."""
        self._reach(connection, row.received)
        word = msgspec.json.decode(row.body, type=Word)
        published.keep(connection, row.workspace, row.seq, word, row.received)
        if word.kind == "segment":
            publication.publish(connection, row, word)
            self._answers = True
        self._definitions.pop(row.workspace, None)

    def _heed(self, connection: sa.Connection, row: journal.Row) -> None:
        """How far an edition of a segment has come; who is due before goes by what was before."""
        self._reach(connection, row.received)
        publication.heed(connection, row, self._definitions_of(connection, row.workspace))
        self._answers = True
        self._definitions.pop(row.workspace, None)

    # -- keeping -----------------------------------------------------------------------------

    def _write(self, connection: sa.Connection, last: journal.Row) -> None:
        self._write_people(connection)
        loose.keep(connection, self._loose)
        self._loose = []
        if self._quarantined:
            connection.execute(
                sa.insert(tables.quarantine).prefix_with("OR IGNORE", dialect="sqlite"),
                self._quarantined,
            )
            self._quarantined = []
        cursors.move(connection, CURSOR, _last_place(last), last.received)

    def _write_people(self, connection: sa.Connection) -> None:
        for workspace, crowd in self._crowds.items():
            feed.write(connection, workspace, crowd)
            crowd.write(connection)

    def _quarantine(self, row: journal.Row, seq: int, why: Dropped, body: bytes) -> None:
        self._quarantined.append(
            {
                "workspace": row.workspace,
                "seq": seq,
                "reason": why.reason,
                "place": why.place,
                "source": row.source.value,
                "received": micros(row.received),
                "body": body[: 32 * 1024],
            }
        )

    def _forget(self) -> None:
        """After a failure nothing in memory is trusted: the next pass reads it anew."""
        self._crowds.clear()
        self._definitions.clear()
        self._quarantined = []
        self._loose = []

    # -- looking up --------------------------------------------------------------------------

    def _crowd(self, workspace: str) -> Crowd:
        return self._crowds.setdefault(workspace, Crowd(workspace))

    def _definitions_of(self, connection: sa.Connection, workspace: str) -> Definitions:
        found = self._definitions.get(workspace)
        if found is None:
            found = published.decoded(connection, workspace, self._ports.document)
            self._definitions[workspace] = found
        return found

    def _token(self, row: journal.Row, text: str | None) -> Mapping[str, str] | None:
        """What a token proves, when it was signed for a login and holds at that moment."""
        if not text:
            return None
        return proven(text, row.workspace, self._ports.secrets(row.workspace), row.received)


NOBODY = Dropped("says nothing about who did it", "anonymousId or userId")


def _last_place(row: journal.Row) -> int:
    return row.seq + max(1, row.events) - 1
