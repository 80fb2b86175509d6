// What is known of a name: of which kinds its values were, and whether they are money.
import type { LineWhere } from "./document";
import type { ValueKind } from "./operators";
import { useSeen } from "./queries";

const MONEY = new Set(["price", "value", "value_base"]);

export function isMoney(property: string): boolean {
  return MONEY.has(property);
}

export function kindOfLine(line: LineWhere["line"]): "text" | "number" {
  return line === "price" || line === "quantity" ? "number" : "text";
}

/** The kinds in which a property or attribute came; none when nobody saw it yet. */
export function useKinds(of: "property" | "attribute", name: string, event = ""): ValueKind[] {
  const seen = useSeen({ of, event, search: name }, name !== "").data ?? [];
  const kinds = seen.filter((one) => one.value === name).map(({ kind }) => kind);
  return [...new Set<ValueKind>(kinds)];
}
