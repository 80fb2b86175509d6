// Relative first, exact on hover, always in the shop's zone and never in the reader's.
import { expect, test } from "vitest";
import { day, exact, hour, length, relative } from "./moments";

const NOW = new Date("2026-11-23T10:30:00Z");

test.each([
  ["2026-11-23T10:27:00Z", "en", "3 minutes ago"],
  ["2026-11-23T10:27:00Z", "it", "3 minuti fa"],
  ["2026-11-22T10:30:00Z", "it", "ieri"],
  ["2026-11-23T10:29:59.400Z", "en", "now"],
  ["2026-11-23T14:30:00Z", "en", "in 4 hours"],
] as const)("%s is said in %s as %s", (moment, language, said) => {
  expect(relative(moment, NOW, language)).toBe(said);
});

test("a visit just before midnight UTC is the next day in Rome", () => {
  expect(day("2026-11-23T23:30:00Z", "Europe/Rome", "it")).toBe("martedì 24 novembre 2026");
  expect(hour("2026-11-23T23:30:00Z", "Europe/Rome", "it")).toBe("00:30");
});

test("the exact time names its zone", () => {
  expect(exact("2026-07-01T10:00:00Z", "Europe/Rome", "it")).toMatch(
    /^01\/07\/2026, 12:00:00 (CEST|GMT\+2)$/,
  );
});

test.each([
  [3_600, "en", "1 hour"],
  [4_800, "it", "1 ora 20 minuti"],
  [90_061, "en", "1 day 1 hour"],
  [0, "en", "0 seconds"],
] as const)("%i seconds in %s are %s", (seconds, language, said) => {
  expect(length(seconds, language)).toBe(said);
});
