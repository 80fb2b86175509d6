// The operators as a table: what kind of value each asks about and what it wants to be told.
import type { Length, Operator, Typed } from "./document";

export type OperatorName = Operator["operator"];
export type ValueKind = "text" | "number" | "moment" | "flag" | "any";
export type Takes = "text" | "texts" | "number" | "two" | "moment" | "length" | "nothing";

export const OPERATORS: Record<OperatorName, { of: ValueKind; takes: Takes }> = {
  equals: { of: "text", takes: "text" },
  "is not": { of: "text", takes: "text" },
  "one of": { of: "text", takes: "texts" },
  "not one of": { of: "text", takes: "texts" },
  contains: { of: "text", takes: "text" },
  "does not contain": { of: "text", takes: "text" },
  "starts with": { of: "text", takes: "text" },
  "ends with": { of: "text", takes: "text" },
  ">=": { of: "number", takes: "number" },
  ">": { of: "number", takes: "number" },
  "<=": { of: "number", takes: "number" },
  "<": { of: "number", takes: "number" },
  "=": { of: "number", takes: "number" },
  "!=": { of: "number", takes: "number" },
  between: { of: "number", takes: "two" },
  "within last": { of: "moment", takes: "length" },
  "longer ago than": { of: "moment", takes: "length" },
  since: { of: "moment", takes: "moment" },
  before: { of: "moment", takes: "moment" },
  yes: { of: "flag", takes: "nothing" },
  no: { of: "flag", takes: "nothing" },
  present: { of: "any", takes: "nothing" },
  absent: { of: "any", takes: "nothing" },
};

export const OPERATOR_NAMES = Object.keys(OPERATORS) as OperatorName[];

/** Those that can be asked of such a value; of one whose kind is not known, all. */
export function operatorsFor(kinds: readonly ValueKind[]): OperatorName[] {
  if (kinds.length === 0 || kinds.includes("any")) return OPERATOR_NAMES;
  return OPERATOR_NAMES.filter((name) => [...kinds, "any"].includes(OPERATORS[name].of));
}

const WEEK: Length = { days: 7 };

/** Another operator with what was already told, wherever it fits. */
export function withOperator(before: Operator | undefined, name: OperatorName): Operator {
  const told = toldBy(before);
  const number = told.numbers[0] ?? null;
  const made: Record<Takes, () => object> = {
    text: () => ({ text: told.texts[0] ?? "" }),
    texts: () => ({ texts: told.texts }),
    number: () => ({ number }),
    two: () => ({ least: number, most: told.numbers[1] ?? null }),
    moment: () => ({ moment: told.moment }),
    length: () => ({ length: told.length }),
    nothing: () => ({}),
  };
  return { operator: name, ...made[OPERATORS[name].takes]() } as Operator;
}

/** Whether nothing was told it yet. */
export function isBlank(operator: Operator): boolean {
  const { texts, numbers, moment } = toldBy(operator);
  return OPERATORS[operator.operator].takes !== "nothing" && !("length" in operator)
    ? texts.length === 0 && numbers.every((number) => number === null) && moment === ""
    : false;
}

interface Told {
  texts: string[];
  numbers: Typed[];
  moment: string;
  length: Length;
}

function toldBy(operator: Operator | undefined): Told {
  const told: Told = { texts: [], numbers: [], moment: "", length: WEEK };
  if (!operator) return told;
  if ("text" in operator && operator.text) told.texts = [operator.text];
  if ("texts" in operator) told.texts = operator.texts;
  if ("number" in operator) told.numbers = [operator.number];
  if ("least" in operator) told.numbers = [operator.least, operator.most];
  if ("moment" in operator) told.moment = operator.moment;
  if ("length" in operator) told.length = operator.length;
  return told;
}
