// The timeline is read by people: each event is a sentence, in their language.
import { expect, test } from "vitest";
import { happened } from "./happened";
import { sentence } from "./sentence";

const plain = (text: string) => text.replace(/\u00a0/g, " ");
const MOKA = { name: "Moka Luna", product_id: "MK-1", price: 34.9, quantity: 2 };
const PRICED = { price: 3490, value: 6980, currency: "EUR" };

test.each([
  ["Product Viewed", "it", "Ha guardato Moka Luna (34,90 €)"],
  ["Product Viewed", "en", "Looked at Moka Luna (€34.90)"],
  ["Product Added", "it", "Ha messo Moka Luna × 2 nel carrello"],
  ["Checkout Started", "en", "Went to the checkout (€69.80)"],
] as const)("%s in %s: %s", (name, language, said) => {
  expect(plain(sentence({ name, properties: MOKA, facts: PRICED }, language))).toBe(said);
});

test("a product without a name is called by its number", () => {
  const event = { name: "Product Viewed", properties: { product_id: "MK-1" } };
  expect(sentence(event, "en")).toBe("Looked at MK-1");
});

test("an order says its number and what it was worth", () => {
  const event = { name: "Order Completed", properties: { order_id: 77 }, facts: PRICED };
  expect(plain(sentence(event, "it"))).toBe("Ha fatto l'ordine 77 (69,80 €)");
});

test("an event of the shop's own is called by its own name", () => {
  expect(sentence({ name: "Loyalty Card Scanned" }, "it")).toBe("Loyalty Card Scanned");
  expect(sentence({ name: "constructor" }, "en")).toBe("constructor");
});

test("a shopper's braces are words, not blanks", () => {
  const event = { name: "Products Searched", properties: { query: "{{order}} moka" } };
  expect(sentence(event, "en")).toBe("Searched for “{{order}} moka”");
});

test.each(Object.keys(happened))("%s leaves no blank open, knowing nothing", (name) => {
  for (const language of ["it", "en"] as const) {
    const said = sentence({ name, properties: {}, facts: {} }, language);
    expect(said).not.toMatch(/{{|undefined|\bnull\b| {2}/);
    expect(said).not.toBe("");
  }
});
