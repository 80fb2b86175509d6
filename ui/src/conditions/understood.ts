// Whether the builder has a form for a document: a field, operator or window that it does not know
// makes it one that is shown as its sentence and its JSON, so that nothing in it is ever lost.
import { CALENDAR_UNITS, CHANNELS, FIGURES, LINES, PURPOSES, VISIT_FIGURES } from "./document";
import type { Document, Known, KnownKind } from "./document";
import { OPERATORS, type OperatorName, type Takes, type ValueKind } from "./operators";

type Check = (value: unknown) => boolean;
type Shape = Record<string, Check>;

const text: Check = (value) => typeof value === "string";
const typed: Check = (value) => typeof value === "number" || value === null;
const whole: Check = (value) => Number.isInteger(value);
const oneOf =
  (...values: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && values.includes(value);
const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);
const maybe =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);

/** Has just these fields, each as it should be. */
const shaped =
  (shape: Shape): Check =>
  (value) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    const fields = value as Record<string, unknown>;
    const known = Object.keys(fields).every((field) => Object.hasOwn(shape, field));
    return known && Object.entries(shape).every(([field, check]) => check(fields[field]));
  };

/** One of several shapes, told apart by the value of one field. */
const tagged =
  (tag: string, shapes: Record<string, Shape>): Check =>
  (value) => {
    const name = (value as Record<string, unknown> | null)?.[tag];
    if (typeof name !== "string" || !Object.hasOwn(shapes, name)) return false;
    return shaped({ [tag]: text, ...shapes[name] })(value);
  };

const length = shaped({
  days: maybe(whole),
  hours: maybe(whole),
  minutes: maybe(whole),
  seconds: maybe(whole),
});

const TAKES: Record<Takes, Shape> = {
  text: { text },
  texts: { texts: listOf(text) },
  number: { number: typed },
  two: { least: typed, most: typed },
  moment: { moment: text },
  length: { length },
  nothing: {},
};

function operator(...kinds: ValueKind[]): Check {
  const names = (Object.keys(OPERATORS) as OperatorName[]).filter(
    (name) => kinds.length === 0 || kinds.includes(OPERATORS[name].of),
  );
  return tagged(
    "operator",
    Object.fromEntries(names.map((name) => [name, TAKES[OPERATORS[name].takes]])),
  );
}

const window = tagged("window", {
  ever: {},
  "this visit": {},
  last: { length },
  days: { days: typed },
  ago: { start: length, end: length },
  calendar: { unit: oneOf(...CALENDAR_UNITS), ago: maybe(whole) },
  between: { start: text, end: text },
  before: { moment: text },
  since: { moment: text },
});

const figure = tagged("figure", {
  times: {},
  ...Object.fromEntries(FIGURES.map((name) => [name, { property: text }])),
});

const such: Shape = {
  event: text,
  where: maybe(listOf(shaped({ property: text, is: operator() }))),
  lines: maybe(listOf(shaped({ line: oneOf(...LINES), is: operator() }))),
};
const missing = shaped({ ...such, same: maybe((value) => typeof value === "boolean") });
const step = shaped({
  ...such,
  within: maybe(length),
  after: maybe(length),
  without: maybe(listOf(missing)),
});

const SHAPES: Record<KnownKind, Shape> = {
  did: {
    ...such,
    window: maybe(window),
    of: maybe(figure),
    is: maybe(operator()),
  },
  sequence: {
    steps: listOf(step),
    same: maybe(listOf(text)),
    window: maybe(window),
    afterwards: maybe(shaped({ without: listOf(missing), length: maybe(length) })),
  },
  attribute: { name: text, is: operator() },
  visit: { figure: oneOf(...VISIT_FIGURES), is: operator("number") },
  cart: { figure: oneOf("value", "count"), is: operator("number") },
  "cart has": { product: text },
  "in segment": {
    segment: text,
    since: maybe(
      (value) => operator("moment")(value) || shaped({ operator: oneOf("present") })(value),
    ),
  },
  "in journey": { journey: text },
  consent: { channel: oneOf(...CHANNELS), purpose: maybe(oneOf(...PURPOSES)) },
  reachable: { channel: oneOf(...CHANNELS) },
  "random share": { salt: text, start: typed, end: typed },
};

const anyShape = tagged("kind", SHAPES);

export function understood(document: Document): document is Known {
  return anyShape(document) && !asksTimesOddly(document as Known);
}

/** How often something happened is a number; the form asks it nothing else. */
function asksTimesOddly(known: Known): boolean {
  if (known.kind !== "did" || !known.is) return false;
  const times = !known.of || known.of.figure === "times";
  return times && OPERATORS[known.is.operator].of !== "number";
}
