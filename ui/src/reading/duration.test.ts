// The server writes lengths of time by ISO 8601.
import { expect, test } from "vitest";
import { seconds } from "./duration";

test.each([
  ["PT1H", 3_600],
  ["P1D", 86_400],
  ["P1DT2H", 93_600],
  ["PT90S", 90],
  ["PT0S", 0],
  ["-PT5M", -300],
  ["P2W", 1_209_600],
  ["an hour", null],
  ["P", null],
  ["PT", null],
] as const)("%s is %s seconds", (iso, many) => expect(seconds(iso)).toBe(many));
