"""What the shop sells, what it looks like, and the words it uses."""

from collections import Counter
from xml.etree import ElementTree

import pytest

from innesco.demo.shop import render, words
from innesco.demo.shop.catalogue import LANGUAGES, by_sku, catalogue, feed, products
from innesco.demo.shop.pictures.paint import PALETTES
from innesco.demo.shop.pictures.scene import DRAWINGS, picture
from innesco.demo.shop.pictures.still_life import still_life
from innesco.demo.shop.shelves import Wish, chosen, found, related


def test_sixty_things_in_eight_categories():
    shelves = Counter(one.category for one in products())
    assert len(products()) >= 60
    assert len(shelves) == len(catalogue().categories) == 8
    assert min(shelves.values()) >= 7
    assert set(shelves) == {one.id for one in catalogue().categories}


def test_each_product_is_whole():
    slugs = Counter(one.slug for one in products())
    skus = Counter(variant.sku for one in products() for variant in one.variants)
    assert max(slugs.values()) == max(skus.values()) == 1
    for one in products():
        assert one.variants[0].sku == one.id  # an event's product_id can be put into a cart
        assert set(one.name) == set(one.text) == set(LANGUAGES)
        assert all(one.name.values())
        assert one.was is None or one.was > one.price > 0
        assert len(one.variants) == 1 or all(
            set(each.name) == set(LANGUAGES) for each in one.variants
        )


def test_some_are_discounted_some_sold_out_some_new():
    assert sum(one.was is not None for one in products()) >= 5
    assert sum(one.stock == 0 for one in products()) >= 2
    assert any(one.new for one in products())


def test_no_two_pictures_are_alike():
    drawn = {
        sku: picture(one.picture, each.palette, one.form) for sku, (one, each) in by_sku().items()
    }
    assert len(set(drawn.values())) == len(drawn)
    shapes = {one.picture for one in products()}
    assert len(shapes) >= 55  # not one box in sixty colours


@pytest.mark.parametrize("kind", sorted(DRAWINGS))
def test_every_drawing_is_sound_svg(kind):
    for palette in PALETTES:
        root = ElementTree.fromstring(picture(kind, palette, 2))
        ids = [one.get("id") for one in root.iter() if one.get("id")]
        used = [one.get("clip-path") for one in root.iter() if one.get("clip-path")]
        assert len(ids) == len(set(ids))
        assert {f"url(#{name})" for name in ids} == set(used)


def test_the_still_life_shares_no_names():
    ids = [one.get("id") for one in ElementTree.fromstring(still_life()).iter() if one.get("id")]
    assert len(ids) == len(set(ids)) > 10


def test_both_languages_say_the_same():
    italian, english = words.words("it"), words.words("en")
    assert set(italian) == set(english)
    assert all(italian.values())
    assert all(english.values())


def test_templates_use_only_words_that_exist():
    for template in render.PAGES.glob("*.liquid"):
        found_words = (
            render._templates().get_template(template.stem).analyze().globals["t"]
            if "t." in template.read_text()
            else []
        )
        missing = {str(one).removeprefix("t.") for one in found_words} - set(words.words("it"))
        assert not missing, f"{template.name}: {missing}"


def test_the_feed_has_every_sku_with_absolute_addresses():
    rows = feed("https://shop.example/")
    assert {row.sku for row in rows} == set(by_sku())
    row = next(row for row in rows if row.sku == "CF101-B")
    assert (row.product_id, row.price, row.currency, row.stock) == ("CF101", 3490, "EUR", 15)
    assert row.url["en"] == "https://shop.example/en/p/moka-tre?variant=CF101-B"
    assert row.image_url == "https://shop.example/pictures/CF101-B.png"


@pytest.mark.parametrize(
    ("query", "first"),
    [("caffe", "coffee"), ("CAFFÈ", "coffee"), ("mug", "coffee"), ("plaid lana", "textiles")],
)
def test_search_finds_without_accents_in_both_languages(query, first):
    assert found(products(), query)[0].category == first or any(
        one.category == first for one in found(products(), query)
    )


def test_search_wants_every_word():
    assert {one.slug for one in found(products(), "candela miele")} == set()
    assert found(products(), "") == []
    assert {one.slug for one in found(products(), "borraccia")} == {"borraccia-alba"}


def test_filters_and_order():
    shelf = chosen(products(), Wish(("Officina Bruma",), 3000, 6000, True, "price"))
    assert [one.price for one in shelf] == sorted(one.price for one in shelf)
    assert shelf
    assert all(one.brand == "Officina Bruma" and 3000 <= one.price <= 6000 for one in shelf)
    assert all(one.stock for one in shelf)
    assert "macinacaffe" not in {one.slug for one in shelf}  # sold out


def test_related_is_another_thing_that_can_be_bought():
    for one in products():
        others = related(one, products())
        assert len(others) == 4
        assert one not in others
        assert all(other.stock for other in others)
