// Up and down are said against the week before, and not against nothing.
import { expect, test } from "vitest";
import { trend } from "./revenue";

const sold = (orders: number, value: number) => ({
  orders,
  value,
  after_click: 0,
  value_after_click: 0,
  claimed: 0,
  value_claimed: 0,
});

test.each([
  [2, 500, 1, 400, "up"],
  [2, 300, 1, 400, "down"],
  [2, 400, 1, 400, "same"],
  [0, 0, 1, 400, "down"],
  [2, 400, 0, 0, "first"],
] as const)("%i orders of %i after %i of %i: %s", (orders, value, were, worth, said) => {
  expect(trend(sold(orders, value), sold(were, worth))).toBe(said);
});
