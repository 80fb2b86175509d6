"""Lives: drawn stories in which devices are shared, people merge, and journeys change meanwhile.

Steps come from a small stock and follow each other by the journeys' own times, so that a wait is
often due just when somebody logs in or a journey is published.
"""

from datetime import timedelta
from typing import Any, NamedTuple

from hypothesis import strategies as st

from innesco.events.event import Source
from tests.way.shop import CART_RECOVERY, LOOKED, LOOKING, NOON, Shop, identified, said

GAPS = [0, 0, 1, 6, 30, 59, 60, 61, 121, 1500]
DEVICES = ["phone", "laptop"]
A_WEEK = {"type": "wait", "lasts": "P7D"}
WORTH = {"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 2000}}
FULL = {"kind": "cart", "figure": "count", "is": {"operator": ">=", "number": 1}}
PATIENT = {"type": "wait for", "event": "Product Viewed", "limit": "PT2H", "done": "remind"}
JUST_LOOKED = {
    "kind": "did",
    "event": "Product Viewed",
    "window": {"window": "last", "length": {"minutes": 5}},
}
BOUGHT_NOTHING = {"kind": "not", "condition": {"kind": "did", "event": "Order Completed"}}
JUST_LOOKED_JOURNEY = CART_RECOVERY | {
    "holdout": 0,
    "starts": [{"type": "event", "event": "Product Added", "where": JUST_LOOKED}],
    "first": "a day",
}
JOURNEYS = [
    CART_RECOVERY | {"holdout": 0},
    CART_RECOVERY | {"holdout": 0.6, "stay": FULL},
    CART_RECOVERY | {"holdout": 0, "first": "a day"},
    CART_RECOVERY | {"holdout": 0, "nodes": {"quiet": A_WEEK}, "first": "quiet"},
    CART_RECOVERY
    | {
        "reentry": {"again": True, "after": "PT1H"},
        "starts": [
            {"type": "event", "event": "Product Added", "where": WORTH},
            {"type": "attribute", "name": "city"},
        ],
    },
    JUST_LOOKED_JOURNEY,
    CART_RECOVERY
    | {
        "first": "patient",
        "nodes": {"patient": PATIENT, "remind": {"type": "message", "template": "cart-1"}},
    },
    LOOKED | {"reentry": {"again": False}, "stay": BOUGHT_NOTHING},
    LOOKED | {"nodes": {"hello": {"type": "wait", "lasts": "PT1H"}}},
]
SEGMENTS = [LOOKING, LOOKING | {"when": WORTH}]


class Step(NamedTuple):
    """What happens so many minutes after the step before."""

    gap: int
    act: str
    device: str = "phone"
    what: Any = None
    late: int = 0


def _steps(acts: dict[str, st.SearchStrategy[Any]]) -> st.SearchStrategy[Step]:
    return st.one_of(
        st.builds(
            Step,
            st.sampled_from(GAPS),
            st.just(act),
            st.sampled_from(DEVICES),
            what,
            st.sampled_from([0, 0, 0, 5, 30]),
        )
        for act, what in acts.items()
    )


_KNOWN = Step(0, "logs in", "phone", "u1")
_CLAIMED = Step(0, "claims", "phone", "anna@example.com")
_CART = Step(1, "adds", "laptop", "c1")
_LOOKS = [Step(1, "views", "laptop", "A"), Step(1, "views", "laptop", "B")]
_NEARLY_LATE = Step(6, "adds", "laptop", "c1", late=5)
OPENINGS = [
    [],
    [Step(0, "publishes", what=JUST_LOOKED_JOURNEY), _LOOKS[0], _NEARLY_LATE],
    [_CLAIMED, _CART],
    [_KNOWN, _CART],
    [_KNOWN, *_LOOKS],
    [_KNOWN, _CART, Step(59, "adds", "phone", "c1")],
    [Step(0, "logs in", "laptop", "u2"), _CART, _KNOWN],
]
"""A stranger, one who looked and is heard minutes later, a customer with a cart on another device,
two customers."""

_any_steps = st.lists(
    _steps(
        {
            "adds": st.sampled_from(["c1", "c2"]),
            "adds ": st.sampled_from(["c1"]),
            "views": st.sampled_from(["A", "B"]),
            "orders": st.sampled_from(["o1", "o2"]),
            "claims": st.sampled_from(["anna@example.com", "bea@example.com"]),
            "moves": st.sampled_from(["Torino", "Milano"]),
            "logs in": st.sampled_from(["u1", "u2"]),
            "logs in ": st.sampled_from(["u1"]),
            "logs in  ": st.sampled_from(["u1"]),
            "says again": st.integers(1, 4),
            "publishes": st.sampled_from(JOURNEYS) | st.sampled_from(SEGMENTS),
            "publishes ": st.sampled_from(JOURNEYS[:6]),
            "publishes  ": st.sampled_from(JOURNEYS[:6]),
            "pauses": st.sampled_from(JOURNEYS),
            "clock": st.none(),
        }
    ),
    min_size=3,
    max_size=20,
)
lives = st.builds(lambda opening, rest: opening + rest, st.sampled_from(OPENINGS), _any_steps)
END = 20_000


def live_it(shop: Shop, life: list[Step]) -> None:
    """All of it through the real log and the real live; then a fortnight passes."""
    at = 0
    said_on: dict[str, list[tuple[dict[str, Any], Source]]] = {device: [] for device in DEVICES}
    for n, step in enumerate(life):
        at += step.gap
        match step.act.strip():
            case "publishes" | "pauses":
                shop.tick(at) if step.late else None
                kind = "segment" if "when" in step.what else "journey"
                state = "paused" if step.act == "pauses" else "published"
                shop.now = max(shop.now, NOON + timedelta(minutes=at))
                shop.publish(kind, step.what["id"], step.what, state)
            case "clock":
                shop.tick(at)
            case "says again":
                for event, source in said_on[step.device][-step.what :]:
                    shop.hear(event, source=source, at=at)
            case act:
                event, source = _event(act, step, at - step.late, n)
                said_on[step.device].append((event, source))
                shop.hear(event, source=source, at=at)
    shop.tick(at + END)
    shop.read()


def _event(act: str, step: Step, at: int, n: int) -> tuple[dict[str, Any], Source]:
    device, what = step.device, step.what
    match act:
        case "adds":
            line = {"product_id": "A", "price": 12, "cart_id": what}
            return said("Product Added", at, device, n, **line), Source.PUBLIC
        case "views":
            return said("Product Viewed", at, device, n, product_id=what, price=5), Source.PUBLIC
        case "orders":
            event = said("Order Completed", at, device, n, order_id=what, total=20)
            return event, Source.PUBLIC
        case "claims":
            return identified(at, device, email=what), Source.PUBLIC
        case "moves":
            return identified(at, device, city=what), Source.PUBLIC
        case _:
            return identified(at, device, user=what, email=f"{what}@example.com"), Source.SERVER
