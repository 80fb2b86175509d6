// What only the browser has: answers that stay open, and documents that it does not understand.
import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { read } from "../src/conditions/condition";
import { begins, dayOf, momentOf } from "../src/conditions/moments";
import { fold } from "../src/conditions/fold";
import { bucket } from "../src/conditions/share";
import type { View } from "../src/conditions/view";

const NOW = momentOf("2026-03-08T12:00:00Z");
const MINUTE = 60_000_000;
const VIEW: View = {
  now: NOW,
  zone: "Europe/Rome",
  since: NOW - 20 * MINUTE,
  events: [8, 4, 2].map((minutes, n) => ({
    name: "Product Viewed",
    moment: NOW - minutes * MINUTE,
    facts: { product: `p${n}`, category: n === 0 ? "shoes" : "hats", price: 1000 * (n + 1) },
  })),
  told: { city: "Forlì", club: null },
};
const YES = { kind: "all", conditions: [] };
const NO = { kind: "any", conditions: [] };
const OPEN = { kind: "in segment", segment: "vip" };
const VIEWED = { kind: "did", event: "Product Viewed" };

const holds = (condition: unknown, view = VIEW) => read(condition).holds(view);
const all = (...conditions: unknown[]) => ({ kind: "all", conditions });
const any = (...conditions: unknown[]) => ({ kind: "any", conditions });
const not = (condition: unknown) => ({ kind: "not", condition });
const last = (length: object) => ({ window: "last", length });
const at = (operator: string, number: number) => ({ operator, number });

test("what is open stays open, unless the rest decides", () => {
  const [t, f, u] = [true, false, undefined];
  const stock: [unknown, boolean | undefined][] = [[YES, t], [NO, f], [OPEN, u]];
  const both = { true: { true: t, false: f, undefined: u }, false: { true: f, false: f, undefined: f }, undefined: { true: u, false: f, undefined: u } };
  for (const [one, a] of stock)
    for (const [other, b] of stock) {
      const wanted = both[`${a}`][`${b}`];
      expect(holds(all(one, other))).toBe(wanted);
      expect(holds(not(any(not(one), not(other))))).toBe(wanted);
    }
});

test.each([
  [{ ...VIEWED, window: { window: "this visit" } }, undefined], // nobody told of a visit
  [{ ...VIEWED, window: last({ minutes: 20 }), is: at("=", 3) }, true], // all of it is known
  [{ ...VIEWED, window: last({ minutes: 21 }), is: at("=", 3) }, undefined],
  [{ ...VIEWED, window: last({ minutes: 5 }), is: at("=", 2) }, true],
  // of all that she ever did, these are some
  [VIEWED, true],
  [{ ...VIEWED, is: at(">=", 3) }, true],
  [{ ...VIEWED, is: at(">=", 4) }, undefined],
  [{ ...VIEWED, is: at("<", 3) }, false],
  [{ ...VIEWED, is: at("<", 4) }, undefined],
  [{ ...VIEWED, is: at("=", 2) }, false],
  [{ ...VIEWED, is: at("=", 3) }, undefined],
  [{ ...VIEWED, is: at("!=", 2) }, true],
  [{ ...VIEWED, is: at("!=", 5) }, undefined],
  [{ ...VIEWED, is: { operator: "between", least: 1, most: 2 } }, false],
  [{ ...VIEWED, is: { operator: "between", least: 4, most: 9 } }, undefined],
  [{ ...VIEWED, of: { figure: "distinct", property: "product" }, is: at(">=", 3) }, true],
  [{ ...VIEWED, of: { figure: "last", property: "category" }, is: { operator: "equals", text: "Hats" } }, true],
  [{ ...VIEWED, of: { figure: "first", property: "category" }, is: { operator: "equals", text: "Shoes" } }, undefined],
  [{ ...VIEWED, of: { figure: "last", property: "brand" }, is: { operator: "absent" } }, undefined],
  [{ ...VIEWED, of: { figure: "sum", property: "price" }, is: at(">=", 1) }, undefined],
  [{ kind: "did", event: "Order Completed" }, undefined],
  [{ kind: "did", event: "Order Completed", window: last({ minutes: 10 }) }, false],
  [{ ...VIEWED, window: { window: "since", moment: "2026-03-08T11:50:00Z" }, is: at("=", 3) }, true],
  [{ ...VIEWED, window: { window: "before", moment: "2026-03-08T11:57:00Z" }, is: at("<=", 1) }, false],
  [{ ...VIEWED, window: { window: "days", days: 1 }, is: at("<=", 3) }, undefined],
  // what nobody told
  [{ kind: "attribute", name: "city", is: { operator: "equals", text: "FORLI" } }, true],
  [{ kind: "attribute", name: "club", is: { operator: "absent" } }, true],
  [{ kind: "attribute", name: "points", is: { operator: "absent" } }, undefined],
  [{ kind: "attribute", name: "constructor", is: { operator: "present" } }, undefined],
  [{ kind: "visit", figure: "pages", is: at(">=", 0) }, undefined],
  [{ kind: "cart", figure: "count", is: at("=", 0) }, undefined],
  [{ kind: "cart has", product: "A" }, undefined],
  [{ kind: "random share", salt: "x", end: 1 }, undefined],
])("of somebody whose past is not known: %j is %s", (condition, wanted) => {
  expect(holds(condition)).toBe(wanted);
});

