"""Every page, in both languages, says what it must, and loads from nobody but Innesco."""

import re
from urllib.parse import urlsplit

import pytest
from litestar.testing import TestClient

from innesco.demo.shop.app import shop
from innesco.demo.shop.catalogue import by_sku, feed, products
from innesco.demo.shop.settings import ShopSettings
from innesco.demo.shoppers import cast

INNESCO = "http://innesco.invalid:8800"


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    settings = ShopSettings(
        INNESCO, "pk_shop", "sk_secret", tmp_path_factory.mktemp("shop"), api_key="ak_secret"
    )
    with TestClient(shop(settings)) as client:
        yield client


@pytest.mark.parametrize(
    ("path", "must"),
    [
        ("/it/", ("Le sere si accorciano", "I più amati", "Lettere dalla bottega", "119,00\xa0€")),
        ("/en/", ("Shorter evenings", "Best loved", "Letters from the shop", "€119.00")),
        ("/it/c/cucina", ("Cucina", "8 prodotti", "Officina Bruma", "Solo disponibili")),
        ("/en/c/kitchen", ("Kitchen", "8 products", "In stock only")),
        ("/it/c/cucina?sort=price&most=20", ("1 prodotto", "Mattarello")),
        ("/it/c/cucina?least=900", ("Con questi filtri non resta nulla",)),
        ("/it/search?q=moka", ("Risultati per", "Moka da tre tazze")),
        ("/en/search?q=zzz", ("We found nothing for", "zzz", "Garden and balcony", "Best loved")),
        ("/it/search", ("Che cosa cerchi?",)),
        ("/it/p/moka-tre", ("Moka da tre tazze", "32,90\xa0€", "Aggiungi al carrello", "Argilla")),
        ("/en/p/moka-tre", ("Three-cup moka pot", "€32.90", "Add to cart", "Goes well with")),
        ("/it/wishlist", ("Lista dei desideri",)),
        ("/it/cart", ("Il tuo carrello",)),
        ("/it/checkout", ("Contatti", "Consegna", "Pagamento", "Acconsento a ricevere")),
        ("/en/checkout", ("Contact", "I agree that my purchases and visits")),
        ("/it/privacy", ("Privacy, in parole semplici",)),
        ("/en/privacy", ("Privacy, in plain words",)),
    ],
)
def test_page(client, path, must):
    answer = client.get(path)
    assert answer.status_code == 200
    for text in must:
        assert text in answer.text
    assert f'<html lang="{path[1:3]}">' in answer.text
    assert f'src="{INNESCO}/innesco.js" data-key="pk_shop"' in answer.text


@pytest.mark.parametrize("language", ["it", "en"])
def test_every_product_has_its_page_and_picture(client, language):
    for one in products():
        page = client.get(f"/{language}/p/{one.slug}")
        assert page.status_code == 200
        assert one.name[language] in page.text
    for sku in by_sku():
        drawn = client.get(f"/pictures/{sku}.svg")
        assert drawn.headers["content-type"].startswith("image/svg+xml")


def test_mails_get_pictures_that_mail_programs_show(client):
    rows = feed("")
    dots = {row.sku: client.get(row.image_url) for row in rows}
    assert {one.headers["content-type"] for one in dots.values()} == {"image/png"}
    assert {one.content[:8] for one in dots.values()} == {b"\x89PNG\r\n\x1a\n"}
    assert {int.from_bytes(one.content[16:20]) for one in dots.values()} == {400}
    assert max(len(one.content) for one in dots.values()) < 60_000
    assert len({one.content for one in dots.values()}) == len(rows)  # no variant looks like another
    assert client.get("/pictures/CF101.exe").status_code == 404


@pytest.mark.parametrize("path", ["/it/", "/en/c/light", "/it/p/casseruola-ghisa", "/it/checkout"])
def test_strict_policy_and_no_foreign_address(client, path):
    answer = client.get(path)
    policy = answer.headers["content-security-policy"]
    assert f"script-src 'self' {INNESCO};" in policy
    assert "unsafe" not in policy
    assert not re.search(r"\sstyle=|\son\w+=", answer.text)
    hosts = {
        urlsplit(url).netloc for url in re.findall(r'(?:src|href)="(https?://[^"]+)"', answer.text)
    }
    assert hosts == {"innesco.invalid:8800"}
    inline = re.findall(r"<script(?![^>]*src=)[^>]*>", answer.text)
    assert inline == ['<script type="application/json" id="config">']


