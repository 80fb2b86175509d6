"""Stories of the browser SDK in a real browser: a shop on one origin, the door on another.

They need `sdk/dist/innesco.js` (`npm ci && npm run build` in `sdk/`) and Chromium.
"""

import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.sdk.origins import BUNDLE, Door, Message, Shop, door, shop, until

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")

GTAG = "window.dataLayer=window.dataLayer||[];function gtag(){dataLayer.push(arguments)}"
GRANTED = "{analytics_storage:'granted',ad_storage:'granted'}"
DENIED = "{analytics_storage:'denied',ad_storage:'denied'}"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    assert BUNDLE.exists(), "build it first: cd sdk && npm ci && npm run build"
    assert Path(CHROMIUM).exists(), f"no browser at {CHROMIUM}; say where it is in CHROMIUM"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture
def visitor(browser: Browser) -> Iterator[BrowserContext]:
    """A person with a new device."""
    context = browser.new_context()
    yield context
    context.close()


@pytest.fixture
def collector() -> Iterator[Door]:
    with door() as it:
        yield it


@pytest.fixture
def site(collector: Door) -> Iterator[Shop]:
    """A shop of two pages that store from the first moment; a story may write others."""
    with shop() as it:
        it.pages = {
            "/": html(tag(collector, "granted"), title="Home"),
            "/carrello": html(tag(collector, "granted"), title="Carrello"),
            "/empty": "<!doctype html><title>Elsewhere</title>",
            "/favicon.ico": "none",
        }
        yield it


def tag(collector: Door, consent: str, more: str = "") -> str:
    source = f'src="{collector.address}/innesco.js" data-key="pk_demo"'
    return f'<script async {source} data-consent="{consent}" {more}></script>'


def html(*heads: str, title: str = "Negozio") -> str:
    head = "".join(h if h.startswith("<") else f"<script>{h}</script>" for h in heads)
    return f'<!doctype html><html lang="it"><head><title>{title}</title>{head}</head></html>'


def opened(visitor: BrowserContext, address: str) -> Page:
    page = visitor.new_page()
    page.goto(address)
    page.wait_for_function("window.innesco && window.innesco.version")
    return page


def hung_up(collector: Door, page: Page, event: str) -> None:
    """What the page sent as it was left reached the dead server: it is on its way no more."""
    until(
        lambda: any(one.get("event") == event for one in collector.tried()), page.wait_for_timeout
    )


def came(collector: Door, page: Page, *events: str) -> list[Message]:
    """The first message of each of these names, once all have come."""
    until(lambda: all(collector.named(event) for event in events), page.wait_for_timeout)
    return [collector.named(event)[0] for event in events]


def kept(page: Page) -> dict[str, str]:
    """All that the page has stored on the device."""
    stored: dict[str, str] = page.evaluate("({...localStorage, ...{cookie: document.cookie}})")
    return {name: value for name, value in stored.items() if value}