test("today is known as soon as the visit began before it", () => {
  const today = { ...VIEWED, window: { window: "days", days: 1 }, is: at("=", 3) };
  const midnight = momentOf("2026-03-08T00:00:00+01:00");
  expect(holds(today, { ...VIEW, since: midnight })).toBe(true);
  expect(holds(today, { ...VIEW, since: midnight + 1 })).toBe(undefined);
  expect(read(today).changesAt({ ...VIEW, since: midnight + 1 })).toBe(midnight + 86_400e6);
});

test("an open answer says when time will close it", () => {
  const five = read({ ...VIEWED, window: last({ minutes: 30 }), is: at(">=", 4) });
  const at30 = VIEW.since + 30 * MINUTE;
  expect(five.changesAt(VIEW)).toBe(at30);
  expect(five.holds({ ...VIEW, now: at30 - 1 })).toBe(undefined);
  expect(five.holds({ ...VIEW, now: at30 })).toBe(false);
});

test("she who was never on the site has no visit, and did nothing in it", () => {
  const view = { ...VIEW, visit: null, cart: null };
  expect(holds({ kind: "visit", figure: "pages", is: at(">=", 0) }, view)).toBe(false);
  expect(holds({ ...VIEWED, window: { window: "this visit" } }, view)).toBe(false);
  expect(holds({ kind: "cart", figure: "count", is: at("=", 0) }, view)).toBe(true);
});

test.each([
  null,
  5,
  "{",
  '{"kind": "guess"}',
  { kind: "constructor" },
  { kind: "all" },
  { kind: "all", conditions: [], besides: 1 },
  { ...VIEWED, besides: 1 },
  { ...VIEWED, is: { operator: "matches", text: "x" } },
  { ...VIEWED, is: { operator: ">=", number: "3" } },
  { ...VIEWED, window: { window: "next" } },
  { ...VIEWED, of: { figure: "median", property: "price" } },
  { ...VIEWED, of: { figure: "sum", property: "price" }, lines: [{ line: "price", is: at(">", 1) }] },
  { ...VIEWED, where: [{ property: "price", is: at(">", 1), besides: 1 }] },
  { kind: "attribute", name: "x", is: { operator: "before", moment: "yesterday" } },
])("a document of another day is open, and breaks nothing: %j", (document) => {
  const condition = read(document);
  expect(condition.open).toEqual([""]);
  expect(condition.holds(VIEW)).toBe(undefined);
  expect(condition.changesAt(VIEW)).toBe(undefined);
});

test("fifty braces are read, fifty-one are not, and fifty thousand break nothing", () => {
  const nested = (depth: number) => '{"kind":"not","condition":'.repeat(depth) + JSON.stringify(YES) + "}".repeat(depth);
  expect(holds(nested(49))).toBe(false);
  expect(holds(nested(50))).toBe(undefined);
  expect(holds(nested(50_000))).toBe(undefined);
});

