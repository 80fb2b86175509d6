// What each kind of condition begins with, and how a question about what she did reads.
import type { Did, Figure, FigureName, Known, KnownKind } from "./document";
import { OPERATORS } from "./operators";

export type Beginning = "did" | "never did" | Exclude<KnownKind, "did">;

/** Ready to be filled in: what cannot be guessed is empty, and the builder asks for it. */
export const BEGINNINGS: Record<Beginning, () => Known> = {
  did: () => ({ kind: "did", event: "" }),
  "never did": () => ({ kind: "did", event: "", is: { operator: "=", number: 0 } }),
  sequence: () => ({ kind: "sequence", steps: [{ event: "" }, { event: "" }] }),
  attribute: () => ({ kind: "attribute", name: "", is: { operator: "equals", text: "" } }),
  visit: () => ({ kind: "visit", figure: "products", is: { operator: ">=", number: 3 } }),
  cart: () => ({ kind: "cart", figure: "value", is: { operator: ">=", number: 5000 } }),
  "cart has": () => ({ kind: "cart has", product: "" }),
  "in segment": () => ({ kind: "in segment", segment: "" }),
  "in journey": () => ({ kind: "in journey", journey: "" }),
  consent: () => ({ kind: "consent", channel: "email", purpose: "marketing" }),
  reachable: () => ({ kind: "reachable", channel: "email" }),
  "random share": () => ({ kind: "random share", salt: "share", start: 0, end: 0.1 }),
};

/** What is asked of the events that are meant: whether there is one, how many, or a figure. */
export type Asked = "once" | "never" | "times" | FigureName;

export function askedOf({ of, is }: Did): Asked {
  if (of && of.figure !== "times") return of.figure;
  if (!is) return "once";
  return is.operator === "=" && is.number === 0 ? "never" : "times";
}

/** The same events, asked otherwise; a figure keeps its property. */
export function asking(did: Did, asked: Asked): Did {
  const { of, is, ...rest } = did;
  if (asked === "once") return rest;
  if (asked === "never") return { ...rest, is: { operator: "=", number: 0 } };
  const counted = is && OPERATORS[is.operator].of === "number" && askedOf(did) !== "never";
  if (asked === "times") return { ...rest, is: counted ? is : { operator: ">=", number: 2 } };
  const property = of && of.figure !== "times" ? of.property : "";
  const figure: Figure = { figure: asked, property };
  if (asked === "first" || asked === "last")
    return { ...withoutLines(rest), of: figure, is: is ?? { operator: "equals", text: "" } };
  return {
    ...withoutLines(rest),
    of: figure,
    is: counted ? is : { operator: ">=", number: null },
  };
}

/** Lines can be counted only. */
function withoutLines({ lines: _, ...rest }: Did): Did {
  return rest;
}
