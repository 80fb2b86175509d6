// Every way to fail has its own words, so each must be told apart.
import { expect, test } from "vitest";
import { asFailure, Failed, failureOf } from "./failure";

test.each([
  [401, "signed out"],
  [403, "forbidden"],
  [404, "missing"],
  [410, "missing"],
  [409, "refused"],
  [429, "refused"],
  [500, "broken"],
  [503, "broken"],
] as const)("status %i is %s", (status, kind) => expect(failureOf(status, null).kind).toBe(kind));

test("the server's own sentences are kept", () => {
  const body = {
    detail: "The last owner stays",
    mend: "Name another first",
    wrong: [{ place: "role", says: "no" }],
  };
  expect(failureOf(409, body)).toMatchObject(body);
});

test("a page of a proxy is no sentence", () => {
  expect(failureOf(502, "<html>Bad gateway</html>")).toMatchObject({
    kind: "broken",
    detail: "",
    wrong: [],
  });
});

test("nobody answering is not the server breaking", () => {
  expect(asFailure(new TypeError("Failed to fetch")).kind).toBe("unreachable");
  expect(asFailure(new Failed(failureOf(403, null))).kind).toBe("forbidden");
  expect(asFailure(new Error("x of undefined")).kind).toBe("broken");
});
