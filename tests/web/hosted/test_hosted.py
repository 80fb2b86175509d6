"""The pages a message leads to, over real files, with `live` not running at all."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import httpx
import msgspec
import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies as st
from msgspec.structs import replace

from innesco.events.admit import Customs, Letter, admit
from innesco.events.event import Source
from innesco.messages.asked import Class
from innesco.messages.tell import batch, event
from innesco.profiles.tokens import Purpose, Token, sign, verify
from innesco.storage import journal, tables, workspaces
from innesco.storage.audit import PROGRAM
from innesco.storage.engines import sqlite_engine
from innesco.storage.journal import Entry
from innesco.web.hosted.app import hosted, is_hosted
from innesco.web.hosted.visitor import Desk
from tests.messages.stock import HOUSE, NOON, SHOP, ask
from tests.workers.post_office import Office

HOUR = timedelta(hours=1)
PHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Safari/604.1"
CONFIRM = {
    "kind": Class.TRANSACTIONAL,
    "template": "confirm",
    "lines": (),
    "facts": {"purposes": "marketing,profiling", "text": "Sì, voglio le novità"},
}


class Town:
    """A shop with its post office and its hosted pages; `now` moves when we say so."""

    def __init__(self, folder):
        self.now = NOON
        control = sqlite_engine(folder / "control.sqlite")
        tables.control.create_all(control)
        self.office = Office(folder)
        engines = self.office.engines
        log = engines["journal"]
        workspaces.create(control, log, "shop", SHOP, PROGRAM, NOON, NOON)
        with control.connect() as connection:
            self.secrets = workspaces.signing(connection, "shop")
        self.office.house = replace(HOUSE, secrets=self.secrets)
        self.desk = Desk(
            control=control,
            journal=log,
            outbox=engines["outbox"],
            now=lambda: self.now,
        )
        self.control = control

    async def ask(self, method, path, **headers):
        app = httpx.ASGITransport(hosted(self.desk, lambda scope: "net1"))
        async with httpx.AsyncClient(transport=app, base_url="https://mail.shop.example") as client:
            said = {"user-agent": PHONE, "accept-language": "it-IT,it;q=0.9", **headers}
            return await client.request(method, path, headers=said)

    async def mail(self, **asked):
        """Send one and answer the paths of its links by their page."""
        self.office.ask(ask(**asked))
        await self.office.deliver(self.now)
        key = asked.get("key", "shop/run/remind/1")
        text = self.office.preview(key).text
        words = [word for word in text.split() if "https://mail.shop.example" in word]
        self.now += HOUR / 60
        return {urlsplit(word).path[:3]: urlsplit(word).path for word in reversed(words)}

    def events(self):
        rows = journal.read(self.desk.journal, 0)
        said = [one for row in rows if row.kind == "events" for one in batch_of(row)]
        return [one for one in said if not one["event"].startswith("Message Sent")]

    def suppressed(self):
        with self.desk.journal.connect() as connection:
            held = journal.suppressed(connection, "shop", "email", "anna@example.com")
            return {topic: one.reason for topic, one in held.items()}

    def close(self):
        self.office.close()
        self.control.dispose()


def batch_of(row):
    return msgspec.json.decode(row.body).get("batch", []) if row.body else []


@pytest.fixture
def town(tmp_path):
    one = Town(tmp_path)
    yield one
    one.close()


@pytest.mark.parametrize(("says", "status"), [("disk is full", 507), ("disk I/O error", 503)])
async def test_what_cannot_be_kept_is_not_said_to_be_done(town, monkeypatch, says, status):
    links, append = await town.mail(), journal.append

    def fails(*given):
        raise sa.exc.OperationalError("INSERT", {}, Exception(says))

    monkeypatch.setattr(journal, "append", fails)
    said = await town.ask("POST", links["/u/"])
    assert (said.status_code, said.headers["retry-after"]) == (status, "60")
    assert "Non ci siamo riusciti" in said.text
    assert town.suppressed() == {}
    clicked = await town.ask("GET", links["/l/"])
    assert clicked.status_code == 302  # she came to see the shop, and sees it
    monkeypatch.setattr(journal, "append", append)
    assert "Fatto" in (await town.ask("POST", links["/u/"])).text


async def test_out_in_one_click_and_the_next_claim_knows(town):
    links = await town.mail()
    before = await town.ask("GET", links["/u/"])
    assert before.status_code == 200
    assert "Vuoi disiscriverti?" in before.text
    assert "anna@example.com" in before.text
    assert (town.events(), town.suppressed()) == ([], {})

    done = await town.ask("POST", links["/u/"])
    assert "Fatto" in done.text
    assert town.suppressed() == {"": "unsubscribed"}
    (said,) = town.events()
    assert said["event"] == "Unsubscribed"
    assert said["properties"]["email"] == "anna@example.com"
    assert said["context"]["person"] == "p1"

    town.office.ask(ask("next", due=town.now))
    assert (await town.office.deliver(town.now)).outcomes == {"skipped:suppressed": 1}


async def test_a_mailbox_that_posts_by_itself_twice_is_once(town):
    links = await town.mail()
    for _ in range(3):
        said = await town.ask("POST", links["/u/"], **{"content-type": "text/plain"})
        assert said.status_code == 200
        assert "location" not in said.headers
    assert len(town.events()) == 1


async def test_she_may_leave_come_back_and_leave_again_by_the_same_mail(town):
    links = await town.mail()
    await town.ask("POST", links["/u/"])
    body, sums = batch([event("Consent Given", "back", town.now, {"email": "anna@example.com"})])
    back = Entry("shop", Source.SERVER, "sk", body=body, sums=sums)
    journal.append(town.desk.journal, [back], town.now)
    await town.ask("POST", links["/u/"])
    said = ["Unsubscribed", "Consent Given", "Unsubscribed"]
    assert [one["event"] for one in town.events()] == said


async def test_a_log_that_was_trimmed_loses_no_unsubscribe(town):
    links = await town.mail()
    await town.ask("POST", links["/u/"])
    town.now += timedelta(days=2)
    await town.ask("POST", links["/u/"])
    assert len(town.events()) == 2


@pytest.mark.parametrize("agent", [PHONE, "python-httpx/0.28", "Googlebot/2.1", ""])
async def test_it_is_her_word_whichever_machine_of_her_mailbox_posts_it(town, agent):
    links = await town.mail()
    await town.ask("POST", links["/u/"], **{"user-agent": agent})
    row = journal.read(town.desk.journal, 0)[-1]
    letter = Letter(row.seq, row.received, row.source, row.key, agent=row.agent)
    admitted = admit(msgspec.json.encode(batch_of(row)[0]), letter, Customs())
    assert (admitted.event.name, admitted.event.machine) == ("Unsubscribed", False)
    assert msgspec.json.decode(admitted.event.properties)["evidence"]["agent"] == agent


@pytest.mark.parametrize("method", ["GET", "HEAD"])
async def test_scanners_that_open_every_link_change_nothing(town, method):
    confirm = await town.mail(key="c", **CONFIRM)
    links = confirm | await town.mail()
    for path in ("/c/", "/u/"):
        assert (await town.ask(method, links[path])).status_code == 200
    for path in ("/l/", "/r/"):
        assert (await town.ask("HEAD", links[path])).status_code == 302
    assert (town.events(), town.suppressed()) == ([], {})


async def test_double_opt_in_from_the_mail_to_the_shop(town):
    town.office.unsubscribe("anna@example.com", NOON)
    town.now += HOUR / 60
    links = await town.mail(key="c", **CONFIRM)
    asks = await town.ask("GET", links["/c/"])
    assert "Confermi l'iscrizione?" in asks.text.replace("&#x27;", "'")
    assert "quello che guardi" in asks.text
    assert "Sì, voglio" not in asks.text  # what a browser sent is evidence, never our words

    done = await town.ask("POST", links["/c/"])
    assert "Ci siamo" in done.text
    said = town.events()[-1]
    assert said["event"] == "Subscription Confirmed"
    assert "person" not in said["context"]
    assert said["properties"]["email"] == "anna@example.com"
    assert said["properties"]["purposes"] == ["marketing", "profiling"]
    assert said["properties"]["text"] == "Sì, voglio le novità"
    assert said["properties"]["evidence"]["network"] == "net1"
    assert said["context"]["locale"] == "it"  # what follows is written in the mail's language
    token = done.text.partition("innesco_t=")[2].partition('"')[0]
    who = verify(token, Purpose.CLICK, town.secrets, town.now)
    assert who is not None
    assert who.about == {"email": "anna@example.com"}

    again = await town.ask("POST", links["/c/"])
    assert again.status_code == 200
    assert town.events()[-1]["messageId"] == said["messageId"]


async def test_a_confirmation_runs_out_and_an_old_one_does_not_undo_leaving(town):
    links = await town.mail(key="c", **CONFIRM)
    town.office.unsubscribe("anna@example.com", town.now)
    said = await town.ask("POST", links["/c/"])
    assert said.status_code == 410
    assert town.suppressed() == {"": "unsubscribed"}
    town.now += timedelta(seconds=1)
    later = await town.mail(key="d", **CONFIRM | {"due": town.now})
    assert (await town.ask("GET", later["/c/"])).status_code == 200
    town.now += timedelta(days=7)
    assert (await town.ask("GET", later["/c/"])).status_code == 410


async def test_a_click_goes_on_to_the_product_and_says_who_it_was(town):
    links = await town.mail()
    said = await town.ask("GET", links["/l/"])
    assert said.status_code == 302
    to = urlsplit(said.headers["location"])
    assert (to.netloc, to.path) in {("shop.example", "/p/moka"), ("shop.example", "/p/cup")}
    token = parse_qs(to.query)["innesco_t"][0]
    who = verify(token, Purpose.CLICK, town.secrets, town.now)
    assert who is not None
    assert who.about == {"email": "anna@example.com", "person": "p1"}
    (clicked,) = town.events()
    assert clicked["event"] == "Message Clicked"
    assert clicked["properties"]["message"] == "shop/run/remind/1"
    assert clicked["properties"]["machine"] is False


async def test_the_cart_is_rebuilt_with_what_was_in_it(town):
    links = await town.mail()
    to = (await town.ask("GET", links["/r/"])).headers["location"]
    assert to.startswith("https://shop.example/cart?rebuild=moka:1,cup:2&innesco_t=click.")


@pytest.mark.parametrize("agent", ["Googlebot/2.1 (+http://www.google.com/bot.html)", ""])
async def test_a_machine_is_sent_on_but_verifies_nobody(town, agent):
    links = await town.mail()
    said = await town.ask("GET", links["/l/"], **{"user-agent": agent})
    assert "innesco_t" not in said.headers["location"]
    (scanned,) = town.events()
    assert (scanned["event"], scanned["properties"]["agent"]) == ("Message Scanned", agent)
    row = journal.read(town.desk.journal, 0)[-1]
    letter = Letter(row.seq, row.received, row.source, row.key, agent=row.agent)
    admitted = admit(msgspec.json.encode(scanned), letter, Customs())
    assert not admitted.event.machine  # it is kept: her history shows it


async def test_a_click_faster_than_reading_is_a_machine(town):
    links = await town.mail()
    town.now = NOON + timedelta(seconds=1)
    said = await town.ask("GET", links["/l/"])
    assert "innesco_t" not in said.headers["location"]
    (scanned,) = town.events()
    assert scanned["event"] == "Message Scanned"
    assert scanned["properties"]["because"] == "came too fast after sending"


async def test_a_link_in_an_old_mail_still_leads_there_but_verifies_nobody(town):
    links = await town.mail()
    town.now += timedelta(days=31)
    said = await town.ask("GET", links["/l/"])
    assert said.status_code == 302
    assert "innesco_t" not in said.headers["location"]


async def test_a_stored_link_to_a_strangers_host_leads_nowhere(town):
    await town.mail()
    with town.desk.outbox.begin() as connection:
        connection.execute(
            sa.insert(tables.links).values(workspace="shop", id="x", url="https://evil.example/")
        )
    about = {"message": "shop/run/remind/1", "link": "x"}
    token = sign(Token(Purpose.CLICK, "shop", about), town.secrets)
    assert (await town.ask("GET", f"/l/{token}")).status_code == 410


PURPOSE = {"/c/": Purpose.CONFIRM, "/u/": Purpose.UNSUBSCRIBE, "/l/": Purpose.CLICK}


@pytest.mark.parametrize("page", PURPOSE)
async def test_a_token_holds_on_its_own_page_only(town, page):
    confirm = await town.mail(key="c", **CONFIRM)
    links = confirm | await town.mail()
    for other in set(PURPOSE) - {page}:
        token = links[page][3:]
        method = "GET" if other == "/l/" else "POST"
        assert (await town.ask(method, other + token)).status_code == 410
    assert (town.events(), town.suppressed()) == ([], {})


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(place=st.integers(0, 400), letter=st.sampled_from("aZ09-_.é"), page=st.sampled_from("cul"))
async def test_a_forged_token_opens_nothing(town, place, letter, page):
    about = {"email": "anna@example.com", "message": "k", "link": "x", "purposes": "marketing"}
    purpose = PURPOSE[f"/{page}/"]
    true = sign(Token(purpose, "shop", about, NOON + timedelta(days=7)), town.secrets)
    place %= len(true)
    forged = true[:place] + letter + true[place + 1 :]
    if forged == true:
        return
    said = await town.ask("GET" if page == "l" else "POST", f"/{page}/{forged}")
    assert said.status_code == 410
    assert town.suppressed() == {}


@pytest.mark.parametrize(
    "token", ["", "x", "a.b.c.d", "%00", "..%2F..", "a" * 9000, "confirm.k1.no.x"]
)
async def test_nonsense_gets_the_same_page_as_everything_that_does_not_hold(town, token):
    for page in ("/c/", "/u/", "/l/", "/r/"):
        said = await town.ask("GET", page + token)
        assert said.status_code == 410
        assert "Questo link non vale più" in said.text


async def test_the_pages_load_nothing_and_tell_nobody_where_she_was(town):
    links = await town.mail()
    said = await town.ask("GET", links["/u/"], **{"accept-language": "en-GB"})
    assert said.headers["content-security-policy"].startswith("default-src 'none'; style-src 'sha")
    assert said.headers["referrer-policy"] == "no-referrer"
    assert said.headers["cache-control"] == "no-store"
    assert '<html lang="en">' in said.text
    for word in ("http://", "https://", "<script", "src="):
        assert word not in said.text


async def test_only_known_methods(town):
    links = await town.mail()
    assert (await town.ask("DELETE", links["/u/"])).status_code == 405
    assert (await town.ask("POST", links["/l/"])).status_code == 405
    assert is_hosted(links["/u/"])
    assert not is_hosted("/v1/batch")
