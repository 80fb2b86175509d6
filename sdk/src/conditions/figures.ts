// Figures: what is counted of the events that a condition means (`innesco/conditions/figures.py`).

import { type Document, entry, object, own, text } from "./document";
import { isNumber, type Kind } from "./operators";
import type { Event, Fact } from "./view";

export interface Figure {
  of(events: readonly Event[], kind: Kind): Fact | undefined;
  /** What events before the known ones may do: make it more, nothing once found, or anything. */
  earlier: "more" | "nothing" | "anything";
}

/** Money: whole minor units. */
const WHOLE = ["price", "value", "value_base"];
/** Properties that have a column of their own there, and with it one kind. */
const NUMBERS = [...WHOLE, "quantity"];
const TEXTS = "product category brand order cart query path currency".split(" ");
const PARTS = 10_000;

/** The event's property, where it is of the kind that this property has. */
export function fact(event: Event, name: string): Fact | undefined {
  const value = own(event.facts, name);
  if (value === undefined || value === null) return undefined;
  if (NUMBERS.includes(name) && !isNumber(value)) return undefined;
  if (TEXTS.includes(name) && typeof value !== "string") return undefined;
  return WHOLE.includes(name) && !Number.isInteger(value) ? undefined : value;
}

export function figure(said: unknown): Figure {
  const asked = said as Document;
  if (asked?.figure === "times") {
    object(said, "figure");
    return TIMES;
  }
  const [of, earlier = "anything"] = entry(FIGURES, asked?.figure);
  const name = text(object(said, "figure property").property);
  return { of: (events, kind) => of(facts(events, name), name, kind), earlier };
}

export const TIMES: Figure = { of: (events) => events.length, earlier: "more" };

type Of = (values: readonly Fact[], name: string, kind: Kind) => Fact | undefined;

const numbers = (values: readonly Fact[]) => values.filter(isNumber);

const sum: Of = (values, name) => inParts(numbers(values), name) / PARTS;

const average: Of = (values, name) => {
  const found = numbers(values);
  return found.length ? inParts(found, name) / PARTS / found.length : undefined;
};

const extreme =
  (choose: (...values: number[]) => number): Of =>
  (values) => {
    const found = numbers(values);
    return found.length ? choose(...found) : undefined;
  };

const first: Of = (values, _name, kind) =>
  values.find((value) => kind === "any" || kind === kindOf(value));

const FIGURES: Readonly<Record<string, [of: Of, earlier?: Figure["earlier"]]>> = {
  sum: [sum],
  average: [average],
  min: [extreme(Math.min)],
  max: [extreme(Math.max)],
  distinct: [(values) => new Set(values).size, "more"],
  first: [first],
  last: [(values, name, kind) => first([...values].reverse(), name, kind), "nothing"],
};

function facts(events: readonly Event[], name: string): Fact[] {
  const found = events.map((event) => fact(event, name));
  return found.filter((value): value is Fact => value !== undefined);
}

function kindOf(value: Fact): Kind {
  return typeof value === "string" ? "text" : isNumber(value) ? "number" : "flag";
}

/** In ten-thousandths, added exactly: no order of adding changes it, and 0.1 + 0.2 is 0.3. */
function inParts(values: readonly number[], name: string): number {
  const whole = WHOLE.includes(name);
  const part = (value: number) =>
    whole ? BigInt(value) * BigInt(PARTS) : BigInt(Math.floor(value * PARTS + 0.5));
  return Number(values.reduce((sum, value) => sum + part(value), BigInt(0)));
}
