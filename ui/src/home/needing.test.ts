// Home shows what needs a person, the worst first, and nothing else.
import { expect, test } from "vitest";
import { LATE, needs } from "./needing";

const CALM = {
  stops: [],
  little_room: false,
  lacks_sender: false,
  behind_seconds: 0,
  failed: 0,
  uncertain: 0,
  held: 0,
  quarantined: 0,
  drafts: 0,
};

test("a calm shop needs nobody", () => expect(needs(CALM)).toEqual([]));

test("a disk without room comes before anything else", () => {
  const counted = { failed: 2, uncertain: 1, held: 1, quarantined: 3, drafts: 1 };
  const all = {
    little_room: true,
    stops: [{}],
    lacks_sender: true,
    behind_seconds: 90,
    ...counted,
  };
  expect(needs(all).map((need) => need.kind)).toEqual([
    "room",
    "stopped",
    "sender",
    "behind",
    "failed",
    "uncertain",
    "held",
    "quarantined",
    "drafts",
  ]);
});

test("a little behind is how it works, more is not", () => {
  expect(needs({ ...CALM, behind_seconds: LATE })).toEqual([]);
  expect(needs({ ...CALM, behind_seconds: LATE + 1 })).toHaveLength(1);
});
