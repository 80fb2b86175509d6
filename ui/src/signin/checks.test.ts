// A form says at once what the server would refuse.
import { expect, test } from "vitest";
import { isEmail, isLongEnough } from "./checks";

test.each([
  ["anna@negozio.it", true],
  [" anna@negozio.it ", true],
  ["anna@negozio", false],
  ["anna negozio@x.it", false],
  ["@x.it", false],
  ["a@b@x.it", false],
])("%s: %s", (text, fine) => expect(isEmail(text)).toBe(fine));

test("twelve characters are enough; one that takes two places counts once", () => {
  expect(isLongEnough("12345678901")).toBe(false);
  expect(isLongEnough("123456789012")).toBe(true);
  expect(isLongEnough("🔥🔥🔥🔥🔥🔥🔥")).toBe(false);
});
