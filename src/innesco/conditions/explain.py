"""Explain: why a condition holds or not, each part with the value that it looked at.

The answers are those of `holds` itself; what is shown beside them is what `holds` looks at
(`tests/conditions/test_explain.py` compares the two on drawn people).
"""

from innesco.conditions.condition import All, Any, Condition, Not
from innesco.conditions.explained import Explained, Words
from innesco.conditions.view import View
from innesco.events.event import EPOCH
from innesco.profiles.history import History
from innesco.profiles.person import Person


def explain(condition: Condition, view: View, words: Words) -> Explained:
    """All parts are asked, those too that could not change the answer any more."""
    match condition:
        case All(inner) | Any(inner):
            parts = tuple(explain(one, view, words) for one in inner)
        case Not(one):
            parts = (explain(one, view, words),)
        case leaf:
            saw = leaf.saw(view, words)
            asks = leaf.asks(view, words)
            return Explained(_kind(leaf), leaf.holds(view), asks, saw.words, saw.value)
    asks = condition.asks(view, words)
    return Explained(_kind(condition), condition.holds(view), asks, parts=parts)


def question(condition: Condition, words: Words) -> str:
    """What it asks, of nobody in particular: `the cart's value is at least 30,00 €`."""
    return condition.asks(View(Person(id=""), History(), EPOCH, words.zone), words)


def _kind(condition: Condition) -> str:
    return str(condition.__struct_config__.tag)
