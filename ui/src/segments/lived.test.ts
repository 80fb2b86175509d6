// A history begins the day before there was anybody.
import { expect, test } from "vitest";
import { lived } from "./lived";

const day = (people: number, entered = 0) => ({ day: "2026-11-27", people, entered, left: 0 });

test("days before anybody came are not shown", () => {
  expect(lived([day(0), day(0), day(3, 3), day(0)])).toEqual([day(0), day(3, 3), day(0)]);
  expect(lived([day(2), day(2)])).toHaveLength(2);
  expect(lived([day(0), day(0)])).toEqual([]);
});
