// The cart recovery, told and drawn from its document.
import { expect, test } from "vitest";
import { saysIn } from "@/words/speak";
import { BOX, drawing } from "./drawing";
import type { Journey } from "./journey";
import { tell, tellNode, tellWay, type Teller } from "./telling";

const CART: Journey = {
  id: "cart-recovery",
  name: { it: "Recupero carrello", en: "Cart recovery" },
  starts: [{ type: "event", event: "Product Added" }],
  first: "quiet",
  nodes: {
    quiet: {
      type: "wait for inactivity",
      lasts: "PT1H",
      restarts_on: ["Product Added"],
      then: "still",
    },
    still: { type: "branch", when: {}, yes: "first", no: null },
    first: { type: "message", template: "cart-1", then: "day" },
    day: { type: "wait", lasts: "P1D", then: "second" },
    second: { type: "message", template: "cart-2", then: null },
  },
  stops: [{ event: "Order Completed", same_key: true }],
  holdout: 0.1,
};
const english = { say: saysIn("en"), language: "en" } as const;
const italian = { say: saysIn("it"), language: "it" } as const;

test("it is told in one breath", () => {
  expect(tell(CART, english)).toBe(
    "When somebody puts something into the cart: 2 messages over at most 1 day 1 hour. " +
      "Stops when the person orders. 10% of those who enter get no message, to see what it brings.",
  );
  expect(tell(CART, italian)).toContain("2 messaggi in al massimo 1 giorno 1 ora");
});

test("an event of the shop's own goes by its name", () => {
  const own = { ...CART, starts: [{ type: "event", event: "Quiz Finished" }] } as Journey;
  expect(tell(own, italian)).toContain("Quando qualcuno fa “Quiz Finished”");
});

const TOLD = {
  asks: { still: { en: "the cart's value is at least €30.00", it: "il carrello vale" } },
  templates: { "cart-1": { en: "First reminder" } },
};
const box = (name: string, teller: Teller, told = TOLD) =>
  tellNode(name, CART.nodes[name]!, told, teller);

test("a box says its own step", () => {
  expect(box("quiet", italian)).toBe("1 ora senza attività");
});

test("a message goes by its template's name, a branch by what it asks", () => {
  expect(box("first", italian)).toBe("First reminder");
  expect(box("still", english)).toBe("The cart's value is at least €30.00?");
  expect(box("still", italian)).toBe("Il carrello vale?");
});

test("what the server does not name is told as the document has it", () => {
  const nothing = { asks: {}, templates: {} } as unknown as typeof TOLD;
  expect(box("first", english, nothing)).toBe("cart-1");
  expect(box("still", english, nothing)).toBe("Does the condition hold?");
});

test("an arrow says how many went that way, and of how many", () => {
  expect(tellWay("yes", { yes: 1230, no: 410 }, english)).toBe("yes · 1,230 · 75%");
  expect(tellWay("no", { yes: 3 }, italian)).toBe("no · 0 · 0%");
  expect(tellWay("not_done", {}, italian)).toBe("non è arrivato · 0");
  expect(tellWay("then", { then: 1230 }, italian)).toBe("1.230");
});

test("labels have their own room: none lies on a box or on another", () => {
  const { boxes, arrows } = drawing(CART, (_, way) => `${way} · 1,234 · 73%`);
  const labels = arrows.map(({ middle, label }) => ({
    x: middle.x - (label.length * 7) / 2,
    y: middle.y - 10,
    width: label.length * 7,
    height: 20,
  }));
  const taken = [...boxes.map((one) => ({ ...one, ...BOX })), ...labels];
  for (const label of labels)
    expect(taken.filter((other) => other !== label && meet(label, other))).toEqual([]);
});

interface Area {
  x: number;
  y: number;
  width: number;
  height: number;
}

function meet(one: Area, other: Area): boolean {
  return (
    one.x < other.x + other.width &&
    other.x < one.x + one.width &&
    one.y < other.y + other.height &&
    other.y < one.y + one.height
  );
}

test("every node has a box, every way an arrow, and no two boxes lie on each other", () => {
  const { boxes, arrows } = drawing(CART);
  expect(boxes.map((box) => box.id)).toEqual(["·start", ...Object.keys(CART.nodes), "·end"]);
  expect(
    arrows.filter((arrow) => arrow.from === "still").map((arrow) => [arrow.way, arrow.to]),
  ).toEqual([
    ["yes", "first"],
    ["no", "·end"],
  ]);
  expect(new Set(boxes.map((box) => `${box.x}/${box.y}`)).size).toBe(boxes.length);
});

test("arrows point downwards, a loop back excepted", () => {
  const { boxes, arrows } = drawing(CART);
  const high = new Map(boxes.map((box) => [box.id, box.y]));
  for (const { from, to } of arrows) expect(high.get(from)!).toBeLessThan(high.get(to)!);
});

test("a way that leads nowhere is drawn to the end, not lost", () => {
  const broken = {
    ...CART,
    nodes: { quiet: { type: "wait", lasts: "PT1H", then: "gone" } },
  } as Journey;
  expect(drawing(broken).arrows.map((arrow) => arrow.to)).toEqual(["quiet", "·end"]);
});
