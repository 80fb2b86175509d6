// What lacks is named with its place; what the builder has no form for is left to the server.
import { describe, expect, test } from "vitest";
import { problems, wrongIn } from "./check";
import { asking, askedOf, BEGINNINGS } from "./kinds";
import type { Did, Document, Operator } from "./document";
import { OPERATOR_NAMES, OPERATORS, operatorsFor, withOperator } from "./operators";
import { partAt } from "./place";
import { packed, unpacked } from "./packed";
import { treeOf } from "./tree";
import { understood } from "./understood";

const shoes = (is: object): Document =>
  ({ kind: "did", event: "Product Viewed", where: [{ property: "category", is }] }) as Document;
const did = (more: object): Document => ({ kind: "did", event: "A", ...more }) as Document;

describe("what lacks", () => {
  test.each([
    [BEGINNINGS.did(), "event", "event"],
    [BEGINNINGS["cart has"](), "product", "product"],
    [BEGINNINGS["in segment"](), "segment", "segment"],
    [shoes({ operator: "equals", text: " " }), "where[0].is", "text"],
    [shoes({ operator: "one of", texts: [] }), "where[0].is", "texts"],
    [did({ is: { operator: ">=", number: null } }), "is", "number"],
    [did({ is: { operator: "between", least: 3, most: 2 } }), "is", "order"],
    [did({ window: { window: "last", length: { days: 0 } } }), "window", "length"],
    [did({ window: { window: "days", days: null } }), "window", "days"],
    [did({ window: { window: "ago", start: { hours: 24 }, end: { days: 1 } } }), "window", "order"],
    [
      did({ window: { window: "between", start: "2026-01-02T00:00Z", end: "2026-01-01T00:00Z" } }),
      "window",
      "order",
    ],
    [did({ of: { figure: "sum", property: "" } }), "of.property", "property"],
    [BEGINNINGS.sequence(), "steps[0].event", "event"],
    [{ kind: "random share", salt: "a", start: 0.5, end: 0.5 } as Document, "end", "share"],
  ])("%j at %s: %s", (document, place, wrong) => {
    expect(wrongIn(document)).toContainEqual([place, wrong]);
  });

  test("nothing in what is whole, nor in what only the server knows", () => {
    expect(wrongIn(shoes({ operator: "equals", text: "Shoes" }))).toEqual([]);
    expect(wrongIn({ kind: "moon", phase: "" } as Document)).toEqual([]);
  });

  test("an empty group within, and braces that nobody wrote", () => {
    const holes = treeOf({
      kind: "all",
      conditions: [{ kind: "any", conditions: [] }],
    } as Document);
    expect(problems(holes)).toMatchObject([{ wrong: "empty" }]);
    expect(problems(treeOf({ kind: "all", conditions: [] } as Document))).toEqual([]);
    let deep = did({});
    for (let braces = 0; braces < 50; braces++) deep = { kind: "not", condition: deep } as Document;
    expect(problems(treeOf(deep))).toMatchObject([{ wrong: "deep" }]);
  });
});

test("what lacks within a sequence is found wherever it is", () => {
  const sequence = {
    kind: "sequence",
    steps: [
      { event: "A" },
      { event: "B", within: { days: 0 }, without: [{ event: "", same: true }] },
    ],
    afterwards: { without: [{ event: "C", where: [{ property: "", is: { operator: "yes" } }] }] },
  } as Document;
  expect(understood(sequence)).toBe(true);
  expect(wrongIn(sequence)).toEqual([
    ["steps[1].within", "length"],
    ["steps[1].without[0].event", "event"],
    ["same", "same"],
    ["afterwards.without[0].where[0].property", "property"],
  ]);
});

