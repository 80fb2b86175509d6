// A refused number must be shown as it came, not as JavaScript rounds it.
import { expect, test } from "vitest";
import { readable } from "./readable";

test("JSON is put into lines", () => {
  expect(readable('{"type": "track", "event": "A b"}')).toBe(
    '{\n  "type": "track",\n  "event": "A b"\n}',
  );
});

test("a number that JavaScript would round stays as it came", () => {
  const body = '{"price":9007199254740993}';
  expect(readable(body)).toBe(body);
});

test("what is no JSON stays as it came", () => {
  expect(readable('{"a": NaN}')).toBe('{"a": NaN}');
});
