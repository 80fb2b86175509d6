// Nobody is called by a hash when there is a name.
import { expect, test } from "vitest";
import { named, written } from "./named";

test.each([
  ["anna rossi · anna@x.it · 42 · p1", { name: "anna rossi", beside: "anna@x.it · 42" }],
  ["anna@x.it · p1", { name: "anna@x.it", beside: "" }],
  ["p1", { name: "Unknown", beside: "p1" }],
  ["", { name: "Unknown", beside: "p1" }],
])("%s", (label, shown) => expect(named({ id: "p1", label }, "Unknown")).toEqual(shown));

test("a person's page calls her as she wrote herself", () => {
  const attributes = [
    { name: "lastName", value: "D'Aniè" },
    { name: "firstName", value: "Giulia" },
  ];
  expect(written(attributes)).toBe("Giulia D'Aniè");
  expect(written([{ name: "firstName", value: null }])).toBe("");
});
