// What is taken away must open as it was shown, and run nothing.
import { expect, test } from "vitest";
import { csv } from "./csv";

test("commas, quotes and lines stay inside their cell", () => {
  expect(csv(["Step", "People"], [['say "hi", twice', 3]])).toBe(
    'Step,People\r\n"say ""hi"", twice",3\r\n',
  );
});

test("a cell that looks like a formula is only text", () => {
  expect(csv(["a"], [["=1+1"], ["-x"], [-5]])).toBe("a\r\n'=1+1\r\n'-x\r\n-5\r\n");
});
