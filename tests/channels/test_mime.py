"""Envelopes: whatever stands in a name or a subject, no header begins that we did not write."""

from datetime import UTC, datetime
from email import message_from_bytes, policy

import pytest
from hypothesis import example, given, strategies as st

from innesco.channels.channel import Email
from innesco.channels.mime import mime

NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
ENDS = "\r\n\0\v\f\x1c\x1d\x1e\x85\u2028\u2029"
texts = st.text(max_size=120) | st.text(st.sampled_from(f'aè {ENDS}:<>"\\=?,;(){chr(0xD800)}'))


def letter(**other):
    said = {
        "key": "shop/run/node/1",
        "sender": "ciao@shop.example",
        "to": "anna@example.com",
        "subject": "Ciao",
        "html": "<p>Ciao</p>",
        "text": "Ciao",
        "unsubscribe": "https://mail.shop.example/u/token",
        "feedback_id": ("cart-1", "cart", "marketing", "shop"),
        **other,
    }
    return Email(**said)


def parsed(email):
    return message_from_bytes(mime(email, NOW), policy=policy.default)


PLAIN = [name for name, _ in parsed(letter()).items()]


@given(subject=texts, name=texts, journey=texts)
@example(subject="a\r\nBcc: x@evil.example\r\n\r\nhello", name="x\u2028Bcc: y", journey="\n\n")
def test_no_text_begins_another_header(subject, name, journey):
    raw = mime(letter(subject=subject, sender_name=name, feedback_id=(journey, "j", "m", "s")), NOW)
    head = raw.partition(b"\r\n\r\n")[0]
    starts = [line.partition(b":")[0].decode() for line in head.split(b"\r\n") if line[:1] != b" "]
    assert starts == PLAIN
    assert not {byte for byte in head.replace(b"\r\n", b"") if byte < 32 or byte > 126}
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    again = message_from_bytes(raw, policy=policy.default)
    assert [name for name, _ in again.items()] == PLAIN
    assert again["To"] == "anna@example.com"
    assert not set(again["Subject"]) & set(ENDS)
    assert again["From"].addresses[0].addr_spec == "ciao@shop.example"


@given(subject=st.text(st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=200))
def test_a_subject_is_read_as_it_was_written(subject):
    import unicodedata

    assert parsed(letter(subject=subject))["Subject"] == unicodedata.normalize("NFC", subject)


@pytest.mark.parametrize(
    "name",
    ["Anna", "Rossi, Anna", 'Anna "la bella" \\', "Caffè Torino", "日本語 商店", "a@b.example"],
)
def test_a_senders_name_is_read_as_it_was_written(name):
    sender = parsed(letter(sender_name=name))["From"].addresses[0]
    assert (sender.display_name, sender.addr_spec) == (name, "ciao@shop.example")


def test_both_parts_arrive_and_the_plain_one_comes_first():
    mail = parsed(letter(html="<p>Caffè ☕</p>", text="Caffè ☕"))
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert mail.get_body(("plain",)).get_content().strip() == "Caffè ☕"
    assert mail.get_body(("html",)).get_content().strip() == "<p>Caffè ☕</p>"


def test_the_same_key_is_the_same_mail():
    assert mime(letter(), NOW) == mime(letter(), NOW)
    assert parsed(letter())["Message-ID"] == parsed(letter(subject="other"))["Message-ID"]
    assert parsed(letter())["Message-ID"] != parsed(letter(key="shop/run/node/2"))["Message-ID"]


def test_one_click_unsubscribe_only_where_there_is_something_to_leave():
    marketing, order = parsed(letter()), parsed(letter(unsubscribe="", automatic=True))
    assert marketing["List-Unsubscribe"] == "<https://mail.shop.example/u/token>"
    assert marketing["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert marketing["Auto-Submitted"] is None
    assert order["List-Unsubscribe"] is order["List-Unsubscribe-Post"] is None
    assert order["Auto-Submitted"] == "auto-generated"


def test_an_address_with_an_accent_in_its_domain_travels_in_ascii():
    assert parsed(letter(to="anna@caffè.example"))["To"] == "anna@xn--caff-8oa.example"