@pytest.mark.parametrize("path", ["/it/", "/en/", "/it/checkout", "/it/p/moka-tre"])
def test_no_secret_in_a_page(client, path):
    assert "sk_secret" not in client.get(path).text
    assert "ak_secret" not in client.get(path).text


def test_boxes_of_consent_are_unticked(client):
    boxes = re.findall(
        r'<input type="checkbox" name="(marketing|profiling)"([^>]*)>',
        client.get("/it/checkout").text,
    )
    assert [name for name, _ in boxes] == ["marketing", "profiling"]
    assert all("checked" not in rest for _, rest in boxes)


def test_languages_link_to_each_other(client):
    assert 'href="/en/c/coffee" hreflang="en"' in client.get("/it/c/caffe-e-te").text
    assert 'href="/it/p/moka-tre" hreflang="it"' in client.get("/en/p/moka-tre").text


def test_what_a_shopper_types_is_only_text(client):
    page = client.get("/it/search", params={"q": '"><script>alert(1)</script>'}).text
    assert "<script>alert" not in page


@pytest.mark.parametrize("path", ["/it/p/nope", "/en/c/nope", "/it/nope", "/it/thanks/FG-NOPE"])
def test_what_is_gone_says_so(client, path):
    answer = client.get(path)
    assert answer.status_code == 404
    assert 'data-page="missing"' in answer.text


def test_a_link_in_a_mail_finds_the_language_and_keeps_what_it_carries(client):
    said = {"Accept-Language": "en-GB,en"}
    answer = client.get(
        "/cart?rebuild=CF101:2,DI102:1&innesco_t=a.b", headers=said, follow_redirects=False
    )
    assert answer.headers["location"] == "/en/cart?rebuild=CF101:2,DI102:1&innesco_t=a.b"
    assert client.get("/", follow_redirects=False).headers["location"] == "/it/"


def test_a_mirrored_cart_comes_back_priced(client):
    said = {"lines": {"CF101": 2, "NOPE": 1}, "coupon": "benvenuto10"}
    answer = client.put("/it/api/cart/c1", json=said).json()
    assert answer["lines"] == {"CF101": 2}
    assert (answer["count"], answer["coupon"], answer["refused"]) == (2, "BENVENUTO10", "")
    assert answer["facts"]["value"] == 59.22
    assert answer["facts"]["products"][0]["sku"] == "CF101"
    assert "65,80\xa0€" in answer["html"]
    assert "−6,58\xa0€" in answer["html"]


@pytest.mark.parametrize(
    ("code", "says"),
    [("NATALE", "Questo codice non esiste"), ("AUTUNNO15", "vale da 80,00\xa0€ in su")],
)
def test_a_denied_code_says_why(client, code, says):
    answer = client.put("/it/api/cart/c2", json={"lines": {"DI102": 1}, "coupon": code}).json()
    assert says in answer["html"]
    assert answer["coupon"] == ""


def test_without_innesco_the_bar_says_so_and_the_shop_goes_on(client):
    assert client.post("/demo/visitor/phone").status_code == 502
    assert client.post("/demo/clock", json={"hours": 24}).status_code == 502
    assert client.post("/demo/visitor/abc").json() == {"away": True}
    assert client.get("/it/").status_code == 200


def test_the_bar_offers_the_simulated_shoppers(client):
    """By the ids that the simulation walks in with, each said in both languages."""
    people = client.get("/demo/people").json()
    assert [one["anonymousId"] for one in people] == [shopper.id for shopper in cast()]
    assert len(people) >= 3
    assert all(re.fullmatch(r"\w+", one["anonymousId"]) for one in people)
    assert all(set(one["about"]) == {"it", "en"} and one["name"] for one in people)
