// The dataLayer as shops fill it: Tag Manager's objects, gtag's arguments, before us and after.
import { expect, test } from "vitest";
import type { Signal } from "../src/consent";
import { listenToDataLayer, reader } from "../src/datalayer";

const items = [{ item_id: "CALZA", price: "5,00" }];

/** What the page's `gtag(...)` pushes: its own arguments. */
const gtag = new Function("return arguments") as (...given: unknown[]) => IArguments;

function names(entries: unknown[], moments: number[] = []): string[] {
  const read = reader();
  return entries.flatMap((entry, i) => read(entry, moments[i] ?? i * 10_000)).map((told) => told.event);
}

test("Tag Manager's form and gtag's form say the same", () => {
  expect(names([{ event: "view_item", ecommerce: { items } }])).toEqual(["Product Viewed"]);
  expect(names([gtag("event", "view_item", { items })])).toEqual(["Product Viewed"]);
  expect(names([["event", "view_item", { items }]])).toEqual(["Product Viewed"]);
});

test("the products may come in a push of their own, and are cleared by null", () => {
  expect(names([{ ecommerce: { items } }, { event: "view_item" }])).toEqual(["Product Viewed"]);
  const cleared = [{ ecommerce: { items } }, { ecommerce: null }, { event: "view_item" }];
  expect(names(cleared)).toEqual([]);
});

test("a shop that tells both GTM and gtag is heard once; two clicks are two", () => {
  const gtm = { event: "add_to_cart", ecommerce: { items } };
  const same = gtag("event", "add_to_cart", { items });
  expect(names([gtm, same], [0, 20])).toHaveLength(1);
  expect(names([gtm, same], [0, 5_000])).toHaveLength(2);
  expect(names([gtm, gtm], [0, 300])).toHaveLength(2);
});

test("what was pushed before us is heard once, consents first, and pushes still reach the page", () => {
  const before = [{ event: "view_item", ecommerce: { items } }, gtag("consent", "update", { analytics_storage: "granted" })];
  const page = { dataLayer: [...before] } as unknown as Window & { dataLayer: unknown[] };
  const heard: string[] = [];
  const readNow = listenToDataLayer(page, "dataLayer", {
    signal: ({ said }: Signal) => heard.push(`storage ${said.storage}`),
    told: ({ event }) => heard.push(event),
  });
  expect(heard).toEqual(["storage true"]);
  readNow();
  expect(page.dataLayer.push({ event: "search", search_term: "scarpe" }, "odd", null)).toBe(5);
  expect(heard).toEqual(["storage true", "Product Viewed", "Products Searched"]);
});
