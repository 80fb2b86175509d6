"""Delivering told as stories: what is asked, what stands in the way, what arrives."""

import asyncio
from datetime import timedelta

import msgspec
import pytest
from msgspec.structs import replace

from innesco.channels.channel import Accepted, Broken, Refused, TryAgain, Unclear
from innesco.channels.mime import message_id
from innesco.connectors.smtp import Server, Smtp
from innesco.definitions.workspace import Quiet
from innesco.events.address import email
from innesco.messages.asked import Class
from innesco.storage import journal, outbox
from innesco.workers import deliver, sandbox
from tests.messages.stock import HOUSE, NOON, SHOP, ask
from tests.workers.post_office import office

DAY = timedelta(days=1)
ORDER = Class.TRANSACTIONAL


class Says:
    """A server that answers as it is told, and remembers what reached it."""

    def __init__(self, *receipts):
        self.receipts = list(receipts)
        self.got = []

    async def send(self, email, raw):
        self.got.append(email)
        receipt = self.receipts.pop(0) if len(self.receipts) > 1 else self.receipts[0]
        return receipt or Accepted(message_id(email))


async def test_from_asking_to_a_mail_in_the_sandbox(tmp_path):
    with office(tmp_path) as shop:
        server = await sandbox.serve(shop.engines["sandbox"], 0, lambda: NOON)
        port = server.sockets[0].getsockname()[1]
        smtp = Smtp(Server(host="127.0.0.1", port=port, security="none"))
        shop.transport = smtp
        shop.ask(
            ask(),
            ask(
                "shop/run/order/2",
                kind=ORDER,
                template="confirm",
                lines=(),
                facts={"purposes": "marketing"},
            ),
        )
        counts = await shop.deliver()
        await smtp.close()
        server.close()
        await server.wait_closed()

        assert counts.outcomes == {"sent": 2}
        caught = {one.subject: one for one in sandbox.inbox(shop.engines["sandbox"])}
        assert set(caught) == {
            "Hai lasciato qualcosa nel carrello",
            "Conferma la tua iscrizione a Bottega Aurora",
        }
        cart = caught["Hai lasciato qualcosa nel carrello"]
        letter = sandbox.letter(shop.engines["sandbox"], cart.id)
        assert cart.recipients == ("anna@example.com",)
        assert "Moka da tre tazze" in letter.html
        assert "Totale: 2.504,02 €" in letter.text
        assert dict(letter.headers)["From"] == "Anna della Bottega <ciao@shop.example>"
        assert letter.html == shop.preview("shop/run/remind/1").html


async def test_asking_twice_sends_once_and_the_log_hears_of_it_once(tmp_path):
    server = Says(None)
    with office(tmp_path, transport=server) as shop:
        shop.ask(ask())
        await shop.deliver()
        shop.ask(ask())
        await shop.deliver(NOON + timedelta(hours=1))
        assert len(server.got) == 1
        (row,) = journal.read(shop.engines["journal"], 0)
        (told,) = msgspec.json.decode(row.body)["batch"]
        assert told["event"] == "Message Sent"
        assert told["messageId"] == "shop/run/remind/1/sent"
        assert told["context"] == {"person": "p1"}
        assert told["properties"]["message"] == "shop/run/remind/1"


