// What the language means, case by case: the browser answers as the server does.
import { expect, test } from "vitest";
import { read } from "../src/conditions/condition";
import { readCases } from "./cases";

/** So many cases the browser answers; fewer, and it has forgotten something. */
const ANSWERED = 551;
/** What no browser knows, and what this script has not learnt. */
const NOT_HERE =
  /"kind":"(in segment|in journey|consent|reachable|sequence|date)"/;

const cases = readCases();
const answered = cases.filter(({ condition }) => !NOT_HERE.test(JSON.stringify(condition)));

test.each(answered)("$name", ({ condition, view, holds, changesAt }) => {
  const asked = read(condition);
  expect(asked.holds(view)).toBe(holds);
  if (changesAt !== undefined) expect(asked.changesAt(view) ?? null).toBe(changesAt);
});

test("what is not known here never makes a wrong answer", () => {
  const wrong = cases.filter(({ condition, view, holds }) => {
    const said = read(condition).holds(view);
    return said !== undefined && said !== holds;
  });
  expect(wrong.map(({ name }) => name)).toEqual([]);
});

test("the browser answers as many cases as it did", () => {
  console.log(`${answered.length} of ${cases.length} cases are answered in the browser`);
  expect(answered.length).toBeGreaterThanOrEqual(ANSWERED);
});
