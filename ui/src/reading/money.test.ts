// Amounts are cents; each language has its own marks.
import { expect, test } from "vitest";
import { count, money, share } from "./money";

const plain = (text: string) => text.replace(/\u00a0|\u202f/g, " ");

test.each([
  [123456, "EUR", "it", "1.234,56 €"],
  [123456, "EUR", "en", "€1,234.56"],
  [5, "EUR", "it", "0,05 €"],
  [-1990, "EUR", "en", "-€19.90"],
  [1500, "JPY", "en", "JP¥1,500"],
] as const)("%i minor units of %s in %s are %s", (minor, currency, language, shown) => {
  expect(plain(money(minor, currency, language))).toBe(shown);
});

test("four digits are grouped in Italian as in English", () => {
  expect(count(1234, "it")).toBe("1.234");
  expect(count(1234, "en")).toBe("1,234");
});

test("a share of nothing is a dash, not a division by zero", () => {
  expect(share(0, 0, "it")).toBe("–");
  expect(plain(share(41, 312, "it"))).toBe("13,1%");
});