async def test_nothing_goes_before_it_is_due(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(ask(due=NOON + timedelta(seconds=1)))
        await shop.deliver(NOON)
        assert shop.count() == {"waiting": 1}
        await shop.deliver(NOON + timedelta(seconds=1))
        assert shop.count() == {"sent": 1}


@pytest.mark.parametrize(
    ("because", "state"),
    [
        ("stopped by Order Completed", "skipped"),
        ("reached the goal: Order Completed", "skipped"),
        ("reached the end", "sent"),
    ],
)
async def test_a_run_that_was_stopped_sends_nothing_more(tmp_path, because, state):
    with office(tmp_path) as shop:
        shop.ask(ask(run="r1"))
        shop.run_left("r1", because)
        await shop.deliver()
        assert shop.count() == {state: 1}


async def test_consent_is_read_at_the_claim(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(ask(), ask("b", address="bea@example.com"), consent=())
        shop.consent("bea@example.com", ["marketing"])
        shop.consent("bea@example.com", ["marketing"], "withdrawn", seq=2)
        await shop.deliver()
        assert shop.states() == {
            "shop/run/remind/1": (
                "skipped",
                "consent: marketing consent of this address is absent",
            ),
            "b": ("skipped", "suppressed: the address is on the exclusion list: unsubscribed"),
        }
        assert b"Message Skipped" in shop.log()


async def test_an_unsubscribe_counts_at_the_very_next_claim(tmp_path):
    """Forty are due; she leaves after the first batch was claimed, and live never hears of it."""
    with office(tmp_path) as shop:

        class Leaves(Says):
            async def send(self, email, raw):
                if not self.got:
                    shop.unsubscribe("anna@example.com")
                return await super().send(email, raw)

        shop.transport = Leaves(None)
        shop.house = replace(HOUSE, workspace=replace(SHOP, most_marketing_a_day=0))
        shop.ask(*(ask(f"k{n:02}") for n in range(40)))
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 20, "skipped:suppressed": 20}


async def test_quiet_hours_move_a_message_to_the_morning(tmp_path):
    night = replace(HOUSE, workspace=replace(SHOP, quiet=Quiet(22, 8)))
    with office(tmp_path, house=night) as shop:
        shop.ask(ask())
        await shop.deliver(NOON + timedelta(hours=11))
        assert shop.states()["shop/run/remind/1"] == ("waiting", "quiet")
        await shop.deliver(NOON + timedelta(hours=20) - timedelta(seconds=1))
        assert shop.count() == {"waiting": 1}
        await shop.deliver(NOON + timedelta(hours=20))
        assert shop.count() == {"sent": 1}


async def test_quiet_hours_are_those_of_the_place_where_she_is(tmp_path):
    """Eleven at night in the shop is six in the evening in New York."""
    night = replace(HOUSE, workspace=replace(SHOP, quiet=Quiet(22, 8)))
    with office(tmp_path, house=night) as shop:
        shop.ask(ask("shop/run/here/1", address="a@example.com"))
        shop.ask(ask("shop/run/york/1", address="b@example.com", zone="America/New_York"))
        await shop.deliver(NOON + timedelta(hours=11))
        assert shop.states() == {
            "shop/run/here/1": ("waiting", "quiet"),
            "shop/run/york/1": ("sent", ""),
        }


async def test_the_cap_counts_what_is_claimed_beside_it(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(*(ask(f"k{n}") for n in range(5)))
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 3, "skipped:cap": 2}


async def test_an_unconfirmed_address_gets_one_confirmation_whoever_asks(tmp_path):
    with office(tmp_path) as shop:
        said = {"kind": ORDER, "template": "confirm", "claimed_only": True, "lines": ()}
        shop.ask(
            *(ask(f"k{n}", person=f"p{n}", facts={"purposes": "marketing"}, **said) for n in "abc"),
            consent=(),
        )
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 1, "skipped:claimed": 2}


async def test_a_kill_switch_holds_everything_and_letting_go_sends_the_rest(tmp_path):
    with office(tmp_path) as shop:
        shop.stops = {"all": "wrong price"}
        shop.ask(ask())
        await shop.deliver()
        assert shop.states()["shop/run/remind/1"] == ("waiting", "stop")
        shop.stops = {}
        await shop.deliver(NOON + timedelta(seconds=30))
        assert shop.count() == {"sent": 1}