describe("a form for it", () => {
  test.each([
    [did({ wenn: 1 }), false],
    [did({ window: { window: "lunar", months: 1 } }), false],
    [did({ window: { window: "calendar", unit: "quarter", ago: 2 } }), true],
    [did({ window: { window: "calendar", unit: "fortnight" } }), false],
    [did({ of: { figure: "median", property: "price" } }), false],
    [did({ is: { operator: "equals", text: "3" } }), false],
    [
      did({ of: { figure: "last", property: "path" }, is: { operator: "equals", text: "/" } }),
      true,
    ],
    [shoes({ operator: "sounds like", text: "shoes" }), false],
    [shoes({ operator: "equals", text: "shoes", language: "en" }), false],
    [{ kind: "cart", figure: "value", is: { operator: "equals", text: "5" } } as Document, false],
    [{ kind: "in segment", segment: "a", since: { operator: "present" } } as Document, true],
    [{ kind: "in segment", segment: "a", since: { operator: "absent" } } as Document, false],
    [{ kind: "moon" } as Document, false],
  ])("%j: %s", (document, has) => expect(understood(document)).toBe(has));

  test("for every beginning and every operator", () => {
    for (const begin of Object.values(BEGINNINGS)) expect(understood(begin())).toBe(true);
    for (const name of OPERATOR_NAMES)
      expect(understood(shoes(withOperator(undefined, name)))).toBe(true);
  });
});

test("another operator keeps what was told, wherever it fits", () => {
  const is: Operator = { operator: "equals", text: "Shoes" };
  const among = withOperator(is, "one of");
  expect(among).toEqual({ operator: "one of", texts: ["Shoes"] });
  expect(withOperator(among, "contains")).toEqual({ operator: "contains", text: "Shoes" });
  const least: Operator = { operator: ">=", number: 5 };
  expect(withOperator(least, "between")).toEqual({ operator: "between", least: 5, most: null });
  expect(withOperator(least, "absent")).toEqual({ operator: "absent" });
  expect(operatorsFor(["flag"])).toEqual(["yes", "no", "present", "absent"]);
  expect(operatorsFor([]).length).toBe(Object.keys(OPERATORS).length);
});

test("the same events are asked otherwise", () => {
  const viewed: Did = { kind: "did", event: "A", lines: [] };
  expect(asking(viewed, "never")).toMatchObject({ is: { operator: "=", number: 0 } });
  expect(asking(asking(viewed, "never"), "times").is).toEqual({ operator: ">=", number: 2 });
  const summed = asking(viewed, "sum");
  expect(summed).toEqual({
    kind: "did",
    event: "A",
    of: { figure: "sum", property: "" },
    is: { operator: ">=", number: null },
  });
  expect(asking(summed, "once")).toEqual({ kind: "did", event: "A" });
  for (const asked of ["once", "never", "times", "sum", "last"] as const)
    expect(askedOf(asking(viewed, asked))).toBe(asked);
});

test("the server's places are found in the tree", () => {
  const a = { kind: "did", event: "A" };
  const tree = treeOf({
    kind: "all",
    conditions: [a, { kind: "not", condition: { kind: "any", conditions: [a, a] } }],
  } as Document);
  const [first, group] = tree.root.parts as unknown as [
    { key: string },
    { key: string; parts: { key: string }[] },
  ];
  expect(partAt(tree, "conditions[0].where[1].is")).toEqual({
    key: first.key,
    place: "where[1].is",
  });
  expect(partAt(tree, "conditions[1].condition.conditions[1].event")).toEqual({
    key: group.parts[1]!.key,
    place: "event",
  });
  const bare = treeOf({ kind: "not", condition: a } as Document);
  expect(partAt(bare, "condition.event")).toEqual({ key: bare.root.parts[0]!.key, place: "event" });
  expect(partAt(tree, "").key).toBe(tree.root.key);
});

test("a condition travels in an address", () => {
  const document = shoes({ operator: "equals", text: "Caffè “più” 👟?&/+" });
  expect(packed(document)).toMatch(/^[\w-]+$/);
  expect(unpacked(packed(document))).toEqual(document);
  expect(unpacked(packed(document).slice(0, -5))).toBeNull();
  expect(unpacked("5")).toBeNull();
  expect(unpacked("%%%")).toBeNull();
});
