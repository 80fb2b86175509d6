// Which language a newcomer sees.
import { expect, test } from "vitest";
import { firstLanguage } from "./language";

test.each([
  ["en", ["it-IT"], "en"],
  [null, ["de-DE", "it-CH"], "it"],
  [null, ["de-DE"], "en"],
  ["fr", ["it"], "it"],
] as const)("chosen %s, browser %j: %s", (kept, browser, first) => {
  expect(firstLanguage(kept, browser)).toBe(first);
});
