// Prices as shops really write them.
import { expect, test } from "vitest";
import { amountOf } from "../src/amount";

test.each([
  [19.9, 19.9],
  ["19.90", 19.9],
  ["19,90 €", 19.9],
  ["€ 1.299,00", 1299],
  ["1,299.00", 1299],
  ["1'299.50", 1299.5],
  ["1.299", 1299],
  ["1,299", 1299],
  ["1.299.000", 1299000],
  ["12.5000", 12.5], // Magento
  ["0.125", 0.125],
  ["Rs. 199", 199],
  ["-5,00", -5],
  [0, 0],
  ["0", 0],
])("%j is %d", (written, amount) => expect(amountOf(written)).toBe(amount));

test.each(["", "gratis", null, undefined, NaN, Infinity, {}, "-"])("%j is none", (written) =>
  expect(amountOf(written)).toBeUndefined(),
);
