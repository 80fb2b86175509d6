// A condition in the browser: the very document that the server asks, answered from what the page
// knows. `read` never throws: what cannot be known or is not understood here leaves the answer
// open, and true, false and open follow Kleene's three-valued logic.

import { did, earliest } from "./did";
import { type Document, entry, expect, list, object } from "./document";
import { attribute, cart, cartHas, randomShare, visit } from "./leaves";
import type { Part } from "./part";
import type { Answer, View } from "./view";

export interface Condition {
  holds(view: View): Answer;
  /** Until then, time alone changes nothing of the answer; undefined: it never does. */
  changesAt(view: View): number | undefined;
  /** The places of the parts that a visit alone may not answer: `conditions[0].condition`. */
  open: readonly string[];
}

/** Braces within braces; the server refuses what is deeper. */
const DEEPEST = 50;

const LEAVES: Readonly<Record<string, [fields: string, read: (said: Document) => Part]>> = {
  attribute: ["name is", attribute],
  did: ["event where lines window of is", did],
  visit: ["figure is", visit],
  cart: ["figure is", cart],
  "cart has": ["product", cartHas],
  "random share": ["salt start end", randomShare],
};
const OPEN: Part = { holds: () => undefined, open: true };

/** The condition in a document: JSON text, or what was parsed of it. */
export function read(document: unknown): Condition {
  const open: string[] = [];
  try {
    const said: unknown = typeof document === "string" ? JSON.parse(document) : document;
    return condition(part(said, "", 1, open), open);
  } catch {
    return condition(OPEN, [""]);
  }
}

const condition = ({ holds, changesAt }: Part, open: readonly string[]): Condition => ({
  holds,
  changesAt: (view) => changesAt?.(view),
  open,
});

function part(said: unknown, place: string, depth: number, open: string[]): Part {
  const kind = expect(depth <= DEEPEST, said as Document | null)?.kind;
  const inside = (one: unknown, name: string) =>
    part(one, place ? `${place}.${name}` : name, depth + 1, open);
  if (kind === "not") return not(inside(object(said, "kind condition").condition, "condition"));
  if (kind === "all" || kind === "any") {
    const parts = list(object(said, "kind conditions").conditions);
    return group(kind === "any", parts.map((one, n) => inside(one, `conditions[${n}]`)));
  }
  const found = leaf(said, kind);
  if (found.open) open.push(place);
  return found;
}

function leaf(said: unknown, kind: unknown): Part {
  try {
    const [fields, read] = entry(LEAVES, kind);
    return read(object(said, `kind ${fields}`));
  } catch {
    return OPEN;
  }
}

const not = (inner: Part): Part => ({
  ...inner,
  holds: (view) => {
    const answer = inner.holds(view);
    return answer === undefined ? undefined : !answer;
  },
});

/** One part that answers as `decides` decides; of none, the answer is the other one. */
const group = (decides: boolean, parts: readonly Part[]): Part => ({
  holds(view) {
    let answer: Answer = !decides;
    for (const one of parts) {
      const said = one.holds(view);
      if (said === decides) return decides;
      if (said === undefined) answer = undefined;
    }
    return answer;
  },
  changesAt: (view) => earliest(parts.map((one) => one.changesAt?.(view))),
});
