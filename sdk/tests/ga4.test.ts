// What GA4 is told becomes what Innesco is told.
import { expect, test } from "vitest";
import { tell } from "../src/ga4";

const shoe = {
  item_id: "SCARPA-42",
  item_name: "Scarpa da corsa",
  item_brand: "Vento",
  item_category: "Scarpe",
  item_category2: "Running",
  item_variant: "blu",
  price: "89,90",
  quantity: "2",
};
const product = {
  product_id: "SCARPA-42",
  sku: "SCARPA-42",
  name: "Scarpa da corsa",
  category: "Scarpe > Running",
  brand: "Vento",
  variant: "blu",
  price: 89.9,
  quantity: 2,
};
const sock = { item_id: "CALZA", price: 5 };
const plainSock = { product_id: "CALZA", sku: "CALZA", price: 5, quantity: 1 };

test.each([
  ["view_item", "Product Viewed"],
  ["select_item", "Product Clicked"],
  ["add_to_wishlist", "Product Added to Wishlist"],
  ["add_to_cart", "Product Added"],
  ["remove_from_cart", "Product Removed"],
])("%s of one product is %s", (name, event) => {
  const given = { currency: "EUR", value: "179.80", cart_id: "c1", items: [shoe] };
  const properties = { ...product, currency: "EUR", value: 179.8, cart_id: "c1" };
  expect(tell(name, given)).toEqual([{ event, properties }]);
});

test("two products put into the cart are two events, each with its own value", () => {
  const told = tell("add_to_cart", { currency: "EUR", value: 184.8, items: [shoe, sock] });
  expect(told.map(({ properties }) => [properties.sku, properties.value])).toEqual([
    ["SCARPA-42", 179.8],
    ["CALZA", 5],
  ]);
});

test("a list names itself, or its items do", () => {
  const properties = { list_id: "saldi", category: "Saldi", products: [plainSock] };
  const event = "Product List Viewed";
  const list = { item_list_id: "saldi", item_list_name: "Saldi" };
  expect(tell("view_item_list", { ...list, items: [sock] })).toEqual([{ event, properties }]);
  const [told] = tell("view_item_list", { items: [{ ...sock, ...list }] });
  expect(told).toEqual({ event, properties });
});

test("a list of two hundred products fits a message", () => {
  const items = Array.from({ length: 200 }, () => ({ ...shoe, item_name: "è".repeat(100) }));
  const [told] = tell("view_item_list", { items });
  expect(new TextEncoder().encode(JSON.stringify(told)).length).toBeLessThan(30_000);
});

test("an order has its number, its sums and all its lines", () => {
  const given = {
    transaction_id: "A-1001",
    currency: "EUR",
    value: "184,80",
    tax: 33.32,
    shipping: "0",
    coupon: "CIAO10",
    items: [shoe, sock],
  };
  const properties = {
    order_id: "A-1001",
    currency: "EUR",
    value: 184.8,
    total: 184.8,
    tax: 33.32,
    shipping: 0,
    coupon: "CIAO10",
    products: [product, plainSock],
  };
  expect(tell("purchase", given)).toEqual([{ event: "Order Completed", properties }]);
  expect(tell("refund", given)).toEqual([{ event: "Order Refunded", properties }]);
});

test.each([
  ["view_cart", "Cart Viewed", {}, {}],
  ["begin_checkout", "Checkout Started", { coupon: "CIAO10" }, { coupon: "CIAO10" }],
  ["add_shipping_info", "Checkout Step Completed", { shipping_tier: "GLS" }, { shipping_method: "GLS" }],
  ["add_payment_info", "Payment Info Entered", { payment_type: "PayPal" }, { payment_method: "PayPal" }],
])("%s is %s", (name, event, given, said) => {
  const properties = { currency: "EUR", value: 5, products: [plainSock], ...said };
  const told = tell(name, { currency: "EUR", value: 5, items: [sock], ...given });
  expect(told).toEqual([{ event, properties }]);
});

test.each(["view_promotion", "select_promotion"])("%s names the promotion", (name) => {
  const promotion = { promotion_id: "P1", promotion_name: "Saldi", creative_slot: "alto" };
  const properties = { promotion_id: "P1", name: "Saldi", position: "alto" };
  expect(tell(name, promotion)[0]?.properties).toEqual(properties);
  expect(tell(name, { items: [promotion] })[0]?.properties).toEqual(properties);
});

test.each(["search", "view_search_results"])("%s is a search", (name) => {
  const told = [{ event: "Products Searched", properties: { query: "scarpe" } }];
  expect(tell(name, { search_term: "scarpe" })).toEqual(told);
  expect(tell(name, {})).toEqual([]);
});

test.each(["gtm.js", "page_view", "constructor", "toString", ""])("%j tells nothing", (name) =>
  expect(tell(name, { items: [shoe] })).toEqual([]),
);

test("items that are none do no harm", () => {
  expect(tell("view_item", { items: "SCARPA" })).toEqual([]);
  expect(tell("view_item", { items: [null, sock, 3] })).toHaveLength(1);
});
