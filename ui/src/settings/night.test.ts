// A morning after: what is said first, and what failed under which name.
import { expect, test } from "vitest";
import { failures, standing } from "./night";

const NOW = new Date("2026-03-04T09:00:00Z");
const night = (began: string, failed: Record<string, string> = {}) => ({ began, failed });
const FULL = { backup: "no space left" };

test.each([
  ["none", null, null],
  ["none", null, "2026-03-04T02:00:00Z"],
  ["good", night("2026-03-04T02:00:00Z"), null],
  ["good", night("2026-03-03T06:00:00Z"), null],
  ["late", night("2026-03-03T05:59:00Z"), null],
  ["good", night("2026-03-03T02:00:00Z"), "2026-03-04T08:59:00Z"],
  ["failed", night("2026-03-04T02:00:00Z", FULL), null],
  ["failed", night("2026-03-01T02:00:00Z", FULL), null],
] as const)("%s", (said, last, under_way) => expect(standing({ last, under_way }, NOW)).toBe(said));

test("a record that could not be written is no part of the work", () => {
  const failed = { ...FULL, "last-night.json": "denied", "night-under-way.json": "denied" };
  expect(failures({ failed }).map(({ part }) => part)).toEqual(["backup", "record", "record"]);
  expect(failures({})).toEqual([]);
});