def test_one_tag_tells_of_pages_and_calls(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    stub = "window.innesco=window.innesco||[];innesco.push(['track','Early',{price:5}])"
    site.pages["/"] = html(stub, tag(collector, "granted"), title="Home")
    page = opened(visitor, f"{site.address}/?utm_source=news&utm_campaign=saldi&q=a#bottom")
    page.evaluate("innesco.identify('c-17', {email: 'ada@example.com'}, {token: 'signed'})")
    page.evaluate("innesco.track('Product Viewed', {product_id: 'SCARPA'})")

    view, early, known, seen = came(collector, page, "page", "Early", "identify", "Product Viewed")

    assert {a.method for a in collector.asked} == {"POST"}, "no preflight"
    assert {a.path for a in collector.asked} == {"/v1/b"}
    first = collector.asked[0]
    assert first.headers["content-type"].startswith("text/plain")
    assert first.headers["origin"] == site.address
    assert b'"writeKey":"pk_demo"' in first.body
    assert b'"sentAt":"20' in first.body

    assert early["properties"] == {"price": 5}
    assert view["context"]["page"] == {
        "url": f"{site.address}/?utm_source=news&utm_campaign=saldi&q=a",
        "path": "/",
        "search": "?utm_source=news&utm_campaign=saldi&q=a",
        "title": "Home",
        "referrer": "",
    }
    assert view["properties"]["path"] == "/"
    assert view["context"]["campaign"] == {"name": "saldi", "source": "news"}
    assert view["context"]["library"]["name"] == "innesco.js"
    assert view["context"]["consent"] == {"storage": True, "profiling": True}
    assert view["context"]["visit"]["first"] is True
    assert {"locale", "timezone", "userAgent", "screen"} <= view["context"].keys()
    assert "userId" not in view
    assert "token" not in view["context"]

    assert known["userId"] == seen["userId"] == "c-17"
    assert known["traits"] == {"email": "ada@example.com"}
    assert known["context"]["token"] == "signed"
    messages = collector.taken()
    assert {len(m["anonymousId"]) for m in messages} == {32}
    assert len({m["anonymousId"] for m in messages}) == 1
    assert len({m["messageId"] for m in messages}) == len(messages)
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", seen["timestamp"])


def test_the_same_person_on_the_next_page_and_somebody_else_after_the_logout(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    page = opened(visitor, f"{site.address}/")
    page.evaluate("innesco.identify('c-17')")
    page.goto(f"{site.address}/carrello")
    page.wait_for_function("window.innesco && window.innesco.version")
    page.evaluate("innesco.track('In')")
    page.evaluate("innesco.reset()")
    page.evaluate("innesco.track('Out')")

    known, inside, out = came(collector, page, "identify", "In", "Out")

    assert inside["anonymousId"] == known["anonymousId"]
    assert inside["userId"] == "c-17"
    assert inside["context"]["visit"]["id"] == known["context"]["visit"]["id"]
    assert out["anonymousId"] != known["anonymousId"]
    assert "userId" not in out
    cookie = next(c for c in visitor.cookies() if c["name"] == "innesco_id")
    assert cookie["value"] == out["anonymousId"]
    assert cookie["sameSite"] == "Lax"


SPY = "const own=fetch;window.fetch=(u,o)=>{console.log('keepalive',o.keepalive);return own(u,o)}"


@pytest.mark.parametrize("silenced", ["", "visibilitychange", "pagehide"])
def test_what_happens_last_on_a_page_arrives(
    visitor: BrowserContext, site: Shop, collector: Door, silenced: str
) -> None:
    """Browsers differ in what they say at the end: some only that the page is hidden."""
    requests: list[str] = []
    visitor.on("console", lambda message: requests.append(message.text))
    visitor.add_init_script(
        f"{SPY};addEventListener('{silenced}', e => e.stopImmediatePropagation(), true)"
    )
    page = opened(visitor, f"{site.address}/")
    came(collector, page, "page")
    page.wait_for_timeout(1200)
    page.evaluate(
        "url => { innesco.track('Product Clicked'); location.href = url }", f"{site.address}/empty"
    )

    (clicked,) = came(collector, page, "Product Clicked")

    page.wait_for_url("**/empty")
    assert clicked["context"]["page"]["path"] == "/"
    assert set(requests) == {"keepalive true"}, "the browser carries it on without the page"
    if silenced != "pagehide":
        (left,) = came(collector, page, "Page Left")
        assert left["properties"]["seconds"] >= 1
        assert left["context"]["page"]["path"] == "/"


def test_a_browser_without_keepalive_says_farewell_by_beacon(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    """Firefox before 133; the beacon needs no preflight either."""
    visitor.add_init_script("delete Request.prototype.keepalive")
    page = opened(visitor, f"{site.address}/")
    came(collector, page, "page")
    page.evaluate(
        "url => { innesco.track('Product Clicked'); location.href = url }", f"{site.address}/empty"
    )
    came(collector, page, "Product Clicked", "Page Left")
    last = collector.asked[-1]
    assert last.headers["content-type"].startswith("text/plain")
    assert {a.method for a in collector.asked} == {"POST"}


def test_a_dead_server_and_a_reload_lose_nothing(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    collector.status = 0
    page = opened(visitor, f"{site.address}/")
    page.evaluate("innesco.track('Product Added', {sku: 'CALZA'})")
    until(lambda: collector.tried(), page.wait_for_timeout)
    lost = next(m for m in collector.tried() if m.get("event") == "Product Added")
    collector.status = 200
    page.reload()

    (added,) = came(collector, page, "Product Added")

    assert added == lost
    until(lambda: not [n for n in kept(page) if n.startswith("innesco.q")], page.wait_for_timeout)
    ids = Counter(m["messageId"] for m in collector.taken())
    assert set(ids.values()) == {1}


def test_a_busy_server_is_left_alone_for_as_long_as_it_says(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    collector.status, collector.headers = 429, {"Retry-After": "3"}
    page = opened(visitor, f"{site.address}/")
    until(lambda: collector.asked, page.wait_for_timeout)
    collector.status = 200
    page.evaluate("innesco.track('Product Added')")
    page.wait_for_timeout(2000)
    assert len(collector.asked) == 1
    came(collector, page, "page", "Product Added")
    assert len(collector.answered) == 1


def test_two_tabs_send_each_thing_once(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    collector.status = 0
    first = opened(visitor, f"{site.address}/")
    first.evaluate("innesco.track('First Tab')")
    gone = opened(visitor, f"{site.address}/")
    gone.evaluate("innesco.track('Closed Tab')")
    until(lambda: len(collector.tried()) >= 4, first.wait_for_timeout)
    gone.close(run_before_unload=True)
    first.wait_for_timeout(300)

    collector.status = 200
    visitor_pages = [visitor.new_page(), visitor.new_page()]
    for page in visitor_pages:  # both begin at once, and both see what the closed tab has left
        page.goto(f"{site.address}/", wait_until="commit")
    came(collector, first, "First Tab", "Closed Tab")
    until(lambda: len(collector.named("page")) == 4, first.wait_for_timeout)
    first.wait_for_timeout(1500)

    ids = Counter(m["messageId"] for m in collector.taken())
    assert {i: n for i, n in ids.items() if n > 1} == {}
    assert len({m["anonymousId"] for m in collector.taken()}) == 1


def test_two_tabs_take_over_one_after_the_other(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    collector.status = 0
    gone = opened(visitor, f"{site.address}/")
    gone.evaluate("innesco.track('Closed Tab')")
    gone.goto(f"{site.address}/empty")
    gone.evaluate(
        "new Promise(held => { navigator.locks.request('innesco', () => {"
        " held(); return new Promise(done => window.done = done) }) })"
    )
    hung_up(collector, gone, "Closed Tab")
    collector.status = 200
    page = opened(visitor, f"{site.address}/")
    came(collector, page, "page")
    page.wait_for_timeout(1000)
    assert not collector.named("Closed Tab"), "another tab is just looking"
    gone.evaluate("done()")
    came(collector, page, "Closed Tab")


def test_before_consent_nothing_is_stored_and_after_it_the_page_is_remembered(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    site.pages["/"] = html(tag(collector, "wait"))
    page = opened(visitor, f"{site.address}/")
    (view,) = came(collector, page, "page")
    assert kept(page) == {}
    assert visitor.cookies() == []
    assert view["context"]["consent"] == {"storage": False, "profiling": False}
    assert not {"screen", "userAgent", "timezone"} & view["context"].keys()

    page.evaluate("innesco.consent({storage: true, profiling: false})")
    page.evaluate("innesco.track('After')")
    (after,) = came(collector, page, "After")
    assert after["context"]["consent"] == {"storage": True, "profiling": False}
    assert after["anonymousId"] == view["anonymousId"], "the memory of the page is bridged"
    assert kept(page)["cookie"] == f"innesco_id={view['anonymousId']}"

    page.reload()
    page.wait_for_function("window.innesco && window.innesco.version")
    assert page.evaluate("innesco.anonymousId()") == view["anonymousId"]
    assert page.evaluate("innesco.consent()") == {"storage": True, "profiling": False}

    page.evaluate("innesco.consent({storage: false})")
    assert kept(page) == {}
    assert visitor.cookies() == []
    assert page.evaluate("innesco.anonymousId()") != view["anonymousId"]


def test_a_refusal_in_one_tab_is_obeyed_in_the_others(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    site.pages["/"] = html(tag(collector, "wait"))
    first = opened(visitor, f"{site.address}/")
    first.evaluate("innesco.consent({storage: true, profiling: true})")
    second = opened(visitor, f"{site.address}/")
    assert second.evaluate("innesco.consent()") == {"storage": True, "profiling": True}
    first.evaluate("innesco.consent({storage: false, profiling: false})")
    until(lambda: not second.evaluate("innesco.consent().storage"), first.wait_for_timeout)
    second.evaluate("innesco.track('Nobody')")
    assert kept(second) == kept(first) == {}
    assert visitor.cookies() == []


def test_before_consent_the_shop_may_hold_or_drop_but_a_subscription_goes_out(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    wish = "{email: 'ada@example.com', purposes: ['marketing'], text: 'Si, scrivetemi'}"
    for way in ("hold", "drop"):
        site.pages["/"] = html(tag(collector, "wait", f'data-before-consent="{way}"'))
        page = opened(visitor, f"{site.address}/")
        page.evaluate(f"innesco.track('Seen {way}')")
        page.evaluate(f"innesco.subscribe({wish})")
        until(lambda: collector.named("Subscription Requested"), page.wait_for_timeout)
        page.wait_for_timeout(2500)
        assert [m["event"] for m in collector.taken()] == ["Subscription Requested"]
        (asked,) = collector.named("Subscription Requested")
        assert asked["properties"]["language"] == "it"
        assert asked["properties"]["source"] == "/"
        assert kept(page) == {}
        page.evaluate("innesco.consent({storage: true})")
        page.evaluate("innesco.track('After')")
        came(collector, page, "After")
        assert bool(collector.named(f"Seen {way}")) is (way == "hold")
        page.evaluate("innesco.consent({storage: false})")
        page.close()
        collector.asked.clear()


def test_google_consent_mode_is_obeyed_at_every_page(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    waits = f"{GTAG};gtag('consent','default',{DENIED})"
    site.pages["/"] = html(waits, tag(collector, "wait"))
    page = opened(visitor, f"{site.address}/")
    page.wait_for_timeout(300)
    assert kept(page) == {}
    page.evaluate(f"gtag('consent','update',{GRANTED})")
    device = page.evaluate("innesco.anonymousId()")
    assert device in kept(page)["cookie"]

    page.reload()  # the banner denies until it has read the visitor's choice
    page.wait_for_function("window.innesco && window.innesco.version")
    for_now = page.evaluate("innesco.anonymousId()")
    assert for_now != device
    page.evaluate("innesco.track('Too Early To Know')")
    page.evaluate(f"gtag('consent','update',{GRANTED})")
    (early,) = came(collector, page, "Too Early To Know")
    assert early["anonymousId"] == device
    assert for_now not in {m["anonymousId"] for m in collector.taken()}
    assert not collector.named("alias")

    page.reload()
    page.wait_for_function("window.innesco && window.innesco.version")
    for_now = page.evaluate("innesco.anonymousId()")
    page.evaluate("innesco.track('Sent Before')")
    (sent,) = came(collector, page, "Sent Before")
    page.evaluate(f"gtag('consent','update',{GRANTED})")
    (bridge,) = came(collector, page, "alias")
    assert sent["anonymousId"] == bridge["previousId"] == for_now
    assert bridge["anonymousId"] == device

    page.evaluate(f"gtag('consent','update',{DENIED})")
    assert kept(page) == {}


def test_a_banner_that_comes_late_pauses_but_does_not_delete(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    site.pages["/"] = html(GTAG, tag(collector, "wait"))
    page = opened(visitor, f"{site.address}/")
    page.evaluate(f"gtag('consent','update',{GRANTED})")
    came(collector, page, "page")
    page.reload()  # an earlier yes counts until the banner says something else
    page.wait_for_function("window.innesco && window.innesco.version")
    device = page.evaluate("innesco.anonymousId()")
    assert device in kept(page)["cookie"]
    # a view whose answer the reload overtook is told again, under its old id
    until(
        lambda: len({m["messageId"] for m in collector.named("page")}) == 2, page.wait_for_timeout
    )

    page.evaluate(f"gtag('consent','default',{DENIED})")
    before = kept(page)
    page.evaluate("innesco.track('Not Yet Known')")
    (unknown,) = came(collector, page, "Not Yet Known")

    assert kept(page) == before
    assert unknown["anonymousId"] != device
    assert unknown["context"]["consent"]["storage"] is False
    page.evaluate("innesco.consent({profiling: false})")
    assert kept(page) == before, "that was no choice about storing"


def test_a_tcf_banner_is_asked(visitor: BrowserContext, site: Shop, collector: Door) -> None:
    banner = """window.__tcfapi=(command,version,hear)=>{window.choose=(...yes)=>hear({
      gdprApplies:true,eventStatus:'useractioncomplete',
      purpose:{consents:Object.fromEntries(yes.map(p=>[p,true]))}},true);
      hear({gdprApplies:true,eventStatus:'cmpuishown',purpose:{consents:{}}},true)}"""
    site.pages["/"] = html(banner, tag(collector, "wait"))
    page = opened(visitor, f"{site.address}/")
    assert kept(page) == {}
    page.evaluate("choose(1, 3, 4)")
    assert page.evaluate("innesco.consent()") == {"storage": True, "profiling": True}
    assert "innesco_id" in kept(page)["cookie"]
    page.evaluate("choose(3, 4)")
    assert page.evaluate("innesco.consent()") == {"storage": False, "profiling": False}
    assert kept(page) == {}


def test_a_refusal_is_remembered_where_the_tag_would_store_without_asking(
    visitor: BrowserContext, site: Shop
) -> None:
    page = opened(visitor, f"{site.address}/")
    page.evaluate("innesco.consent({storage: false, profiling: false})")
    assert kept(page) == {"innesco.refused": "1"}
    page.reload()
    page.wait_for_function("window.innesco && window.innesco.version")
    page.evaluate("innesco.track('Anything')")
    assert kept(page) == {"innesco.refused": "1"}
    assert visitor.cookies() == []


def test_what_ga4_is_told_is_heard_once(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    item = "{item_id:'SCARPA-42',item_name:'Scarpa',price:'89,90'}"
    before = f"{GTAG};dataLayer.push({{event:'view_item',ecommerce:{{items:[{item}]}}}})"
    site.pages["/"] = html(before, tag(collector, "granted"))
    page = opened(visitor, f"{site.address}/")
    page.evaluate(f"gtag('event','add_to_cart',{{currency:'EUR',items:[{item}]}})")
    page.evaluate(
        "dataLayer.push({event:'purchase',ecommerce:{transaction_id:'A-1',value:'89.90',"
        f"currency:'EUR',items:[{item}]}}}})"
    )
    page.evaluate("dataLayer.push({event:'gtm.click'})")

    viewed, added, order = came(
        collector, page, "Product Viewed", "Product Added", "Order Completed"
    )

    assert viewed["properties"]["price"] == 89.9
    assert added["properties"]["sku"] == "SCARPA-42"
    assert order["properties"]["order_id"] == "A-1"
    assert order["properties"]["total"] == 89.9
    page.wait_for_timeout(800)
    names = [m.get("event", m["type"]) for m in collector.taken()]
    assert names == ["page", "Product Viewed", "Product Added", "Order Completed"]


def test_a_shop_in_one_page_tells_of_its_views(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    page = opened(visitor, f"{site.address}/")
    page.evaluate("history.pushState({}, '', '/scarpe'); document.title = 'Scarpe'")
    page.wait_for_timeout(100)
    page.evaluate("history.replaceState({}, '', '/scarpe?colore=blu')")
    page.evaluate("location.hash = 'recensioni'")
    page.wait_for_timeout(100)
    page.evaluate("history.go(-2)")
    page.wait_for_timeout(200)

    until(lambda: len(collector.named("page")) == 3, page.wait_for_timeout)
    page.wait_for_timeout(800)

    views = [m["context"]["page"] for m in collector.named("page")]
    assert [v["path"] for v in views] == ["/", "/scarpe", "/"]
    assert [v["title"] for v in views][1] == "Scarpe"
    assert views[1]["referrer"] == f"{site.address}/"
    assert [m["context"]["page"]["path"] for m in collector.named("Page Left")] == ["/", "/scarpe"]


def test_the_proof_of_a_mail_link_is_read_and_taken_out_of_the_address(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    page = opened(visitor, f"{site.address}/carrello?innesco_t=v1.abc&x=1#top")
    page.evaluate("innesco.track('Cart Viewed')")
    view, cart = came(collector, page, "page", "Cart Viewed")
    assert page.url == f"{site.address}/carrello?x=1#top"
    assert view["context"]["token"] == cart["context"]["token"] == "v1.abc"
    assert all(b"innesco_t" not in asked.body for asked in collector.asked)


def test_pages_are_told_only_when_asked_where_the_shop_wants_that(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    site.pages["/"] = html(tag(collector, "granted", 'data-auto-page="off"'))
    page = opened(visitor, f"{site.address}/")
    page.evaluate("history.pushState({}, '', '/scarpe')")
    page.wait_for_timeout(200)
    page.evaluate("innesco.page('Negozio', 'Scarpe', {products: 7})")
    came(collector, page, "page")
    (view,) = collector.taken()
    assert (view["category"], view["name"]) == ("Negozio", "Scarpe")
    assert view["properties"]["products"] == 7
    assert view["context"]["page"]["path"] == "/scarpe"


def test_a_strict_content_security_policy_has_nothing_to_say(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    said: list[str] = []
    visitor.on("console", lambda message: said.append(message.text))
    where = collector.address
    site.policy = f"default-src 'none'; script-src {where}; connect-src {where}"
    page = opened(visitor, f"{site.address}/")
    page.evaluate("innesco.track('Product Viewed')")
    came(collector, page, "page", "Product Viewed")
    page.evaluate("history.pushState({}, '', '/scarpe')")
    came(collector, page, "Page Left")
    page.goto(f"{site.address}/empty")  # a farewell is said once: a browser may lose it
    assert said == []


def test_blocked_storage_and_strange_calls_never_reach_the_shop(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    said: list[str] = []
    wrong: list[str] = []
    visitor.on("weberror", lambda error: wrong.append(str(error.error)))
    visitor.on("console", lambda message: said.append(f"{message.type} {message.text}"))
    site.policy = "sandbox allow-scripts"  # an origin of its own: storage and cookies throw
    page = opened(visitor, f"{site.address}/")
    assert page.evaluate("(() => { try { localStorage } catch { return 'blocked' } })()")
    page.evaluate(
        """() => {
          const circle = {}; circle.of = circle;
          innesco.track('Circle', circle);
          innesco.track('Circle', {big: 1n});
          innesco.track('Large', {text: 'x'.repeat(40000)});
          innesco.subscribe(); innesco.page(null); innesco.identify(null, null);
          innesco.consent(7); innesco.push(null, 3, ['nothing'], () => { throw 1 });
          dataLayer.push({event: 'view_item', ecommerce: 5}, null, []);
          innesco.track('Still Here');
        }"""
    )
    (here,) = came(collector, page, "Still Here")
    assert here["context"]["page"]["path"] == "/"
    assert not collector.named("Circle")
    assert not collector.named("Large")
    assert wrong == []
    assert [line for line in said if not line.startswith("debug ")] == []
    assert len([line for line in said if "too large" not in line]) == 1


def test_a_page_loaded_with_the_tag_twice_has_one_client(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    site.pages["/"] = html(tag(collector, "granted"), tag(collector, "granted"))
    page = opened(visitor, f"{site.address}/")
    came(collector, page, "page")
    page.wait_for_timeout(800)
    assert len(collector.taken()) == 1


def test_a_long_farewell_is_split_and_its_rest_comes_with_the_next_page(
    visitor: BrowserContext, site: Shop, collector: Door
) -> None:
    page = opened(visitor, f"{site.address}/")
    came(collector, page, "page")
    page.evaluate(
        """url => {
          const long = (n) => innesco.track('Long', {n, text: 'x'.repeat(25000)});
          addEventListener('pagehide', () => [...Array(8).keys()].forEach(long), {capture: true});
          location.href = url }""",
        f"{site.address}/carrello",
    )  # only when the page is left: a slow one would first send what waits, and rightly so
    until(lambda: len(numbers(collector)) == 8, page.wait_for_timeout)
    farewell = [a for a in collector.answered if b'"path":"/",' in a.body and b"Long" in a.body]
    assert len(farewell[0].body) <= 64 * 1024


def numbers(collector: Door) -> set[int]:
    return {m["properties"]["n"] for m in collector.named("Long")}
