// The budgets: what every visitor of a shop loads, and what those load for whom a page decides.
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("innesco.js is at most 10 kB gzipped, and names no other origin", () => {
  const bundle = readFileSync(new URL("../dist/innesco.js", import.meta.url));
  expect(gzipSync(bundle).length).toBeLessThanOrEqual(10_000);
  expect(bundle.toString()).not.toMatch(/https?:\/\//);
});

test("conditions.js is at most 5 kB gzipped, names no other origin and runs no text as code", () => {
  const bundle = readFileSync(new URL("../dist/conditions.js", import.meta.url));
  const size = gzipSync(bundle).length;
  console.log(`conditions.js: ${size} bytes gzipped`);
  expect(size).toBeLessThanOrEqual(5_000);
  expect(bundle.toString()).not.toMatch(/https?:\/\/|\beval\(|\bFunction\(/);
});
