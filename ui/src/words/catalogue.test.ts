// Both languages say the same things with the same blanks, and in their own words.
import { describe, expect, test } from "vitest";
import { sentences, wordsIn } from "./catalogue";

const ALL = sentences();
const blanks = (text: string) => [...text.matchAll(/{{\s*(\w+)/g)].map((found) => found[1]).sort();
const keysOf = (of: object, place = ""): string[] =>
  Object.entries(of).flatMap(([key, entry]) =>
    typeof entry === "string" ? [place + key] : keysOf(entry as object, `${place}${key}.`),
  );

describe("the catalogue", () => {
  test("has the same keys in Italian and English", () => {
    expect(keysOf(wordsIn("it"))).toEqual(keysOf(wordsIn("en")));
    expect(ALL.length).toBeGreaterThan(100);
  });

  test.each(ALL)("%s has words and the same blanks in both languages", (_, both) => {
    expect(both.it.trim()).not.toBe("");
    expect(both.en.trim()).not.toBe("");
    expect(blanks(both.it)).toEqual(blanks(both.en));
  });

  test("never shouts", () => {
    expect(ALL.filter(([, both]) => /!/.test(both.en + both.it))).toEqual([]);
  });

  test.each(ALL.filter(([key]) => key.endsWith("_one")))("%s has its plural", (key) => {
    expect(ALL.map(([other]) => other)).toContain(key.replace(/_one$/, "_other"));
  });
});
