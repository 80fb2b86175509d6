"""Our own words in the log: outcomes and clicks as events that a person's history can hold."""

import zlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec

from innesco.messages.asked import Asked, Outcome

NAMES = {
    Outcome.SENT: "Message Sent",
    Outcome.SKIPPED: "Message Skipped",
    Outcome.FAILED: "Message Failed",
    Outcome.UNCERTAIN: "Message Uncertain",
}


def event(
    name: str,
    id: str,
    moment: datetime,
    properties: Mapping[str, object],
    context: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """A `track` call as the Segment spec has it; `id` makes telling twice telling once."""
    return {
        "type": "track",
        "event": name,
        "messageId": id,
        "timestamp": moment.isoformat(),
        "context": dict(context or {}),
        "properties": dict(properties),
    }


def about(asked: Asked) -> dict[str, object]:
    """What every event about a message says of it."""
    return {
        "message": asked.key,
        "journey": asked.journey,
        "run": asked.run,
        "node": asked.node,
        "template": asked.template,
        "channel": asked.channel,
        "class": asked.kind.value,
        "topic": asked.topic,
    }


def outcome(asked: Asked, state: Outcome, reason: str, moment: datetime) -> dict[str, object]:
    """*Message Skipped* with its reason, for the person it was meant for."""
    said = {**about(asked), "reason": reason}
    return event(NAMES[state], f"{asked.key}/{state}", moment, said, {"person": asked.person})


def batch(events: Sequence[Mapping[str, object]]) -> tuple[bytes, bytes]:
    """The body of a row of the log, and the checksum of each event in it."""
    raw = [msgspec.json.encode(one) for one in events]
    sums = b"".join(zlib.crc32(one).to_bytes(4, "little") for one in raw)
    return b'{"batch":[' + b",".join(raw) + b"]}", sums