async def test_what_comes_too_late_is_skipped_and_said(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(ask())
        await shop.deliver(NOON + 3 * DAY)
        assert shop.states()["shop/run/remind/1"][1].startswith("late: ")


@pytest.mark.parametrize(
    ("receipt", "state", "event"),
    [
        (Refused("554 5.6.0 no"), "failed", b"Message Failed"),
        (Unclear("no answer to the words"), "uncertain", b"Message Uncertain"),
    ],
)
async def test_a_bad_end_is_told(tmp_path, receipt, state, event):
    with office(tmp_path, transport=Says(receipt)) as shop:
        shop.ask(ask())
        await shop.deliver()
        await shop.deliver(NOON + timedelta(hours=5))
        assert shop.count() == {state: 1}
        assert event in shop.log()
        assert len(shop.transport.got) == 1


async def test_a_mailbox_that_does_not_exist_is_never_written_to_again(tmp_path):
    with office(tmp_path, transport=Says(Refused("550 5.1.1 No such user", suppress=True))) as shop:
        shop.ask(ask(), ask("later", due=NOON + timedelta(hours=1)))
        await shop.deliver()
        await shop.deliver(NOON + timedelta(hours=1))
        assert [state for state, _ in shop.states().values()] == ["failed", "skipped"]
        assert len(shop.transport.got) == 1


async def test_a_busy_server_is_asked_again_by_the_schedule(tmp_path):
    with office(tmp_path, transport=Says(TryAgain("450 4.2.0 greylisted"), None)) as shop:
        shop.ask(ask())
        await shop.deliver()
        assert shop.states()["shop/run/remind/1"] == ("waiting", "450 4.2.0 greylisted")
        await shop.deliver(NOON + timedelta(seconds=59))
        assert len(shop.transport.got) == 1
        await shop.deliver(NOON + timedelta(seconds=60))
        assert shop.count() == {"sent": 1}
        first, second = shop.transport.got
        assert message_id(first) == message_id(second)


async def test_patience_ends_and_a_broken_account_does_not_use_it_up(tmp_path):
    with office(tmp_path, transport=Says(TryAgain("451 no"))) as shop:
        shop.ask(ask(kind=ORDER, max_lateness=30 * 86400))
        now = NOON
        for _ in range(8):
            await shop.deliver(now)
            assert shop.count() == {"waiting": 1}
            now += 2 * DAY
        shop.transport = Says(Broken("535 no"))
        await shop.deliver(now)
        assert shop.count() == {"waiting": 1}
        shop.transport = Says(TryAgain("451 no"))
        await shop.deliver(now + timedelta(minutes=5))
        assert shop.states()["shop/run/remind/1"] == ("failed", "gave up after 9 tries: 451 no")


async def test_a_wrong_template_fails_its_own_message_only(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(ask("bad", template="nothing"), ask("good"))
        counts = await shop.deliver()
        assert counts.outcomes == {"failed": 1, "sent": 1}
        assert shop.states()["bad"] == ("failed", "there is no template nothing")


async def test_a_sender_of_yesterday_neither_sends_nor_records(tmp_path):
    """It slept while rendering; meanwhile another took over and settled what it had claimed."""
    with office(tmp_path, transport=Says(None)) as shop:
        shop.ask(ask(), ask("order", kind=ORDER, template="confirm", lines=(), facts={}))
        zombie = deliver.sender(shop.ports, NOON)
        outbox.copy(shop.engines["people"], shop.engines["outbox"])
        taken = deliver.claim(shop.ports.facts, zombie.epoch, NOON).taken
        deliver.sender(shop.ports, NOON)
        assert await deliver._send_all(zombie, taken, NOON) == ["overtaken", "overtaken"]
        assert shop.transport.got == []
        assert await deliver.deliver_pass(zombie, NOON) is None
        assert shop.count() == {"uncertain": 1, "waiting": 1}


async def test_a_sender_of_yesterday_does_not_record_what_another_has_claimed(tmp_path):
    with office(tmp_path) as shop:
        shop.ask(ask("order", kind=ORDER, template="confirm", lines=(), facts={}))
        zombie = deliver.sender(shop.ports, NOON)
        outbox.copy(shop.engines["people"], shop.engines["outbox"])
        (old,) = deliver.claim(shop.ports.facts, zombie.epoch, NOON).taken
        young = deliver.sender(shop.ports, NOON)
        (again,) = deliver.claim(shop.ports.facts, young.epoch, NOON).taken
        assert deliver._record(zombie, old, Refused("no"), NOON) == "overtaken"
        assert shop.count() == {"claimed": 1}
        assert deliver._record(young, again, Accepted("id"), NOON) == "sent"


async def test_a_sender_overtaken_while_it_sends_does_not_record(tmp_path):
    with office(tmp_path) as shop:

        class Slow(Says):
            async def send(self, email, raw):
                deliver.sender(shop.ports, NOON)
                return await super().send(email, raw)

        shop.transport = Slow(None)
        shop.ask(ask())
        assert await shop.deliver() is None
        assert shop.count() == {"uncertain": 1}


async def test_the_worker_sends_until_it_is_told_to_stop(tmp_path):
    with office(tmp_path, transport=Says(None)) as shop:
        stop = asyncio.Event()
        worker = asyncio.create_task(deliver.run_deliver(shop.ports, lambda: NOON, stop))
        shop.ask(ask())
        for _ in range(100):
            if shop.transport.got:
                break
            await asyncio.sleep(0.05)
        stop.set()
        await asyncio.wait_for(worker, 5)
        assert shop.count() == {"sent": 1}


class Mailbox:
    """The real sandbox and a real connection to it."""

    def __init__(self, shop, **other):
        self.shop, self.other = shop, other

    async def __aenter__(self):
        shop = self.shop
        self.server = await sandbox.serve(shop.engines["sandbox"], 0, lambda: NOON)
        port = self.server.sockets[0].getsockname()[1]
        shop.transport = Smtp(Server(host="127.0.0.1", port=port, security="none"))
        return lambda: sorted(one.recipients[0] for one in sandbox.inbox(shop.engines["sandbox"]))

    async def __aexit__(self, *wrong):
        await self.shop.transport.close()
        self.server.close()
        await self.server.wait_closed()


@pytest.mark.parametrize(
    ("typed", "arrives"),
    [
        ("josé@example.com", "josé@example.com"),
        ("Anna@Bücher.example", "anna@xn--bcher-kva.example"),
        ("用户@例子.测试", "用户@xn--fsqu00a.xn--0zwm56d"),
    ],
)
async def test_an_address_beyond_ascii_gets_its_mail_and_costs_the_others_nothing(
    tmp_path, typed, arrives
):
    with office(tmp_path) as shop:
        async with Mailbox(shop) as inbox:
            confirm = {"kind": ORDER, "template": "confirm", "lines": ()}
            shop.ask(ask("odd", address=email(typed), **confirm), ask("good"))
            counts = await shop.deliver()
            assert counts.outcomes == {"sent": 2}
            assert inbox() == sorted(["anna@example.com", arrives])


class Stumbles(Says):
    """A transport with a fault that nobody foresaw, for one address."""

    async def send(self, email, raw):
        if email.to == "odd@example.com":
            raise ZeroDivisionError("odd@example.com")
        return await super().send(email, raw)


async def test_a_fault_in_sending_is_that_message_s_outcome_only(tmp_path, capsys):
    with office(tmp_path, transport=Stumbles(None)) as shop:
        shop.ask(
            ask("odd", address="odd@example.com"),
            *(ask(f"k{n}", address=f"k{n}@example.com") for n in range(5)),
        )
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 5, "uncertain": 1}
        assert shop.states()["odd"] == ("uncertain", "may have gone: ZeroDivisionError in send")
        told = capsys.readouterr().out
        assert "deliver.fault" in told
        assert "key=odd" in told
        assert "odd@example.com" not in told


async def test_a_fault_in_writing_fails_that_message_only(tmp_path, monkeypatch):
    with office(tmp_path, transport=Says(None)) as shop:

        def render(prepared, asked, house, products, now):
            if asked.key == "odd":
                raise ZeroDivisionError("odd")
            return deliver_render(prepared, asked, house, products, now)

        deliver_render = deliver.render
        monkeypatch.setattr(deliver, "render", render)
        shop.ask(ask("odd"), ask("good"))
        counts = await shop.deliver()
        assert counts.outcomes == {"sent": 1, "failed": 1}
        reason = "could not be written: ZeroDivisionError in render"
        assert shop.states()["odd"] == ("failed", reason)


async def test_a_mailbox_that_bounces_gets_no_second_mail_of_the_same_batch(tmp_path):

    no_such = Refused("550 5.1.1 No such user", suppress=True)
    with office(tmp_path, transport=Says(no_such)) as shop:
        shop.ask(ask("a"), ask("b"), ask("other", address="bea@example.com"))
        await shop.deliver()
        just = "suppressed: the address is on the exclusion list: bounced"
        assert shop.states()["b"] == ("skipped", just)
        assert [mail.key for mail in shop.transport.got] == ["a", "other"]
