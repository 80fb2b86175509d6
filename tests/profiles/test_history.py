"""A kept event is the one that was written, or it is called damaged."""

from datetime import UTC, datetime

import msgspec
import pytest
from hypothesis import given, strategies as st
from msgspec.structs import replace

from innesco.events.event import Event, Says, Source
from innesco.profiles.history import Damaged, Heard, History, chunk, keep, open_kept, unchunk
from innesco.profiles.recognise import Recognised

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
EVENT = Event(7, NOON, NOON, 20_514, "Product Viewed", 1, Source.PUBLIC, facts={"product": "a"})
HEARD = Heard(EVENT, Says(anonymous="phone"), Recognised("p1"))


def test_what_was_kept_is_read_back() -> None:
    assert read(chunk([keep(HEARD)])) == [HEARD]


@given(bit=st.integers(0, len(chunk([keep(HEARD)])) * 8 - 1))
def test_one_bit_anywhere_is_noticed(bit: int) -> None:
    damaged = bytearray(chunk([keep(HEARD)]))
    damaged[bit // 8] ^= 1 << bit % 8
    with pytest.raises((Damaged, msgspec.MsgspecError, UnicodeDecodeError)):
        read(bytes(damaged))


def read(body: bytes) -> list[Heard]:
    return [open_kept(one) for one in unchunk(body)]


@pytest.mark.parametrize("aside", [{"seq": 8}, {"name": "Order Completed"}, {"moment": 0}])
def test_an_event_filed_as_another_is_damaged(aside: dict[str, object]) -> None:
    with pytest.raises(Damaged, match="filed as another"):
        open_kept(replace(keep(HEARD), **aside))


@given(moments=st.lists(st.integers(0, 5), max_size=12))
def test_a_history_is_in_order_however_it_was_heard(moments: list[int]) -> None:
    events = [
        replace(EVENT, seq=n, moment=NOON.replace(minute=minute))
        for n, minute in enumerate(moments)
    ]
    ordered = sorted(events, key=lambda event: (event.moment, event.seq))
    history = History()
    for event in events:
        history.add(event)
    sealed = History(keep(heard(event)) for event in events)
    assert list(history) == list(sealed) == list(history.named("Product Viewed")) == ordered


def heard(event: Event) -> Heard:
    return Heard(event, Says(), Recognised("p1"))
