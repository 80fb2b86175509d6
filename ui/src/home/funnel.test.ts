// The break that costs most is the one after which most orders are missing.
import { expect, test } from "vitest";
import { breaks, shares } from "./funnel";

const steps = (...people: number[]) =>
  people.map((many, place) => ({
    event: ["visit", "product", "cart", "checkout", "order"][place]!,
    people: many,
  }));

test("a hundred lost at the checkout cost more than a thousand who only looked", () => {
  const [worst] = breaks(steps(2000, 1000, 200, 150, 50));
  // 800 stopped after a product: had they bought like the 200 with a cart, 200 more orders
  expect(worst).toEqual({ after: "product", before: 1000, lost: 800, orders: 200 });
  const [late] = breaks(steps(300, 290, 280, 270, 70));
  expect(late).toMatchObject({ after: "checkout", lost: 200, orders: 200 });
});

test("without a single order the largest crowd decides", () => {
  expect(breaks(steps(10, 8, 2, 0, 0))[0]).toMatchObject({ after: "product", lost: 6 });
});

test("nobody lost, no break; nobody at all, neither", () => {
  expect(breaks(steps(5, 5, 5))).toEqual([]);
  expect(breaks([])).toEqual([]);
});

test("people who skip a step are not lost", () => {
  expect(breaks(steps(10, 4, 6)).map((found) => found.after)).toEqual(["visit"]);
});

test("shares are told against the step before and against all", () => {
  expect(shares(steps(10, 4))[1]).toEqual({ event: "product", people: 4, before: 10, all: 10 });
});
