"""A stable random share of people: the same ones live, over everybody and in the browser."""

import hashlib
from typing import Annotated

from msgspec import Meta
from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, plain, say
from innesco.conditions.scope import Scope
from innesco.conditions.view import View

DIGITS = 13
"""52 bits of SHA-256: exact in a double, so in JavaScript too."""

Part = Annotated[float, Meta(ge=0, le=1)]


class InShare(Kind, frozen=True, tag="random share"):
    """A tenth of all: `{"kind": "random share", "salt": "spring", "start": 0, "end": 0.1}`.

    The same salt draws the same people; start included, end excluded, so that 0–0.5 and 0.5–1
    are two halves.
    """

    salt: str
    end: Part
    start: Part = 0.0

    def holds(self, view: View) -> bool:
        drawn = bucket(self.salt, view.person.id)
        return _threshold(self.start) <= drawn < _threshold(self.end)

    def column(self, scope: Scope) -> exp.Expr:
        salted = exp.DPipe(
            this=exp.convert(f"{self.salt}:"), expression=scope.own("person"), safe=True
        )
        digest = exp.SHA2(this=salted, length=exp.Literal.number("256"))
        drawn = exp.Substring(
            this=digest, start=exp.Literal.number("1"), length=exp.Literal.number(str(DIGITS))
        )
        # hexadecimal digits of one length compare as texts in the order of their numbers
        return exp.and_(
            drawn >= exp.convert(_hexadecimal(self.start)),
            drawn.copy() < exp.convert(_hexadecimal(self.end)),
            copy=False,
        )

    def listens(self) -> frozenset[str]:
        return frozenset()

    def sentence(self, language: Language) -> str:
        share = f"{plain(round((self.end - self.start) * 100, 6))} %"
        return say(
            language, en=f"is in a random {share} of all", it=f"è in un {share} a caso di tutti"
        )

    def saw(self, view: View, words: Words) -> Saw:
        drawn = draw(self.salt, view.person.id)
        said, start, end = map(words.share, (drawn, self.start, self.end))
        en, it = f"drew {said}, of {start} to {end}", f"estratto {said}, tra {start} e {end}"
        return Saw(drawn, words.say(en=en, it=it))


def bucket(salt: str, unit: str) -> int:
    """A number below 2^52 that depends on nothing but the two."""
    return int(hashlib.sha256(f"{salt}:{unit}".encode()).hexdigest()[:DIGITS], 16)


def draw(salt: str, unit: str) -> float:
    """The same as a number in [0, 1): hold-outs and splits compare it with their share."""
    return bucket(salt, unit) / 16.0**DIGITS


def _threshold(part: float) -> int:
    return int(part * 16**DIGITS)


def _hexadecimal(part: float) -> str:
    """The threshold in as many digits; the whole share lies above every bucket."""
    return f"{_threshold(part):0{DIGITS}x}" if part < 1 else "g"
