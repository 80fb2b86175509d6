"""Ready definitions: each is whole, is said in both languages, and asks leave where it profiles."""

import msgspec
import pytest

from innesco.conditions.condition import All, Condition
from innesco.conditions.language import Language
from innesco.conditions.reachable import Consents
from innesco.definitions.definitions import decode
from innesco.definitions.gallery import ready_segments
from innesco.events.names import _BY_FOLDED
from innesco.segments.segment import Segment

READY = [msgspec.json.decode(one.body, type=Segment) for one in ready_segments()]
SUBJECTS = {
    "visit",
    "navigation",
    "pages",
    "interests",
    "clicks",
    "purchases",
    "demographics",
    "visits",
    "regularity",
    "indecision",
}
OURS = {"Message Sent", "Message Clicked"}
PROFILING = {"interests", "indecision"}


def test_there_are_enough_of_each_subject() -> None:
    assert len(READY) >= 25
    assert {tag for one in READY for tag in one.tags} == SUBJECTS
    assert sum("visit" in one.tags for one in READY) == 3, "to buy, just looking, considering"


@pytest.mark.parametrize("segment", READY, ids=lambda one: one.id)
def test_a_ready_segment(segment: Segment) -> None:
    assert set(segment.name) == set(segment.about) == {"en", "it"}
    languages: tuple[Language, ...] = ("en", "it")
    assert all(segment.when.sentence(language) for language in languages)
    known = {*_BY_FOLDED.values(), *OURS}
    unknown = {event for event in events(segment.when) if event not in known}
    assert unknown == set(), "no shop sends it under this name"


@pytest.mark.parametrize(
    "segment", [one for one in READY if PROFILING & {*one.tags}], ids=lambda one: one.id
)
def test_what_draws_a_picture_of_somebody_asks_leave(segment: Segment) -> None:
    assert isinstance(segment.when, All)
    assert Consents("email", "profiling") in segment.when.conditions


def events(condition: Condition) -> set[str]:
    said = (one.removeprefix("event ") for one in condition.listens() if one.startswith("event "))
    return {*said}


def test_they_are_documents_like_any_other() -> None:
    for one in ready_segments():
        assert isinstance(decode("segment", one.body), Segment)
