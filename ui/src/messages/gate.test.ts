// A check is told with the values it decided by, in the shop's zone.
import { expect, test } from "vitest";
import { question, tellValues } from "./gate";

test("a check has its question in both languages; an unknown one keeps its name", () => {
  expect(question("consent", "it")).toBe("Il consenso al marketing c'è, se serve");
  expect(question("toString", "en")).toBe("toString");
});

test("values are told by name, absent ones are left out", () => {
  const values = { needed: true, purpose: "marketing", state: "withdrawn", topic: null };
  expect(tellValues(values, "Europe/Rome", "en")).toBe(
    "needed: yes · purpose: marketing · state: withdrawn",
  );
});

test("a moment among the values is told in the shop's zone", () => {
  expect(tellValues({ due: "2026-11-23T23:30:00+00:00" }, "Europe/Rome", "it")).toMatch(
    /^previsto: 24\/11\/2026, 00:30:00/,
  );
});

test("nought and no are values", () => {
  expect(tellValues({ sent: 0, claimed: false }, "Europe/Rome", "it")).toBe(
    "già inviati: 0 · solo dichiarato: no",
  );
});
