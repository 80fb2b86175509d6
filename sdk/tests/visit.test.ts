// A visit goes on while something happens, and ends by silence or another campaign.
import { expect, test } from "vitest";
import { goOn, SILENCE, type Visit } from "../src/visit";

let made = 0;
const newId = () => `v${(made += 1)}`;
const begun: Visit = { id: "v", started: 1000, seen: 1000, first: true, campaign: "saldi" };

test.each([
  ["a moment later", 1001, undefined, true],
  ["just before half an hour", 1000 + SILENCE - 1, undefined, true],
  ["at half an hour", 1000 + SILENCE, undefined, false],
  ["by the same campaign", 2000, "saldi", true],
  ["by another campaign", 2000, "natale", false],
  ["with a clock that was set back", 500, undefined, true],
])("%s", (_, now, campaign, same) => {
  const visit = goOn(begun, now, campaign, newId);
  expect(visit.id === "v").toBe(same);
  expect(visit.first).toBe(same);
  expect(visit.seen).toBe(same ? Math.max(now, 1000) : now);
});

test("the first visit of a device is its first", () => {
  const visit = goOn(undefined, 7, undefined, () => "new");
  expect(visit).toEqual({ id: "new", started: 7, seen: 7, first: true });
});
