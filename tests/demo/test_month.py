"""A virtual month: the same whatever the batches; and what the stores say afterwards is lawful.

Everything is read from the stores – log, ledger, runs, outbox – and nothing from the shoppers.
"""

import asyncio
import json
from collections import defaultdict
from itertools import pairwise

import msgspec
import pytest
import sqlalchemy as sa
from msgspec.structs import replace
from typer.testing import CliRunner

from innesco.cli.commands import app
from innesco.demo.setup import WORKSPACE
from innesco.demo.shoppers import cast
from innesco.demo.simulate import PUBLIC_URL, Begun, Wish, simulate
from innesco.events.body import events_of
from innesco.profiles.history import open_kept, unchunk
from innesco.settings import Settings
from innesco.storage import journal, tables
from innesco.storage.open import opened

SMALL = Wish(days=4, seed=7, people=30, keen=30)
LARGER = Wish(days=9, seed=7, people=70, keen=30)
messages, runs, consents = tables.messages.c, tables.runs.c, tables.consents.c


def lived(wish):
    """The report but for the seconds it took."""
    return replace(asyncio.run(simulate(wish)), seconds=0.0)


@pytest.fixture(scope="module")
def town(tmp_path_factory):
    """The stores after nine days of seventy shoppers."""
    folder = tmp_path_factory.mktemp("month")
    asyncio.run(simulate(replace(LARGER, data=folder)))
    with opened(Settings(data=folder, demo=True, public_url=PUBLIC_URL)) as stores:
        yield stores


@pytest.mark.timeout(600)
def test_the_same_seed_is_the_same_month_in_batches_of_any_size():
    one, seven, thousand = (lived(replace(SMALL, batch=batch)) for batch in (1, 7, 1000))
    assert one == seven == thousand
    assert one.messages["sent"] > 10
    assert one.orders > 3
    assert lived(replace(SMALL, days=2, seed=8)) != lived(replace(SMALL, days=2))


def test_live_really_reads_many_rows_at_once(town):
    """Else the law of batches would be shown by batches of one."""
    received = [row.received for row in rows(town)]
    gaps = [(after - before).total_seconds() for before, after in pairwise(received)]
    assert sum(gap < 600 for gap in gaps) > len(gaps) / 2


def test_carts_are_recovered_by_mails_that_were_clicked(town):
    orders, clicks = defaultdict(list), defaultdict(list)
    for person, name, event in history(town):
        if name == "Order Completed":
            orders[person].append(event.moment)
        if name == "Message Clicked" and json.loads(event.properties)["journey"] == "cart-recovery":
            clicks[person].append(event.moment)
    recovered = [
        person
        for person, moments in clicks.items()
        if any(
            0 <= (order - click).total_seconds() < 3600
            for click in moments
            for order in orders[person]
        )
    ]
    assert len(recovered) >= 3


def test_the_control_group_got_no_message(town):
    with town.people.connect() as connection:
        held_out = set(connection.scalars(sa.select(runs.id).where(runs.holdout)))
    asked = {message.run for message in outbox(town) if message.run}
    assert len(held_out) > 5
    assert not held_out & asked
    assert len(asked) > 50


def test_marketing_went_only_where_consent_was_confirmed_and_not_withdrawn(town):
    ledger = defaultdict(list)
    with town.people.connect() as connection:
        query = sa.select(consents.address, consents.moment, consents.state).where(
            consents.purpose == "marketing", consents.state != "pending"
        )
        for address, moment, state in connection.execute(query.order_by(consents.seq)):
            ledger[address].append((moment, state))
    went = [one for one in sent(town) if one.kind == "marketing"]
    assert len(went) > 30
    for message in went:
        words = [state for moment, state in ledger[message.address] if moment <= message.claimed]
        assert words, f"{message.address} never confirmed"
        assert words[-1] == "given"


def test_given_means_that_the_link_of_the_confirmation_was_followed(town):
    confirmations = {m.key: m.address for m in sent(town) if m.template == "confirm"}
    confirmed = set()
    for _, name, event in history(town):
        if name == "Subscription Confirmed":
            said = json.loads(event.properties)
            assert confirmations[said["message"]] == said["email"]
            confirmed.add(said["email"])
    assert len(confirmed) > 10
    assert {m.address for m in sent(town) if m.kind == "marketing"} <= confirmed


