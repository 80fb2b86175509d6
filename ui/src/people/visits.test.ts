// How the timeline folds.
import { expect, test } from "vitest";
import { stays } from "./visits";

const at = (moment: string, source = "public") => ({ moment: `2026-11-23T${moment}Z`, source });
const shape = (events: ReturnType<typeof at>[]) =>
  stays(events).map((stay) => [stay.hers, stay.events.length]);

test("half an hour of silence ends a visit, a second less does not", () => {
  expect(shape([at("10:30:00"), at("10:00:00")])).toEqual([
    [true, 1],
    [true, 1],
  ]);
  expect(shape([at("10:29:59"), at("10:00:00")])).toEqual([[true, 2]]);
});

test("a mail that we sent is no part of her visit", () => {
  expect(shape([at("10:05:00"), at("10:04:00", "innesco"), at("10:03:00")])).toEqual([
    [true, 1],
    [false, 1],
    [true, 1],
  ]);
});

test("a stay knows when it began and ended", () => {
  const [stay] = stays([at("10:20:00"), at("10:10:00"), at("10:00:00")]);
  expect([stay?.from, stay?.to]).toEqual(["2026-11-23T10:00:00Z", "2026-11-23T10:20:00Z"]);
});

test("nothing folds into nothing", () => expect(stays([])).toEqual([]));
