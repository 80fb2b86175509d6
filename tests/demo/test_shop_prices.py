"""What a cart comes to, and how money is written."""

import pytest
from hypothesis import given, strategies as st

from innesco.demo.shop.catalogue import by_sku
from innesco.demo.shop.money import money
from innesco.demo.shop.pricing import FREE_SHIPPING_FROM, MOST_OF_ONE, SHIPPING, priced


@pytest.mark.parametrize(
    ("cents", "italian", "english"),
    [
        (0, "0,00\xa0€", "€0.00"),
        (5, "0,05\xa0€", "€0.05"),
        (123456, "1.234,56\xa0€", "€1,234.56"),
        (123456789, "1.234.567,89\xa0€", "€1,234,567.89"),
        (-1154, "−11,54\xa0€", "−€11.54"),
    ],
)
def test_money(cents, italian, english):
    assert (money(cents, "it"), money(cents, "en")) == (italian, english)


@pytest.mark.parametrize(
    ("cart", "code", "goods", "discount", "shipping", "refused"),
    [
        ({}, "", 0, 0, 0, ""),
        ({"DI102": 2}, "", 2300, 0, 590, ""),  # two jars of honey pay their way
        ({"CU102": 1}, "", 5450, 0, 0, ""),  # from 50 € delivery is free
        ({"CU102": 1}, "BENVENUTO10", 5450, 545, 590, ""),  # the code takes it below 50 €
        ({"CU101": 1}, " benvenuto10 ", 11900, 1190, 0, ""),
        ({"DI102": 1}, "CONSEGNA0", 1150, 0, 0, ""),
        ({"DI102": 1}, "AUTUNNO15", 1150, 0, 590, "too-small"),
        ({"DI102": 1}, "NATALE", 1150, 0, 590, "unknown"),
        ({"CF101-B": 1}, "", 3490, 0, 590, ""),  # a variant with its own price
        ({"NOPE": 3, "DI102": 0, "CF101": -1}, "", 0, 0, 0, ""),
    ],
)
def test_a_cart_comes_to(cart, code, goods, discount, shipping, refused):
    sums = priced(cart, code)
    assert (sums.goods, sums.discount, sums.shipping) == (goods, discount, shipping)
    assert sums.refused == refused
    assert sums.total == goods - discount + shipping


@given(
    st.dictionaries(st.sampled_from(sorted(by_sku())), st.integers(-2, 30), max_size=6),
    st.sampled_from(["", "BENVENUTO10", "AUTUNNO15", "CONSEGNA0", "X"]),
)
def test_nobody_is_paid_to_shop_and_shipping_is_free_from_fifty(cart, code):
    sums = priced(cart, code)
    assert 0 <= sums.discount <= sums.goods
    assert all(0 < line.quantity <= MOST_OF_ONE for line in sums.lines)
    paid = sums.goods - sums.discount
    free = paid >= FREE_SHIPPING_FROM or not sums.lines or sums.coupon == "CONSEGNA0"
    assert sums.shipping == (0 if free else SHIPPING)
