// A field for date and time speaks the shop's clock, also in the nights that have another hour.
import { expect, test } from "vitest";
import { clockOf, momentOf } from "./zoned";

test.each([
  ["2026-11-23T11:30", "2026-11-23T10:30:00.000Z"],
  ["2026-07-01T00:00", "2026-06-30T22:00:00.000Z"],
  ["2026-03-29T02:30", "2026-03-29T01:30:00.000Z"], // left out: 03:30 comes after 01:59
  ["2026-10-25T02:30", "2026-10-25T00:30:00.000Z"], // comes twice: the first
  ["", ""],
])("%s in Rome is %s", (clock, moment) => {
  expect(momentOf(clock, "Europe/Rome")).toBe(moment);
});

test.each(["2026-11-23T11:30", "2026-07-01T00:00", "2026-03-29T03:00", "2026-10-25T03:00"])(
  "%s comes back as it was",
  (clock) => {
    for (const zone of ["Europe/Rome", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
      expect(clockOf(momentOf(clock, zone), zone)).toBe(clock);
  },
);

test("no moment has no clock", () => expect(clockOf("", "Europe/Rome")).toBe(""));
