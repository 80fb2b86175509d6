"""Consent with its proof: every line of the ledger about a person, as the law may ask for it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from msgspec import Struct

from innesco.events.event import moment_of
from innesco.storage import tables


class Proof(Struct, frozen=True):
    """One line: what was said about one purpose for one address, and how we know."""

    channel: str
    address: str
    purpose: str
    state: str  #: pending, given, withdrawn
    basis: str
    moment: datetime
    seq: int
    evidence: dict[str, Any]  #: the sentence shown, the page, the mail that confirmed


def of_person(
    connection: sa.Connection, workspace: str, profiles: Sequence[str], addresses: Sequence[str]
) -> list[Proof]:
    """The newest first: of her profiles, and of her addresses whoever gave them."""
    query = (
        sa.select(tables.consents)
        .where(
            _rows.workspace == workspace,
            sa.or_(_rows.person.in_(profiles), _rows.address.in_(addresses)),
        )
        .order_by(_rows.seq.desc(), _rows.purpose)
    )
    return [
        Proof(
            row.channel,
            row.address,
            row.purpose,
            row.state,
            row.basis,
            moment_of(row.moment),
            row.seq,
            _evidence(row.evidence),
        )
        for row in connection.execute(query)
    ]


_rows = tables.consents.c


def _evidence(text: str) -> dict[str, Any]:
    try:
        said = msgspec.json.decode(text)
    except msgspec.DecodeError:
        return {"text": text}
    return said if isinstance(said, dict) else {"text": said}
