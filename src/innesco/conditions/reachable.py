"""How she may be reached: an address on a channel, and what its owner allowed it for."""

from typing import Literal

from sqlglot import exp

from innesco.conditions.explained import Saw, Words
from innesco.conditions.kind import Kind
from innesco.conditions.language import Language, say
from innesco.conditions.operators.timeless import surely
from innesco.conditions.scope import Scope
from innesco.conditions.view import View
from innesco.profiles.person import Person

CHANNELS = ("email", "sms")
PURPOSES = ("marketing", "profiling", "open tracking")

Channel = Literal["email", "sms"]
Purpose = Literal["marketing", "profiling", "open tracking"]


class Reachable(Kind, frozen=True, tag="reachable"):
    """`{"kind": "reachable", "channel": "email"}`: there is an address, allowed or not."""

    channel: Channel

    def holds(self, view: View) -> bool:
        return view.person.reachable(self.channel) is not None

    def column(self, scope: Scope) -> exp.Expr:
        return surely(
            exp.ArrayContains(this=scope.own("channels"), expression=exp.convert(self.channel))
        )

    def listens(self) -> frozenset[str]:
        return frozenset({"person"})

    def sentence(self, language: Language) -> str:
        channel = self.channel
        return say(language, en=f"can be reached by {channel}", it=f"è raggiungibile via {channel}")

    def saw(self, view: View, words: Words) -> Saw:
        address = view.person.reachable(self.channel)
        return Saw(address, address or words.say(*NO_ADDRESS))


class Consents(Kind, frozen=True, tag="consent"):
    """`{"kind": "consent", "channel": "email", "purpose": "marketing"}`, given and in force.

    Consent belongs to the address: it is that of the address she has now.
    """

    channel: Channel
    purpose: Purpose = "marketing"

    def holds(self, view: View) -> bool:
        return gave(view.person, self.channel, self.purpose)

    def column(self, scope: Scope) -> exp.Expr:
        wanted = exp.convert(f"{self.channel}/{self.purpose}")
        return surely(exp.ArrayContains(this=scope.own("given"), expression=wanted))

    def listens(self) -> frozenset[str]:
        return frozenset({"consent", "person"})

    def sentence(self, language: Language) -> str:
        en, it = _PURPOSES[self.purpose]
        channel = self.channel
        return say(
            language, en=f"allowed {en} by {channel}", it=f"ha consentito {it} via {channel}"
        )

    def saw(self, view: View, words: Words) -> Saw:
        address = view.person.reachable(self.channel)
        if address is None:
            return Saw(None, words.say(*NO_ADDRESS))
        consent = view.person.consents.get(f"{self.channel}/{address}/{self.purpose}")
        if consent is None:
            return Saw(None, f"{address}: " + words.say(en="never asked", it="mai chiesto"))
        state, since = words.say(*_STATES[consent.state]), words.moment(consent.since)
        said = words.say(en=f"{state}, since {since}", it=f"{state}, dal {since}")
        return Saw(consent.state, f"{address}: {said}")


def gave(person: Person, channel: str, purpose: str) -> bool:
    address = person.reachable(channel)
    consent = person.consents.get(f"{channel}/{address}/{purpose}") if address else None
    return consent is not None and consent.state == "given"


NO_ADDRESS = ("no address is known", "non si conosce un indirizzo")
_STATES = {
    "given": ("given", "dato"),
    "pending": ("not confirmed yet", "non ancora confermato"),
    "withdrawn": ("withdrawn", "ritirato"),
}
_PURPOSES: dict[Purpose, tuple[str, str]] = {
    "marketing": ("marketing", "il marketing"),
    "profiling": ("profiling", "la profilazione"),
    "open tracking": ("open tracking", "la misura delle aperture"),
}
