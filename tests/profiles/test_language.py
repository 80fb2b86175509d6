"""Her language: what her browser says counts; others may say it while it is not known."""

from datetime import UTC, datetime

import msgspec
import pytest

from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Admitted, Source
from innesco.profiles.learn import learn
from innesco.profiles.person import Person
from innesco.profiles.recognise import Recognised

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
PAGE, SERVER, US = Source.PUBLIC, Source.SERVER, Source.INNESCO


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ([(US, "en")], "en"),  # confirmed from an English mail, and never seen on the site
        ([(SERVER, "en")], "en"),
        ([(PAGE, "it"), (US, "en")], "it"),
        ([(US, "en"), (PAGE, "it")], "it"),
        ([(PAGE, "it"), (PAGE, "en-GB")], "en"),
        ([(PAGE, "it"), (PAGE, None)], "it"),
    ],
)
def test_the_language_that_mails_are_written_in(said, language):
    person = Person("p1")
    for n, (source, locale) in enumerate(said):
        body = {"event": "Page Viewed", "context": {"locale": locale}}
        one = admit(msgspec.json.encode(body), Letter(n, NOON, source, "key"), Customs())
        assert isinstance(one, Admitted)
        person = learn(person, one.event, one.says, Recognised("p1"))
    assert person.language == language
