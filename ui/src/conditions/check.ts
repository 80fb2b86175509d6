// What is still missing or cannot be in a condition, each with its place: before the server is asked.
import type { Did, Document, Known, KnownKind, Length, Of, Operator } from "./document";
import type { Sequence, Such, Window } from "./document";
import { secondsOf } from "./lengths";
import { isGroup, nodesOf, type Leaf, type Node, type Tree } from "./tree";
import { understood } from "./understood";

export type Wrong =
  | "event"
  | "steps"
  | "same"
  | "property"
  | "text"
  | "texts"
  | "number"
  | "order"
  | "moment"
  | "length"
  | "days"
  | "name"
  | "product"
  | "segment"
  | "journey"
  | "share"
  | "empty"
  | "deep";

export interface Problem {
  key: string; // of the part
  place: string; // within the part: `where[0].is`
  wrong: Wrong;
}

/** Braces within braces; what is deeper is refused by the server too. */
export const DEEPEST = 50;

export function problems(tree: Tree): Problem[] {
  const inner = [...nodesOf(tree.root)].flatMap((node) =>
    isGroup(node) ? emptiness(node, tree) : problemsOf(node),
  );
  const deep: Problem = { key: tree.root.key, place: "", wrong: "deep" };
  return depth(tree.root) > DEEPEST ? [deep, ...inner] : inner;
}

function emptiness(group: Node & { parts: Node[] }, tree: Tree): Problem[] {
  if (group.parts.length > 0 || group.key === tree.root.key) return [];
  return [{ key: group.key, place: "", wrong: "empty" }];
}

function depth(node: Node): number {
  const inner = isGroup(node) ? Math.max(0, ...node.parts.map(depth)) : 0;
  return 1 + node.nots + inner;
}

function problemsOf({ key, asks }: Leaf): Problem[] {
  return wrongIn(asks).map(([place, wrong]) => ({ key, place, wrong }));
}

type Found = [place: string, wrong: Wrong];

/** A kind that has no form here is for the server to judge. */
export function wrongIn(asks: Document): Found[] {
  if (!understood(asks)) return [];
  const check = CHECKS[asks.kind] as (known: Known) => Found[];
  return check(asks);
}

const CHECKS: { [Kind in KnownKind]: (asks: Of<Kind>) => Found[] } = {
  did: (asks) => didWrong(asks),
  sequence: (asks) => sequenceWrong(asks),
  attribute: ({ name, is }) => [...blank(name, "name", "name"), ...operatorWrong(is, "is")],
  visit: ({ is }) => operatorWrong(is, "is"),
  cart: ({ is }) => operatorWrong(is, "is"),
  "cart has": ({ product }) => blank(product, "product", "product"),
  "in segment": ({ segment, since }) => [
    ...blank(segment, "segment", "segment"),
    ...operatorWrong(since, "since"),
  ],
  "in journey": ({ journey }) => blank(journey, "journey", "journey"),
  consent: () => [],
  reachable: () => [],
  "random share": ({ start, end }) =>
    start !== null && end !== null && 0 <= start && start < end && end <= 1
      ? []
      : [["end", "share"]],
};

function didWrong(asks: Did): Found[] {
  const { window, of, is } = asks;
  return [
    ...suchWrong(asks),
    ...windowWrong(window),
    ...(of && of.figure !== "times" ? blank(of.property, "of.property", "property") : []),
    ...operatorWrong(is, "is"),
  ];
}

function suchWrong({ event, where = [], lines = [] }: Such): Found[] {
  return [
    ...blank(event, "event", "event"),
    ...where.flatMap(({ property, is }, at) => [
      ...blank(property, `where[${at}].property`, "property"),
      ...operatorWrong(is, `where[${at}].is`),
    ]),
    ...lines.flatMap(({ is }, at) => operatorWrong(is, `lines[${at}].is`)),
  ];
}

function sequenceWrong({ steps, same = [], window, afterwards }: Sequence): Found[] {
  const all = (many: Such[], place: string) =>
    many.flatMap((such, at) => under(`${place}[${at}]`, suchWrong(such)));
  const missing = [...steps.flatMap(({ without = [] }) => without), ...(afterwards?.without ?? [])];
  return [
    ...(steps.length === 0 ? ([["", "steps"]] as Found[]) : []),
    ...all(steps, "steps"),
    ...steps.flatMap(({ within, after, without = [] }, at) =>
      under(`steps[${at}]`, [
        ...(within ? lengthWrong(within, "within") : []),
        ...(after ? lengthWrong(after, "after") : []),
        ...all(without, "without"),
      ]),
    ),
    ...(same.length === 0 && missing.some(({ same }) => same)
      ? ([["same", "same"]] as Found[])
      : []),
    ...windowWrong(window),
    ...(afterwards
      ? under("afterwards", [
          ...all(afterwards.without, "without"),
          ...(afterwards.length ? lengthWrong(afterwards.length, "length") : []),
        ])
      : []),
  ];
}

function under(place: string, found: Found[]): Found[] {
  return found.map(([inner, wrong]) => [`${place}.${inner}`, wrong]);
}

function blank(text: string, place: string, wrong: Wrong): Found[] {
  return text.trim() ? [] : [[place, wrong]];
}

function operatorWrong(is: Operator | undefined, place: string): Found[] {
  if (!is) return [];
  if ("text" in is) return blank(is.text, place, "text");
  if ("texts" in is) return is.texts.length > 0 ? [] : [[place, "texts"]];
  if ("number" in is) return is.number === null ? [[place, "number"]] : [];
  if ("moment" in is) return blank(is.moment, place, "moment");
  if ("length" in is) return lengthWrong(is.length, place);
  if (!("least" in is)) return [];
  if (is.least === null || is.most === null) return [[place, "number"]];
  return is.least > is.most ? [[place, "order"]] : [];
}

function windowWrong(window: Window | undefined): Found[] {
  switch (window?.window) {
    case "last":
      return lengthWrong(window.length, "window");
    case "days":
      return (window.days ?? 0) >= 1 ? [] : [["window", "days"]];
    case "ago": {
      const wrong = [...lengthWrong(window.start, "window"), ...lengthWrong(window.end, "window")];
      const [first] = wrong;
      if (first) return [first];
      return secondsOf(window.start) > secondsOf(window.end) ? [] : [["window", "order"]];
    }
    case "between":
      if (!window.start || !window.end) return [["window", "moment"]];
      return Date.parse(window.start) < Date.parse(window.end) ? [] : [["window", "order"]];
    case "before":
    case "since":
      return blank(window.moment, "window", "moment");
    default:
      return [];
  }
}

function lengthWrong(length: Length, place: string): Found[] {
  return Object.values(length).some((part) => part > 0) ? [] : [[place, "length"]];
}
