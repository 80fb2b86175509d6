"""A whole post office for the tests: real SQLite files, the real gate, a server of one's choice."""

import contextlib
from collections import Counter

import sqlalchemy as sa

from innesco.events.event import Source, micros
from innesco.messages.tell import batch, event
from innesco.storage import effects, journal, outbox, tables
from innesco.storage.engines import sqlite_engine, writing
from innesco.storage.journal import Entry, Suppression
from innesco.workers import deliver
from innesco.workers.claim import Facts
from tests.messages.stock import HOUSE, NOON, PRODUCTS, TEMPLATES

FILES = ("people", "journal", "outbox", "sandbox")


class Office:
    """`ask` what shall be sent, `deliver` at some moment, look at what came of it."""

    def __init__(self, folder, transport=None, house=HOUSE):
        self.engines = {name: sqlite_engine(folder / f"{name}.sqlite") for name in FILES}
        for name in FILES:
            getattr(tables, name).create_all(self.engines[name])
        self.stops = {}
        self.house = house
        self.transport = transport or deliver.Nowhere()
        self.sender = None

    @property
    def ports(self):
        facts = Facts(
            outbox=self.engines["outbox"],
            people=self.engines["people"],
            journal=self.engines["journal"],
            settings=lambda workspace: self.house.workspace,
            stops=lambda workspace: self.stops,
        )
        return deliver.Ports(
            facts=facts,
            house=lambda workspace: self.house,
            template=lambda asked: TEMPLATES.get(asked.template),
            products=lambda workspace, ids: PRODUCTS,
            transport=lambda workspace: self.transport,
        )

    def ask(self, *asked, consent=("marketing", "profiling")):
        with writing(self.engines["people"]).begin() as connection:
            effects.keep(connection, asked)
        for address in {one.address for one in asked}:
            self.consent(address, consent)

    def consent(self, address, purposes, state="given", seq=1):
        rows = [
            {
                "workspace": "shop",
                "channel": "email",
                "address": address,
                "purpose": purpose,
                "seq": seq,
                "state": state,
                "basis": "consent",
                "moment": micros(NOON),
                "evidence": "{}",
                "person": "p1",
            }
            for purpose in purposes
        ]
        if rows:
            with writing(self.engines["people"]).begin() as connection:
                insert = sa.insert(tables.consents).prefix_with("OR REPLACE")
                connection.execute(insert, rows)

    def run_left(self, run, because):
        with writing(self.engines["people"]).begin() as connection:
            connection.execute(
                sa.insert(tables.runs).values(
                    workspace="shop",
                    id=run,
                    journey="cart",
                    version="v",
                    person="p1",
                    key="c7",
                    node=None,
                    entered=0,
                    changed=0,
                    left=1,
                    because=because,
                    holdout=False,
                )
            )

    def unsubscribe(self, address, now=NOON):
        body, sums = batch([event("Unsubscribed", "u", now, {"email": address})])
        out = Suppression("shop", "email", address, "unsubscribed")
        entry = Entry("shop", Source.INNESCO, "innesco", body=body, sums=sums, suppress=(out,))
        journal.append(self.engines["journal"], [entry], now)

    async def deliver(self, now=NOON):
        self.sender = self.sender or deliver.sender(self.ports, now)
        return await deliver.deliver_pass(self.sender, now)

    def states(self):
        with self.engines["outbox"].connect() as connection:
            rows = connection.execute(
                sa.select(tables.messages.c.key, tables.messages.c.state, tables.messages.c.reason)
            )
            return {key: (state, reason) for key, state, reason in rows}

    def count(self):
        return Counter(state for state, _ in self.states().values())

    def log(self):
        return b"".join(row.body for row in journal.read(self.engines["journal"], 0))

    def preview(self, key):
        return outbox.preview(self.engines["outbox"], "shop", key)

    def close(self):
        for engine in self.engines.values():
            engine.dispose()


@contextlib.contextmanager
def office(folder, **other):
    one = Office(folder, **other)
    try:
        yield one
    finally:
        one.close()
