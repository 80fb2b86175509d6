// Operators: questions about one value. Absent, or of another kind than the question, it holds for
// the negated ones only (docs/conditions.md).

import { type Document, entry, list, number, object, text } from "./document";
import { fold } from "./fold";
import { lengthOf, momentOf } from "./moments";
import type { Fact } from "./view";

export type Kind = "text" | "number" | "flag" | "any";
export type Value = Fact | null | undefined;

export interface Operator {
  kind: Kind;
  holds(value: Value, now: number): boolean;
  /** When time alone may change the answer. */
  changesAt?(value: Value, now: number): number | undefined;
  /** Beyond this number no other number changes the answer. */
  most: number;
}

/** What is later than the year 2255 is no moment that anybody waits for. */
const LATEST = 2 ** 53;

type Reads = [fields: string, read: (said: Document) => Operator];

export function operator(said: unknown): Operator {
  const name = (said as Document | null)?.operator;
  const [fields, read] = entry(OPERATORS, name);
  return read(object(said, `operator ${fields}`));
}

/** A yes is no number. */
export const isNumber = (value: Value): value is number => typeof value === "number";

const isText = (value: Value): value is string => typeof value === "string";

const ofText = (ask: (value: string, asked: string) => boolean, absent = false): Reads => [
  "text",
  (said) => {
    const asked = fold(text(said.text));
    const holds = (value: Value) => (isText(value) ? ask(value, asked) : absent);
    return { kind: "text", holds, most: 0 };
  },
];

const ofTexts = (among: boolean): Reads => [
  "texts",
  (said) => {
    const asked = new Set(list(said.texts).map((one) => fold(text(one))));
    const holds = (value: Value) => (isText(value) && asked.has(value)) === among;
    return { kind: "text", holds, most: 0 };
  },
];

const ofNumber = (ask: (value: number, asked: number) => boolean, absent = false): Reads => [
  "number",
  (said) => {
    const asked = number(said.number);
    const holds = (value: Value) => (isNumber(value) ? ask(value, asked) : absent);
    return { kind: "number", holds, most: asked };
  },
];

const between: Reads = [
  "least most",
  (said) => {
    const [least, most] = [number(said.least), number(said.most)];
    const holds = (value: Value) => isNumber(value) && least <= value && value <= most;
    return { kind: "number", holds, most };
  },
];

const ofMoment = (ask: (value: number, asked: number) => boolean): Reads => [
  "moment",
  (said) => {
    const asked = momentOf(said.moment);
    return { kind: "number", holds: (value) => isNumber(value) && ask(value, asked), most: asked };
  },
];

const ofLength = (within: boolean): Reads => [
  "length",
  (said) => {
    const length = lengthOf(said.length);
    const holds = (value: Value, now: number) =>
      isNumber(value) && (within ? now - length <= value && value <= now : value < now - length);
    const changesAt = (value: Value, now: number) => {
      if (!isNumber(value) || value < now - length || value > LATEST) return undefined;
      return within && value > now ? Math.ceil(value) : Math.floor(value) + length + 1;
    };
    return { kind: "number", holds, changesAt, most: 0 };
  },
];

const known = (kind: Kind, holds: (value: Value) => boolean): Reads => [
  "operator",
  () => ({ kind, holds, most: 0 }),
];

const OPERATORS: Readonly<Record<string, Reads>> = {
  equals: ofText((value, asked) => value === asked),
  "is not": ofText((value, asked) => value !== asked, true),
  contains: ofText((value, asked) => value.includes(asked)),
  "does not contain": ofText((value, asked) => !value.includes(asked), true),
  "starts with": ofText((value, asked) => value.startsWith(asked)),
  "ends with": ofText((value, asked) => value.endsWith(asked)),
  "one of": ofTexts(true),
  "not one of": ofTexts(false),
  "=": ofNumber((value, asked) => value === asked),
  "!=": ofNumber((value, asked) => value !== asked, true),
  "<": ofNumber((value, asked) => value < asked),
  "<=": ofNumber((value, asked) => value <= asked),
  ">": ofNumber((value, asked) => value > asked),
  ">=": ofNumber((value, asked) => value >= asked),
  between,
  before: ofMoment((value, asked) => value < asked),
  since: ofMoment((value, asked) => value >= asked),
  "within last": ofLength(true),
  "longer ago than": ofLength(false),
  present: known("any", (value) => value !== undefined && value !== null),
  absent: known("any", (value) => value === undefined || value === null),
  yes: known("flag", (value) => value === true),
  no: known("flag", (value) => value === false),
};
