// Why is answered by the decisions that were kept, in the order of their making.
import { expect, test } from "vitest";
import { opened, shownValues, story, topics, type Decision } from "./decisions";

const decided = (kind: string, about: string, seq: number): Decision => ({
  kind,
  about,
  seq,
  moment: "2026-11-23T10:00:00Z",
  detail: {},
});
const NEWEST_FIRST = [
  decided("refused", "journey/cart", 9),
  decided("joined", "segment/vip", 7),
  decided("asked", "journey/cart", 5),
  decided("entered", "journey/cart", 3),
];

test("one can ask about everything that was decided, once each", () => {
  expect(topics(NEWEST_FIRST)).toEqual(["journey/cart", "segment/vip"]);
});

test("the story of a journey begins with the entry and has nothing of others", () => {
  expect(story(NEWEST_FIRST, "journey/cart").map((one) => one.kind)).toEqual([
    "entered",
    "asked",
    "refused",
  ]);
  expect(story(NEWEST_FIRST, "")).toHaveLength(4);
});

test.each([
  ["entered", true],
  ["asked", true],
  ["refused", false],
  ["not asked", false],
  ["held", false],
])("%s lets on: %s", (kind, lets) => expect(opened(decided(kind, "x", 1))).toBe(lets));

test("the cart is told, the program's own ids are not", () => {
  const detail = { run: "r3f", key: "c7", because: "x" };
  expect(shownValues({ ...decided("entered", "journey/cart", 1), detail })).toEqual({
    key: "c7",
    because: "x",
  });
  expect(shownValues({ ...decided("asked", "journey/cart", 1), detail })).toEqual({ because: "x" });
});
