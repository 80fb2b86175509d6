// The way's gates are told in both languages, with their values as a shop keeper reads them.
import { expect, test } from "vitest";
import { tellValues } from "@/messages/gate";
import { gateOfWay, toRun } from "./told";

test("a gate of the way has its own words; one of messages keeps those", () => {
  expect(gateOfWay("late", "it")).toBe("Si è saputo in tempo");
  expect(gateOfWay("consent", "en")).toBe("Marketing consent is given, if needed");
  expect(gateOfWay("valueOf", "en")).toBe("valueOf");
});

test("shares, lengths of time and moments are told as such", () => {
  const values = { drawn: 0.2615, share: 0.1, after: "P7D", entered: "2026-03-02T12:02:00+00:00" };
  expect(tellValues(values, "Europe/Rome", "it")).toBe(
    "estratto: 26,2% · esclusa sotto: 10% · dopo almeno: 7 giorni · entrata: 02/03/2026, 13:02:00 CET",
  );
});

test("what would have started it is told in the reader's language", () => {
  expect(tellValues({ listens: "segment entered: vip" }, "Europe/Rome", "it")).toBe(
    "aspetta: ingresso nel segmento: vip",
  );
});

test("a link to a run names it, however odd its ids are", () => {
  expect(toRun("p/1", "cart", "r 2")).toBe("/people/p%2F1?why=journey%2Fcart&run=r+2");
  expect(toRun("p1", "cart", "")).toBe("/people/p1?why=journey%2Fcart");
});
