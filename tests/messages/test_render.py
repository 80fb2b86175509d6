"""Rendering: the ready templates in both languages, and templates that must not get through."""

import time

import pytest
from msgspec.structs import replace

from innesco.events.price import price
from innesco.messages.asked import Class, Line
from innesco.messages.color import readable_on, usable
from innesco.messages.prepare import prepare
from innesco.messages.render import MOST_HTML, cart_url, link_id, render
from innesco.messages.template import Template, TemplateWrong, Words
from innesco.profiles.tokens import Purpose, verify
from tests.messages.stock import HOUSE, NOON, PRODUCTS, SECRETS, SHOP, TEMPLATES, ask


def mail(template="cart-1", language="it", house=HOUSE, **asked):
    one = TEMPLATES[template] if isinstance(template, str) else template
    facts = {"purposes": "marketing,profiling"} if one.id == "confirm" else {}
    said = {"template": one.id, "kind": one.kind, "language": language, "facts": facts, **asked}
    return render(prepare(one, language), ask(**said), house, PRODUCTS, NOON)


def draft(mjml="", subject="Ciao", kind=Class.MARKETING, **words):
    body = f"<mj-section><mj-column><mj-text>{mjml}</mj-text></mj-column></mj-section>"
    return Template(
        id="draft", name={}, kind=kind, mjml=body, words={"it": Words(subject=subject, **words)}
    )


@pytest.mark.parametrize("language", ["it", "en"])
@pytest.mark.parametrize("template", TEMPLATES)
def test_every_ready_template_is_whole_in_both_languages(template, language):
    email = mail(template, language).email
    assert f'<html lang="{language}"' in email.html
    assert "color-scheme" in email.html
    assert len(email.html.encode()) < MOST_HTML / 2
    assert "Via Roma 12" in email.html
    assert "Via Roma 12" in email.text
    for left_over in ("[[", "]]", "{{", "{%", "lq0q", "None", "googleapis"):
        assert left_over not in email.html + email.text + email.subject
    assert ("/u/unsubscribe." in email.html) is (template != "confirm")
    assert bool(email.unsubscribe) is (template != "confirm")
    assert ("nsubscribe" in email.text or "Disiscriviti" in email.text) is (template != "confirm")
    assert 'href=""' not in email.html
    assert 'src=""' not in email.html
    assert set(TEMPLATES[template].words) == {"it", "en"}


def test_the_cart_mail_shows_what_the_catalogue_says():
    email = mail().email
    assert email.subject == "Hai lasciato qualcosa nel carrello"
    assert "Tazza «Alba» &amp; piattino" in email.html
    assert "Tazza «Alba» & piattino" in email.text
    assert "2 × 1.234,56 €" in email.text
    assert "Totale: 2.504,02 €" in email.text
    assert "34,90 €" in email.html
    assert "44,90 €" in email.html
    assert "Total: €2,504.02" in mail(language="en").email.text
    one = mail(lines=(Line("moka"),)).email
    assert one.subject == "Moka da tre tazze è ancora nel carrello"


def test_the_variant_that_was_chosen_is_shown():
    rendered = mail(lines=(Line("moka", 2, "moka-b"), Line("cup", 1, "a colour not sold any more")))
    words = " ".join(rendered.email.text.split())
    assert "Blu · 2 × 36,90 €" in words
    assert 'src="https://shop.example/moka-b.png"' in rendered.email.html
    assert 'alt="Moka da tre tazze, Blu"' in rendered.email.html
    assert PRODUCTS["moka-b"].url in rendered.links.values()
    assert "Tazza «Alba»" in words  # the product itself, when the catalogue lost its variant
    assert "Totale: 1.308,36 €" in words


def test_the_cart_is_rebuilt_by_variants():
    asked = ask(lines=(Line("moka", 2, "moka-b"), Line("cup", 1)))
    assert cart_url(SHOP, asked) == "https://shop.example/cart?rebuild=moka-b:2,cup:1"


def test_a_shop_with_a_logo_shows_it_and_one_without_shows_its_name():
    logo = replace(HOUSE, workspace=replace(SHOP, logo_url="https://shop.example/logo.png"))
    assert 'src="https://shop.example/logo.png"' in mail(house=logo).email.html
    assert "logo" not in mail().email.html.partition("<body")[2]
    assert mail("confirm").email.text.count("Bottega Aurora") == 3  # head, words, foot


def test_what_the_catalogue_does_not_know_is_not_mailed():
    assert "gone" not in mail(lines=(Line("moka"), Line("gone"))).email.html
    with pytest.raises(TemplateWrong, match="catalogue has none"):
        mail(lines=(Line("gone"),))


def test_a_products_link_is_a_stored_id_and_leads_home_only():
    rendered = mail()
    name = link_id("shop", PRODUCTS["moka"].url)
    assert rendered.links[name] == PRODUCTS["moka"].url
    assert "shop.example/p/moka" not in rendered.email.html
    stranger = {"moka": replace(PRODUCTS["moka"], url="https://evil.example/p/moka")}
    said = render(
        prepare(TEMPLATES["browse"], "it"), ask(lines=(Line("moka"),)), HOUSE, stranger, NOON
    )
    assert set(said.links.values()) == {SHOP.shop_url}


def test_the_links_tokens_hold_for_their_own_purpose_only():
    unsubscribe = mail().email.unsubscribe.rpartition("/")[2]
    said = verify(unsubscribe, Purpose.UNSUBSCRIBE, SECRETS, NOON)
    assert said is not None
    assert said.about["email"] == "anna@example.com"
    assert verify(unsubscribe, Purpose.CONFIRM, SECRETS, NOON) is None
    assert "anna" not in unsubscribe


