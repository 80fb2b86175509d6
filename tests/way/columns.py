"""What columns answers of everybody, worked out one by one: the test's own builder of editions."""

import pyarrow as pa

from innesco.conditions.view import View
from innesco.events.event import micros
from innesco.profiles.history import History
from innesco.storage import answers, editions, history, journal, people, published
from innesco.turn import State
from innesco.workers.asking import ready
from tests.way.shop import WORKSPACE, Shop


def build(shop: Shop) -> int:
    """Ask everybody, as of now, by each edition that waits; answers how many editions that was."""
    with shop.people.connect() as connection:
        waiting = [one for one in editions.standing(connection, WORKSPACE) if not _done(one)]
    for edition in waiting:
        _build(shop, edition)
    return len(waiting)


def _build(shop: Shop, edition: editions.Edition) -> None:
    with shop.people.connect() as connection:
        definitions = published.decoded(connection, WORKSPACE, shop.documents.__getitem__)
        names = sorted(shop.states())
        states = people.load(connection, WORKSPACE, names)
        profiles = people.profiles_of(connection, WORKSPACE, names)
        written = history.load(
            connection, WORKSPACE, [p for many in profiles.values() for p in many]
        )
    if not ready(edition, definitions):
        return
    condition, rows = definitions.segments[edition.key].when, []
    for name, state in sorted(states.items()):
        past = History(kept for one in profiles[name] for kept in written.get(one, ()))
        view = _view(state, past, shop, definitions.served)
        changes = condition.changes_at(view)
        if condition.holds(view) or changes:
            rows.append((name, condition.holds(view), micros(changes) if changes else None))
    columns = list(zip(*rows, strict=True)) or [[], [], []]
    types = {"person": pa.string(), "answer": pa.bool_(), "changes_at": pa.int64()}
    table = pa.table({n: pa.array(c, t) for (n, t), c in zip(types.items(), columns, strict=True)})
    answers.write(shop.folder, f"{edition.key}.arrow", table)
    word = editions.Answered(
        edition.segment, edition.seq, micros(shop.now), f"{edition.key}.arrow", len(rows)
    )
    journal.append(shop.journal, [editions.entry(WORKSPACE, word)], shop.now)


def _view(state: State, past: History, shop: Shop, served: dict[str, str]) -> View:
    from zoneinfo import ZoneInfo

    return View(state.person, past, shop.now, ZoneInfo("Europe/Rome"), state.journeys, served)


def _done(edition: editions.Edition) -> bool:
    return edition.built is not None or edition.whole is not None
