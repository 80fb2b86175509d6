// What is known of a name: of which kinds its values were, and whether they are money.
import { useEffect } from "react";
import type { LineWhere, Operator } from "./document";
import { isBlank, OPERATORS, operatorsFor, withOperator, type ValueKind } from "./operators";
import { useSeen } from "./queries";

const MONEY = new Set(["price", "value", "value_base"]);

export function isMoney(property: string): boolean {
  return MONEY.has(property);
}

export function kindOfLine(line: LineWhere["line"]): "text" | "number" {
  return line === "price" || line === "quantity" ? "number" : "text";
}

/** Another operator by itself, where what it asks of is of another kind and nothing is told yet. */
export function useFitting(is: Operator, kinds: ValueKind[], change: (is: Operator) => void): void {
  const fits = kinds.length === 0 || kinds.includes(OPERATORS[is.operator].of);
  const [first] = operatorsFor(kinds);
  const misfit = !fits && first !== undefined && isBlank(is);
  useEffect(() => {
    if (misfit) change(withOperator(is, first));
  });
}

/** The kinds in which a property or attribute came; none when nobody saw it yet. */
export function useKinds(of: "property" | "attribute", name: string, event = ""): ValueKind[] {
  const seen = useSeen({ of, event, search: name }, name !== "").data ?? [];
  const kinds = seen.filter((one) => one.value === name).map(({ kind }) => kind);
  return [...new Set<ValueKind>(kinds)];
}
