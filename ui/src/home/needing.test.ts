// Home shows what needs a person, the worst first, and nothing else.
import { expect, test } from "vitest";
import { LATE, needs } from "./needing";

const CALM = { stops: [], behind_seconds: 0, failing: 0, held: 0, quarantined: 0 };

test("a calm shop needs nobody", () => expect(needs(CALM)).toEqual([]));

test("stopped sending comes before anything else", () => {
  const all = { stops: [{}], behind_seconds: 90, failing: 2, held: 1, quarantined: 3 };
  expect(needs(all).map((need) => need.kind)).toEqual([
    "stopped",
    "behind",
    "failing",
    "held",
    "quarantined",
  ]);
});

test("a little behind is how it works, more is not", () => {
  expect(needs({ ...CALM, behind_seconds: LATE })).toEqual([]);
  expect(needs({ ...CALM, behind_seconds: LATE + 1 })).toHaveLength(1);
});
