// Ids are made of names; what says the same is not called changed.
import { expect, test } from "vitest";
import { idOf, same, segmentIn, tidy, type Segment } from "./segment";

test.each([
  ["Clienti più fedeli", "clienti-piu-fedeli"],
  ["  VIP!  ", "vip-2"],
  ["new", "new-2"],
  ["👟", "segment"],
  ["a".repeat(200), "a".repeat(80)],
])("%s has the id %s", (name, id) => {
  expect(idOf(name, new Set(["vip"]))).toBe(id);
});

const vip: Segment = { id: "vip", when: { kind: "all", conditions: [] } as never };

test("empty words are not kept", () => {
  expect(tidy({ ...vip, name: { en: "VIP", it: " " }, about: { en: "" }, tags: [] })).toEqual({
    ...vip,
    name: { en: "VIP" },
  });
});

test("the order of fields changes nothing, any word does", () => {
  const one = { ...vip, name: { en: "A", it: "B" } };
  expect(same(one, { name: { it: "B", en: "A" }, when: vip.when, id: "vip", tags: [] })).toBe(true);
  expect(same(one, { ...one, tags: ["x"] })).toBe(false);
  expect(same(one, { ...one, when: { kind: "any", conditions: [] } as never })).toBe(false);
});

test("what was kept and is no segment is not brought back", () => {
  expect(segmentIn(JSON.stringify(vip))).toEqual(vip);
  for (const text of [null, "", "{}", "{", '{"id": "a", "when": 5}'])
    expect(segmentIn(text)).toBeNull();
});
