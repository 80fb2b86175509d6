// One step back is one thing that was done.
import { expect, test } from "vitest";
import { begun, redone, stepped, undone } from "./past";

test("back, forth, and another way from there", () => {
  const past = stepped(stepped(begun("a"), "b"), "c");
  expect(undone(past).now).toBe("b");
  expect(undone(undone(undone(past))).now).toBe("a");
  expect(redone(undone(past)).now).toBe("c");
  expect(redone(past)).toBe(past);
  const other = stepped(undone(past), "d");
  expect(redone(other).now).toBe("d");
  expect(undone(other).now).toBe("b");
});

test("what is typed in one go is one step", () => {
  let past = begun("");
  for (const typed of ["S", "Sh", "Shoes"]) past = stepped(past, typed, "c1.text");
  past = stepped(past, "Shoes 3", "c2.number");
  expect(undone(past).now).toBe("Shoes");
  expect(undone(undone(past)).now).toBe("");
  const again = stepped(undone(past), "Shoe", "c2.number");
  expect(undone(again).now).toBe("Shoes");
});
