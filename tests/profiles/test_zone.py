"""Her zone: what her devices say, where it is one; mails go by her clock, else by the shop's."""

from datetime import UTC, datetime

import msgspec
import pytest

from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Admitted, Source
from innesco.profiles.learn import learn
from innesco.profiles.merge import merge
from innesco.profiles.person import Person
from innesco.profiles.recognise import Recognised

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE, SERVER = Source.PUBLIC, Source.SERVER
ROME, YORK = "Europe/Rome", "America/New_York"


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ([(PAGE, ROME)], ROME),
        ([(PAGE, ROME), (PAGE, YORK)], YORK),  # she travels
        ([(PAGE, ROME), (PAGE, None)], ROME),
        ([(PAGE, ROME), (PAGE, "GMT+0000")], ROME),  # how one library says it
        ([(PAGE, "../../etc/passwd")], None),
        ([(PAGE, 60)], None),
        ([(PAGE, ["Europe/Rome"])], None),
        ([(SERVER, YORK)], None),  # a server's own zone is not hers
    ],
)
def test_where_she_is(said, zone):
    person = Person("p1")
    for n, (source, timezone) in enumerate(said):
        body = {"event": "Page Viewed", "context": {"timezone": timezone}}
        one = admit(msgspec.json.encode(body), Letter(n, NOON, source, "key"), Customs())
        assert isinstance(one, Admitted)
        person = learn(person, one.event, one.says, Recognised("p1"))
    assert person.zone == zone


def test_who_is_known_keeps_her_zone():
    assert merge(Person("p1"), Person("p2", zone=YORK)).zone == YORK
    assert merge(Person("p1", zone=ROME), Person("p2", zone=YORK)).zone == ROME
