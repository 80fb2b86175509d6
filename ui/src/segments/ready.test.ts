import { expect, test } from "vitest";
import type { ReadySegment } from "@/api/schema";
import { bySubject } from "./ready";

const one = (id: string, subject: string) => ({ id, subject }) as ReadySegment;

test("subjects stand in their order, each with its own, and none is empty", () => {
  const told = bySubject([one("due", "regularity"), one("looks", "visit"), one("buys", "visit")]);
  expect(told.map(([subject, some]) => [subject, some.map(({ id }) => id)])).toEqual([
    ["visit", ["looks", "buys"]],
    ["regularity", ["due"]],
  ]);
});
