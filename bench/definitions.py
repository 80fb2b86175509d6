"""The fixed set of definitions that the benches run: 50 segments, 20 triggers, 20 journeys."""

from typing import Any


def _did(event: str, hours: int, times: int, category: str | None = None) -> dict[str, Any]:
    where = [{"property": "category", "is": {"operator": "equals", "text": category}}]
    return {
        "kind": "did",
        "event": event,
        "where": where if category else [],
        "window": {"window": "last", "length": {"hours": hours}},
        "is": {"operator": ">=", "number": times},
    }


def _not(condition: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "not", "condition": condition}


def _all(*conditions: dict[str, Any]) -> dict[str, Any]:
    return {"kind": "all", "conditions": list(conditions)}


def _city(name: str) -> dict[str, Any]:
    return {"kind": "attribute", "name": "city", "is": {"operator": "equals", "text": name}}


CITIES = ("Torino", "Milano", "Bari")

SEGMENTS: list[dict[str, Any]] = [
    *(
        _did("Product Viewed", 24 * (1 + n), 8 + n, f"category {n % 8}" if n % 2 else None)
        for n in range(16)
    ),
    *(
        _all(_did("Product Added", 24 * (1 + n), 3 + n), _not(_did("Order Completed", 720, 1)))
        for n in range(12)
    ),
    *(_all(_city(CITIES[n % 3]), _did("Page Viewed", 12 * (1 + n), 9 + n)) for n in range(10)),
    *(_did("Order Completed", 24 * 30 * (1 + n), 2 + n) for n in range(6)),
    *(_did("Products Searched", 24 * (1 + n), 3 + n) for n in range(6)),
]
"""Each is asked at every event that it listens to; most answers stay what they were."""

TRIGGERS: list[dict[str, Any]] = [
    *(
        {"kind": "visit", "figure": "products", "is": {"operator": ">=", "number": 9 + n}}
        for n in range(10)
    ),
    *(
        {"kind": "cart", "figure": "value", "is": {"operator": ">=", "number": 20000 + 2000 * n}}
        for n in range(10)
    ),
]

STARTS = (
    {"type": "event", "event": "Order Completed"},
    {"type": "segment", "segment": "s3"},
    {"type": "segment", "segment": "s20"},
    {"type": "trigger", "trigger": "t2"},
    {"type": "trigger", "trigger": "t12"},
)


def _journey(n: int) -> dict[str, Any]:
    """The first thanks for each order at once; the others wait, ask and then tell."""
    start = STARTS[0] if n < 2 else STARTS[1 + n % 4]
    return {
        "id": f"j{n}",
        "name": {"en": f"Journey {n}"},
        "starts": [start],
        "key": None,
        "reentry": {"again": True, "after": f"P{n}D"},
        "first": "wait" if n else "tell",
        "stops": [{"event": "Order Completed"}] if n >= 2 else [],
        "nodes": {
            "wait": {"type": "wait", "lasts": f"PT{10 + n}M", "then": "ask"},
            "ask": {"type": "branch", "when": SEGMENTS[n], "yes": "tell", "no": None},
            "tell": {"type": "message", "template": "bench", "products": "none"},
        },
    }


FIRES_ON = ["Product Viewed", "Product Added"]

DEFINITIONS: list[tuple[str, str, Any]] = [
    *(("segment", f"s{n}", {"id": f"s{n}", "when": when}) for n, when in enumerate(SEGMENTS)),
    *(
        (
            "trigger",
            f"t{n}",
            {"id": f"t{n}", "on": FIRES_ON, "when": when},
        )
        for n, when in enumerate(TRIGGERS)
    ),
    *(("journey", f"j{n}", _journey(n)) for n in range(20)),
]
assert [len(SEGMENTS), len(TRIGGERS)] == [50, 20]
