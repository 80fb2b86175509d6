// The budget: what every visitor of a shop loads.
import { gzipSync } from "node:zlib";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

test("innesco.js is at most 10 kB gzipped, and names no other origin", () => {
  const bundle = readFileSync(new URL("../dist/innesco.js", import.meta.url));
  expect(gzipSync(bundle).length).toBeLessThanOrEqual(10_000);
  expect(bundle.toString()).not.toMatch(/https?:\/\//);
});