def test_nobody_got_a_mail_after_leaving(town):
    """By the log's own order: who has left gets nothing until a new confirmation."""
    left, words = set(), []
    for row in rows(town):
        for raw in events_of(row.body) if row.kind == "events" else ():
            said = msgspec.json.decode(bytes(raw))
            if said.get("event") in ("Unsubscribed", "Subscription Confirmed"):
                words.append((row.received, said["event"], said["properties"]["email"]))
    marketing = [m for m in sent(town) if m.kind == "marketing"]
    moments = [(journal_micros(at), 0, name, email) for at, name, email in words]
    moments += [(m.claimed, 1, "sent", m.address) for m in marketing]
    for _, _, name, email in sorted(moments):
        match name:
            case "Unsubscribed":
                left.add(email)
            case "Subscription Confirmed":
                left.discard(email)
            case _:
                assert email not in left
    assert any(name == "Unsubscribed" for _, name, _ in words)


def test_who_gave_no_consent_got_nothing_but_was_understood(town):
    irene = next(one for one in cast() if one.id == "irene")
    assert not [m for m in outbox(town) if m.address == irene.email and m.state == "sent"]
    assert "Order Completed" in {
        name for _, name, event in history(town) if b"FG-irene-" in event.properties
    }


def test_nothing_is_left_half_done(town):
    """Every message that was asked for has its outcome, or is not due yet."""
    states = {message.state for message in outbox(town)}
    assert states <= {"sent", "skipped", "waiting"}
    assert {"sent", "skipped"} <= states
    with town.people.connect() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(tables.quarantine)) == 0


def test_a_phone_is_hers_to_whom_the_mail_went(town):
    """The laptop too, once it has proved whose it is: a claimed address proves nothing."""
    held = tables.identities.c
    with town.people.connect() as connection:
        found = dict(
            connection.execute(
                sa.select(held.value, held.person).where(held.kind == "anonymous")
            ).all()
        )
    phones = [name for name in found if name.endswith("_phone")]
    clicked = {person for person, name, _ in history(town) if name == "Message Clicked"}
    assert {found[phone] for phone in phones} <= clicked
    together = [p for p in phones if found[p] == found.get(p.removesuffix("_phone"))]
    assert len(together) >= 2


@pytest.mark.timeout(600)
def test_the_command_prints_the_report_last_and_refuses_a_folder_in_use(tmp_path):
    asked = ["demo", "--days", "1", "--people", "5", "--seed", "3", "--data", str(tmp_path)]
    said = CliRunner().invoke(app, [*asked, "--json"])
    assert said.exit_code == 0, said.output
    report = json.loads(said.stdout.splitlines()[-1])
    assert set(report) == {"people", "events", "runs", "messages", "orders", "seconds"}
    assert sum(report["events"].values()) > 0
    again = CliRunner().invoke(app, [*asked, "--json"])
    assert isinstance(again.exception, Begun)


# -- reading the stores --------------------------------------------------------------------------


def rows(town):
    return journal.read(town.journal, 0, 1_000_000)


def journal_micros(moment):
    return round(moment.timestamp() * 1_000_000)


def outbox(town):
    with town.outbox.connect() as connection:
        query = sa.select(tables.messages, messages["class"].label("kind"))
        return list(connection.execute(query))


def sent(town):
    return [message for message in outbox(town) if message.state == "sent"]


def history(town):
    """(person by now, name, event) of everything that was learnt."""
    held = tables.history.c
    with town.people.connect() as connection:
        became = dict(
            connection.execute(sa.select(tables.aliases.c.profile, tables.aliases.c.person)).all()
        )
        for person, chunk in connection.execute(
            sa.select(held.person, held.chunk).where(held.workspace == WORKSPACE)
        ):
            for kept in unchunk(chunk):
                yield became.get(person, person), kept.name, open_kept(kept).event