test("open names the parts that a visit may not answer", () => {
  const visit = { ...VIEWED, window: { window: "this visit" } };
  const first = { kind: "attribute", name: "first seen", is: { operator: "present" } };
  const consent = { kind: "consent", channel: "email" };
  expect(read(all(visit, not(OPEN), any(VIEWED, first), consent)).open).toEqual([
    "conditions[1].condition",
    "conditions[2].conditions[0]",
    "conditions[2].conditions[1]",
    "conditions[3]",
  ]);
  expect(read(all(visit, YES)).open).toEqual([]);
});

test("not a number holds for what is not this number, and for nothing else", () => {
  const said = { ...VIEW, told: { points: NaN } };
  const points = (is: object) => holds({ kind: "attribute", name: "points", is }, said);
  for (const operator of ["=", "<", "<=", ">", ">="]) expect(points(at(operator, 0))).toBe(false);
  expect(points(at("!=", 0))).toBe(true);
  expect(points({ operator: "between", least: -1, most: 1 })).toBe(false);
});

test("the draw is SHA-256, of texts of every length around its blocks", () => {
  for (let length = 0; length < 200; length++) {
    const unit = "è".repeat(length % 7) + "x".repeat(length);
    const digest = createHash("sha256").update(`salt:${unit}`).digest("hex");
    expect(bucket("salt", unit)).toBe(parseInt(digest.slice(0, 13), 16));
  }
});

test("texts are folded", () => {
  const folded = ["  CAFFÈ\u00a0 Latte ", "STRASSE ẞ ß", "ΟΔΟΣ ὀδός", "İstanbul ı", "ﬁne ２", "q\u0323\u0307"];
  expect(folded.map(fold)).toEqual(["caffe latte", "strasse ss ss", "οδοσ οδοσ", "istanbul ı", "fine 2", "q"]);
});

test("a day begins when the shop's calendar says so", () => {
  const days: [string, string, string][] = [
    ["Europe/Rome", "2026-03-29", "2026-03-28T23:00:00Z"],
    ["Europe/Rome", "2026-03-30", "2026-03-29T22:00:00Z"],
    ["Europe/Rome", "2026-10-26", "2026-10-25T23:00:00Z"],
    ["America/Sao_Paulo", "2018-11-04", "2018-11-04T03:00:00Z"], // midnight was leapt over
    ["America/Havana", "2024-11-03", "2024-11-03T04:00:00Z"], // and came twice
    ["Pacific/Kiritimati", "2026-01-01", "2025-12-31T10:00:00Z"],
    ["Asia/Kathmandu", "2026-01-01", "2025-12-31T18:15:00Z"],
  ];
  for (const [zone, day, first] of days) {
    const [number, moment] = [Date.parse(day) / 86_400_000, momentOf(first)];
    expect([zone, begins(number, zone)]).toEqual([zone, moment]);
    expect([dayOf(moment, zone), dayOf(moment - 1, zone)]).toEqual([number, number - 1]);
  }
});

const today = { window: "days", days: 1 };

test.each([["this visit", { window: "this visit" }], ["today", today]])("a decision about %s takes no time", (name, window) => {
  const many = Array.from({ length: 100 }, (_, n) => ({
    ...(VIEW.events[n % 3] as View["events"][number]),
    moment: NOW - (100 - n) * 1_000_000,
  }));
  const seen = { pages: 4, products: ["a"], categories: [], searches: 0 };
  const visit = { ...seen, started: NOW - 1e8, last: NOW };
  const view = { ...VIEW, since: NOW - 86_400e6, events: many, visit };
  const shoes = [{ property: "category", is: { operator: "equals", text: "Shoes" } }];
  const asked = read(
    all(
      { ...VIEWED, where: shoes, window, is: at(">=", 3) },
      { kind: "visit", figure: "pages", is: at(">=", 2) },
      not({ kind: "did", event: "Order Completed", window }),
    ),
  );
  const times = Array.from({ length: 2_000 }, () => {
    const begun = performance.now();
    asked.holds(view);
    return (performance.now() - begun) * 1000;
  }).sort((one, other) => one - other);
  const median = times[1_000] as number;
  console.log(`one decision about ${name}, 100 events: ${median.toFixed(1)} µs (median)`);
  expect(asked.holds(view)).toBe(true);
  expect(median).toBeLessThan(100);
});
