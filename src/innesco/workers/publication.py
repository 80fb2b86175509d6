"""Publication: how live carries a segment from the word that publishes it to serving whole.

From its place in the log on, whoever does something is asked by the new edition too. Columns asks
all others at once; those answers are taken here some people at a time, between batches of events,
and count only of whom was not asked since (DESIGN: publishing is an event).
"""

from pathlib import Path

import sqlalchemy as sa

from innesco import way
from innesco.columns import feed
from innesco.definitions.definitions import Definitions
from innesco.segments.edition import Edition
from innesco.storage import answers, editions, people
from innesco.storage.definitions import Word
from innesco.storage.editions import Answered, Kept, Whole
from innesco.storage.journal import Row
from innesco.workers.crowd import Crowd

AT_ONCE = 500
"""People whose answers are taken in one transaction; events wait no longer than for that."""


def publish(connection: sa.Connection, row: Row, word: Word) -> None:
    """A segment is put in force or taken out of use from this row on."""
    workspace, standing = row.workspace, editions.standing(connection, row.workspace)
    mine = [one for one in standing if one.segment == word.id]
    if word.state == "archived":
        editions.archive(connection, workspace, word.id, row.seq, row.received)
    elif any(one.whole is not None and one.hash == word.hash for one in mine):
        # back to what serves already: nobody need be asked
        editions.cancel(connection, workspace, word.id, row.seq, row.received)
    elif not any(one.hash == word.hash for one in mine):
        _begin(connection, row, Edition(word.id, row.seq, word.hash))
    _tell(connection, workspace)


def heed(connection: sa.Connection, row: Row, definitions: Definitions) -> None:
    """How far an edition has come, as the log says it."""
    workspace = row.workspace
    match editions.read_word(row.body):
        case Answered() as word:
            editions.build(connection, workspace, word, row.seq)
        case Whole() as word:
            was_served = word.segment in definitions.served
            news = editions.serve(connection, workspace, word, row.seq, row.received)
            if news and was_served:
                _ask_those_who_name(connection, row, definitions, word.segment)
    _tell(connection, workspace)


def take(
    connection: sa.Connection, crowd: Crowd, definitions: Definitions, kept: Kept, data: Path
) -> int:
    """The next answers over everybody; a file that is gone is asked for again."""
    edition = kept.edition
    try:
        some = answers.read(data, kept.file or "", kept.taken, AT_ONCE)
    except FileNotFoundError:
        editions.build_again(connection, crowd.workspace, edition)
        _tell(connection, crowd.workspace)
        return 0
    states = crowd.states(connection, [one.person for one in some])
    for one in some:
        state = states.get(one.person)
        if state is None:
            continue  # she became somebody else, who was asked then
        outcome = way.answer(state, definitions, edition.key, one.belongs, one.changes_at)
        if outcome.state is not state:
            crowd.pass_by(outcome)
    editions.take(connection, crowd.workspace, edition, kept.taken + len(some))
    return len(some)


def _ask_those_who_name(
    connection: sa.Connection, row: Row, definitions: Definitions, segment: str
) -> None:
    """A segment serves with other members: those that name it are built anew, by the same words."""
    newest = {one.segment: one for one in editions.standing(connection, row.workspace)}
    naming = {definitions.editions[key].segment for key in definitions.segments_naming(segment)}
    for one in sorted(naming):
        _begin(connection, row, Edition(one, row.seq, newest[one].hash))


def _begin(connection: sa.Connection, row: Row, edition: Edition) -> None:
    nobody = not people.anybody(connection, row.workspace)
    editions.publish(connection, row.workspace, edition, row.received, nobody)


def _tell(connection: sa.Connection, workspace: str) -> None:
    """Columns hears of all of them: they are few."""
    kept = editions.every(connection, workspace)
    told = feed.Told(editions=[feed.edition_row(one) for one in kept])
    feed.append(connection, workspace, told)
