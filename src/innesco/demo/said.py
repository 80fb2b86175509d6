"""Said: one request to Innesco's door, as the shop's pages and its server make them."""

from datetime import datetime

from msgspec import Struct

from innesco.demo.shoppers import Shopper

LAPTOP = (
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)"
    " Version/18.1 Safari/605.1.15"
)
PHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like"
    " Gecko) Version/18.1 Mobile/15E148 Safari/604.1"
)
Call = dict[str, object]


class Said(Struct, frozen=True):
    """`path` and `body` by the Segment spec; the keys are added by whoever posts it."""

    moment: datetime
    path: str
    body: Call
    server: bool = False  #: said by the shop's server, which vouches for it
    phone: bool = False  #: from the phone's browser


class Browser(Struct):
    """A browser on the shop's pages: gathers calls and sends them when the page is left.

    The shape is that of `innesco.js`: `context.page`, `context.locale`, and `context.token` on
    the page that a signed link led to.
    """

    shopper: Shopper
    now: datetime
    visit: str  #: name of the visit, the root of every messageId
    shop_url: str
    phone: bool = False
    token: str = ""
    page: str = "/"
    said: list[Said] = []
    _calls: list[Call] = []
    _n: int = 0

    @property
    def anonymous(self) -> str:
        return self.shopper.device if self.phone else self.shopper.id

    def open(self, page: str, title: str) -> None:
        """Go to another page: what was done on the one before is sent."""
        self.leave()
        self.page = page
        self._say({"type": "page", "properties": {"path": page, "title": title}})

    def track(self, event: str, properties: Call) -> None:
        self._say({"type": "track", "event": event, "properties": properties})

    def identify(self, traits: Call) -> None:
        self._say({"type": "identify", "traits": traits})

    def leave(self) -> None:
        """Send what was done on this page; the next one has no token in its address."""
        if not self._calls:
            return
        self.said.append(Said(self.now, "/v1/b", {"batch": self._calls}, phone=self.phone))
        self._calls, self.token = [], ""

    def server(self, path: str, body: Call) -> None:
        """What the shop's own server says meanwhile."""
        self.said.append(Said(self.now, path, body, server=True))

    def _say(self, call: Call) -> None:
        self._n += 1
        language = self.shopper.language
        context: Call = {
            "library": {"name": "innesco.js", "version": "0.1.0"},
            "locale": language,
            "userAgent": PHONE if self.phone else LAPTOP,
            "page": {"path": self.page, "url": self.shop_url + self.page},
        }
        if self.token:
            context["token"] = self.token
        about: Call = {
            "anonymousId": self.anonymous,
            "messageId": f"{self.visit}-{self._n}",
            "timestamp": self.now.isoformat(),
            "context": context,
        }
        self._calls.append(call | about)
