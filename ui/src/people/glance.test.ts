// What a person's page says first must be right about money and about consent.
import { expect, test } from "vitest";
import { bought, mayMail } from "./glance";

const order = (moment: string, value: number, more = {}) => ({
  moment,
  value,
  refunded: 0,
  cancelled: false,
  ...more,
});

test("cancelled orders do not count, refunds are taken off", () => {
  expect(
    bought([
      order("2026-11-03", 5000, { refunded: 1000 }),
      order("2026-11-09", 9000, { cancelled: true }),
      order("2026-11-01", 3000),
    ]),
  ).toEqual({ orders: 2, value: 7000, last: "2026-11-03" });
  expect(bought([])).toEqual({ orders: 0, value: 0, last: null });
});

const consent = (state: string, more = {}) => ({
  channel: "email",
  address: "a@x.it",
  purpose: "marketing",
  state,
  ...more,
});

test.each([
  ["a@x.it", [consent("given")], "yes"],
  ["a@x.it", [consent("pending")], "pending"],
  ["a@x.it", [consent("withdrawn")], "no"],
  ["a@x.it", [], "no"],
  ["a@x.it", [consent("given", { address: "old@x.it" })], "no"],
  ["a@x.it", [consent("given", { purpose: "profiling" })], "no"],
  [null, [consent("given")], "nowhere"],
])("%s with %o", (email, consents, may) => expect(mayMail({ email, consents })).toBe(may));
