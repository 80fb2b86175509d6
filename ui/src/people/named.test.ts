// Nobody is called by a hash when there is a name.
import { expect, test } from "vitest";
import { named, written } from "./named";

test.each([
  [["Anna Rossi", "anna@x.it", "42"], { name: "Anna Rossi", beside: "anna@x.it · 42" }],
  [[null, "anna@x.it", null], { name: "anna@x.it", beside: "" }],
  [["", null, "42"], { name: "42", beside: "" }],
  [[null, null, null], { name: "Unknown", beside: "p1" }],
] as const)("%s", ([name, email, user], shown) =>
  expect(named({ id: "p1", name, email, user }, "Unknown")).toEqual(shown),
);

test("a person's page calls her as she wrote herself", () => {
  const attributes = [
    { name: "lastName", value: "D'Aniè" },
    { name: "firstName", value: "Giulia" },
  ];
  expect(written(attributes)).toBe("Giulia D'Aniè");
  expect(written([{ name: "firstName", value: null }])).toBe("");
});