def test_a_name_never_becomes_markup():
    shop = replace(HOUSE, workspace=replace(SHOP, name='<script>alert("x")</script>'))
    assert "<script" not in mail(house=shop).email.html
    welcome = mail("welcome", facts={"name": "<img src=x onerror=alert(1)>"}, lines=())
    assert "<img src=x" not in welcome.email.html
    assert "&lt;img src=x" in welcome.email.html


@pytest.mark.parametrize(
    ("template", "place"),
    [
        (draft("{{ nobody.knows }}"), r"draft \(it\) .*line 1: nothing is called nobody.knows"),
        (draft("{{ workspace.password }}"), "nothing is called workspace.password"),
        (draft(subject="{{ links.evil }}"), r"subject, line 1: nothing is called links.evil"),
        (draft("{% if %}"), r"draft \(it\) .*line \d+"),
        (draft("{% for a in lines %}"), "draft"),
        (draft("{{ 'x' | shout }}"), "unknown filter 'shout'"),
        (draft("[[nowhere]]"), r"\[\[nowhere\]\] has no words"),
        (draft("{% include 'etc/passwd' %}"), "include"),
        (draft("<script>x</script>"), "<script has no place"),
        (draft("</mj-text>"), "MJML"),
        (replace(draft(), mjml="<mjml><mj-body></mj-body></mjml>"), "no way to unsubscribe"),
        (replace(draft(), words={}), "no words in any language"),
    ],
)
def test_a_wrong_template_is_refused_with_its_place(template, place):
    with pytest.raises(TemplateWrong, match=place):
        prepare(template, "it")


def test_a_fact_that_nobody_gave_is_an_error_but_may_be_asked_for():
    asks = draft("{% if facts.code %}{{ facts.code }}{% else %}no code{% endif %}")
    assert "no code" in mail(asks, facts={}).email.html
    assert "X7" in mail(asks, facts={"code": "X7"}).email.html
    with pytest.raises(TemplateWrong, match="code"):
        mail(draft("{{ facts.code }}"), facts={})


BOMBS = [
    "{% for i in (1..2000001) %}{% assign a = i %}{% endfor %}",
    "{% for i in (1..100000000) %}x{% endfor %}",
    "{% for a in (1..1999) %}{% for b in (1..1999) %}x{% endfor %}{% endfor %}",
    "{% for i in (1..90000000) reversed %}x{% endfor %}",
    "{{ (1..90000000) | join: 'x' }}",
    "{{ (1..90000000) | reverse | first }}",
    "{% assign a = 'aaaaaaaaaaaaaaaa' %}" + "{% assign a = a | append: a %}" * 40,
    "{{ '"
    + "a" * 900
    + "'"
    + " | replace: 'a', '"
    + "b" * 900
    + "'" * 1
    + " | replace: 'b', '"
    + "c" * 900
    + "' }}",
    "{% capture a %}x{% endcapture %}" + "{% capture a %}{{ a }}{{ a }}{% endcapture %}" * 40,
    "{% if true %}" * 5000,
    "{{ 99999999999999999999 | times: 99999999999999999999 }}",
]


@pytest.mark.parametrize("bomb", BOMBS, ids=lambda bomb: bomb[:40])
def test_bombs_are_stopped_before_they_go_off(bomb):
    began = time.perf_counter()
    with pytest.raises(TemplateWrong):
        mail(draft(bomb))
    assert time.perf_counter() - began < 2


def test_no_font_is_fetched_from_elsewhere():
    roboto = draft("Ciao")
    roboto = replace(roboto, mjml=roboto.mjml.replace("<mj-text", '<mj-text font-family="Roboto"'))
    assert "googleapis" not in mail(roboto).email.html


def test_a_template_cannot_ask_for_the_time():
    with pytest.raises(TemplateWrong, match="date"):
        mail(draft("{{ 'now' | date: '%Y' }}"))


def test_a_mail_that_mailboxes_would_cut_off_is_refused():
    with pytest.raises(TemplateWrong, match="mailboxes cut"):
        mail(draft("{% for i in (1..1500) %}" + "long " * 20 + "{% endfor %}"))


def test_liquid_survives_the_way_through_mjml():
    table = draft('{% if cart.count > 1 and cart.total != "" %}many & more{% endif %}')
    assert "many & more" in mail(replace(table, mjml=table.mjml.replace("&", "&amp;"))).email.text


@pytest.mark.parametrize(
    ("units", "currency", "italian", "english"),
    [
        (123456, "EUR", "1.234,56 €", "€1,234.56"),
        (5, "EUR", "0,05 €", "€0.05"),
        (-1990, "EUR", "-19,90 €", "-€19.90"),
        (1234567, "JPY", "1.234.567 ¥", "¥1,234,567"),
        (123456, "CHF", "1.234,56 CHF", "CHF 1,234.56"),
        (1234567, "KWD", "1.234,567 KWD", "KWD 1,234.567"),
    ],
)
def test_money_as_it_is_read(units, currency, italian, english):
    assert price(units, currency, "it") == italian
    assert price(units, currency, "en") == english


@pytest.mark.parametrize(("color", "on"), [("#b83a14", "#ffffff"), ("#ffd54f", "#1d1a18")])
def test_a_buttons_words_can_be_read_on_any_colour(color, on):
    assert readable_on(color) == on


def test_a_colour_that_is_none_cannot_enter_a_style():
    assert usable("red; } body { background: url(https://evil.example)") == "#b83a14"
    assert usable("#00AAff") == "#00AAff"
