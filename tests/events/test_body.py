"""Where the events of a body stand: strictly, and in what clients write though it is no JSON."""

import json
from typing import Any

import pytest
from hypothesis import given, strategies as st

from innesco.events.admit import Customs, Letter, admit
from innesco.events.body import (
    Malformed,
    Opened,
    events_of,
    open_batch,
    open_single,
    sums_of,
)
from innesco.events.event import EPOCH, Admitted, Dropped, Source
from innesco.events.split import Unsplit, fields, items

GOOD = b'{"type":"track","event":"Product Viewed","properties":{"name":"a, \\"b\\" ]}"}}'
DEEP = b'{"x":' + b"[" * 5000 + b"]" * 5000 + b"}"
LETTER = Letter(1, EPOCH, Source.SERVER, "key")

POISON = {
    "not a number": b'{"type":"track","event":"A","properties":{"price":NaN}}',
    "infinity": b'{"type":"track","event":"A","properties":{"price":-Infinity}}',
    "half a surrogate": b'{"type":"track","event":"\\ud83d"}',
    "too deep": DEEP,
    "not UTF-8": b'{"type":"track","event":"\xff"}',
    "a huge integer": b'{"type":"track","event":"A","properties":{"n":9223372036854775808}}',
    "5,000 digits": b'{"type":"track","event":"A","properties":{"n":' + b"9" * 5000 + b"}}",
    "NUL": b'{"type":"track","event":"A\\u0000"}',
    "no object": b"5",
    "32 kB": b'{"type":"track","event":"' + b"x" * 33_000 + b'"}',
}


@pytest.mark.parametrize("poison", POISON.values(), ids=POISON)
@pytest.mark.parametrize("wrap", [b'{"batch":[%b],"sentAt":"2026-11-23"}', b"[%b]"])
def test_one_bad_event_does_not_cost_its_neighbours(poison: bytes, wrap: bytes) -> None:
    opened = open_batch(wrap % b" , ".join([GOOD, poison, GOOD]))
    assert isinstance(opened, Opened)
    assert [bytes(raw) for raw in opened.events] == [GOOD, poison, GOOD]
    judged = [admit(bytes(raw), LETTER, Customs()) for raw in events_of(opened.body)]
    assert [type(one) for one in judged] == [Admitted, Dropped, Admitted]


@pytest.mark.parametrize("poison", [one for one in POISON.values() if one[:1] == b"{"])
def test_a_single_bad_event_is_kept_for_the_quarantine(poison: bytes) -> None:
    opened = open_single(poison, "track")
    assert isinstance(opened, Opened)
    assert [bytes(raw) for raw in events_of(opened.body)] == [bytes(opened.events[0])]


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@given(st.lists(JSON_VALUES, max_size=6), st.sampled_from([None, 2]), st.booleans())
def test_by_brackets_alone_the_same_events_are_found(
    events: list[Any], indent: int | None, plain: bool
) -> None:
    """The law of the two readings: what strict JSON finds, the other finds too."""
    body = json.dumps({"batch": events, "sentAt": None}, indent=indent, ensure_ascii=plain)
    found = items(fields(body.encode(errors="surrogatepass"))["batch"])
    assert [repr(json.loads(one.decode(errors="surrogatepass"))) for one in found] == [
        repr(one) for one in json.loads(body)["batch"]
    ]


@given(st.binary(max_size=60) | st.text('{}[]",:\\ae0 ', max_size=40).map(str.encode))
def test_whatever_comes_is_opened_or_refused(body: bytes) -> None:
    """And what the door opened, live opens the same way."""
    for opened in (open_batch(body), open_single(body, "track")):
        if isinstance(opened, Opened):
            again = events_of(opened.body)
            assert [bytes(one) for one in again] == [bytes(one) for one in opened.events]
            assert sums_of(again) == sums_of(opened.events)
        else:
            assert opened.reason


@pytest.mark.parametrize("text", [b"", b"[", b"[1]]", b"[1", b"{1}", b'{"a"}', b"[1]x"])
def test_what_does_not_close_is_not_split(text: bytes) -> None:
    with pytest.raises(Unsplit):
        print(items(text) if text[:1] != b"{" else fields(text))


def test_a_damaged_body_is_one_event_that_cannot_be_one() -> None:
    assert [bytes(one) for one in events_of(b'{"batch":[{"a":1}')] == [b'{"batch":[{"a":1}']


@pytest.mark.parametrize(
    ("event", "kept"),
    [
        (b"{}", b'[{"type":"page"}]'),
        (b' { "a":1}\n', b'[{"type":"page","a":1}]'),
        (b'{"type":"screen"}', b'[{"type":"screen"}]'),
        (b'{"\\u0074ype":null}', b'[{"\\u0074ype":null}]'),
        (b'{"batch":[1,2]}', b'[{"type":"page","batch":[1,2]}]'),
    ],
)
def test_a_single_event_is_put_in_brackets(event: bytes, kept: bytes) -> None:
    opened = open_single(event, "page")
    assert isinstance(opened, Opened)
    assert opened.body == kept


def test_of_two_batches_the_last_counts_in_both_readings() -> None:
    strict = open_batch(b'{"batch":[1],"b\\u0061tch":[2]}')
    loose = open_batch(b'{"batch":[1],"b\\u0061tch":[2,NaN]}')
    assert not isinstance(strict, Malformed)
    assert not isinstance(loose, Malformed)
    assert [bytes(one) for one in strict.events + loose.events] == [b"2", b"2", b"NaN"]
