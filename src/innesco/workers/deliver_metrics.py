"""What deliver shows on /metrics: outcomes, what waits in each state, how old the queue is."""

from collections.abc import Mapping
from datetime import datetime

import sqlalchemy as sa
from prometheus_client import Counter, Gauge

from innesco.messages.asked import Outcome
from innesco.storage import outbox

OUTCOMES = Counter("innesco_message_outcomes", "What came of claimed messages", ["outcome"])
STATES = Gauge("innesco_outbox_messages", "Messages of the outbox by state", ["state"])
AGE = Gauge("innesco_outbox_age_seconds", "How long the oldest due message has been waiting")


def count(outcomes: Mapping[str, int]) -> None:
    for name, number in outcomes.items():
        OUTCOMES.labels(name).inc(number)


def measure(engine: sa.Engine, now: datetime) -> None:
    """Read the outbox as it stands; `uncertain` ones want a person's eye."""
    states = outbox.states(engine)
    for state in Outcome:
        STATES.labels(state.value).set(states.get(state.value, 0))
    oldest = outbox.oldest_due(engine)
    AGE.set(max(0.0, (now - oldest).total_seconds()) if oldest else 0)
