// The sums of the queue, at their edges.
import { expect, test } from "vitest";
import { bytes, envelope, firstBatch, type Line, orphaned, pause, renamed, verdict } from "../src/queue";

const line = (id: string, size = 10): Line => ({ id, text: "x".repeat(size) });

test("a batch has at most fifty events", () => {
  const lines = Array.from({ length: 120 }, (_, i) => line(String(i)));
  expect(firstBatch(lines, 1e6).map(({ id }) => id)).toEqual(lines.slice(0, 50).map(({ id }) => id));
});

test("a batch stays within its bytes, in UTF-8, envelope and all", () => {
  const lines = Array.from({ length: 9 }, (_, i) => ({ id: String(i), text: `"${"è".repeat(5000)}"` }));
  const batch = firstBatch(lines, 60_000);
  expect(batch).toHaveLength(5);
  expect(bytes(envelope(batch, "pk_demo", "2026-01-01T00:00:00.000Z"))).toBeLessThanOrEqual(60_000);
});

test("the envelope is what the door reads", () => {
  const lines = [{ id: "a", text: '{"messageId":"a"}' }, { id: "b", text: '{"messageId":"b"}' }];
  const sent = JSON.parse(envelope(lines, 'pk_"odd"', "2026-01-01T00:00:00.000Z"));
  const batch = [{ messageId: "a" }, { messageId: "b" }];
  expect(sent).toEqual({ batch, sentAt: "2026-01-01T00:00:00.000Z", writeKey: 'pk_"odd"' });
});

test.each([
  [200, "taken"], [204, "taken"], [0, "again"], [301, "again"], [408, "again"], [429, "again"],
  [500, "again"], [503, "again"], [400, "refused"], [401, "refused"], [413, "refused"],
])("%d means %s", (status, meaning) => expect(verdict(status)).toBe(meaning));

test.each([
  ["first failure", 1, null, 1000],
  ["fourth failure", 4, null, 8000],
  ["very many", 60, null, 300_000],
  ["the server says seven seconds", 1, "7", 7000],
  ["the server says a date", 1, "Thu, 01 Jan 2026 00:01:00 GMT", 60_000],
  ["the server says a day", 1, "86400", 300_000],
  ["the server says nonsense", 1, "soon", 1000],
  ["the server says now", 3, "0", 0],
])("%s", (_, failures, retryAfter, wait) => {
  expect(pause(failures, retryAfter, Date.UTC(2026, 0, 1), 0)).toBe(wait);
});

test("not everybody comes back at the same moment", () => {
  expect(pause(1, null, 0, 0.999)).toBeGreaterThan(1400);
});

test.each([
  ["its page is gone", true, 0, true],
  ["its page lives", false, 9 * 60_000, false],
  ["its page has crashed", false, 11 * 60_000, true],
])("%s", (_, left, silent, orphan) => {
  expect(orphaned({ lines: [], until: 0, left, touched: 1000 }, 1000 + silent)).toBe(orphan);
});

test("a new id is put where the id stands, and nowhere else", () => {
  const text = '{"anonymousId":"old","properties":{"note":"old"}}';
  const now = renamed({ id: "a", text }, "old", "new").text;
  expect(now).toBe('{"anonymousId":"new","properties":{"note":"old"}}');
});
