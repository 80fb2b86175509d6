// Decisions about a person: which ones belong to a question, and whether each opened or closed a way.

export interface Decision {
  kind: string;
  about: string;
  moment: string;
  seq: number;
  detail: Record<string, unknown>;
}

const CLOSED = new Set(["refused", "not asked", "held", "muted"]);

/** Whether the decision let the person on; a refusal did not. */
export function opened(decision: Decision): boolean {
  return !CLOSED.has(decision.kind);
}

/** Everything one can ask about: `journey/cart-recovery`, `segment/vip`, each once, newest first. */
export function topics(decisions: readonly Decision[]): string[] {
  return [...new Set(decisions.map((decision) => decision.about))];
}

/** In the order in which it happened: a story is read from its beginning. */
export function story(decisions: readonly Decision[], about: string): Decision[] {
  return decisions.filter((decision) => about === "" || decision.about === about).toReversed();
}

/** What a reader can use of the values: ids made by the program say nothing to a person. */
export function shownValues({ kind, detail }: Decision): Record<string, unknown> {
  const told = Object.entries(detail).filter(
    ([name]) => name !== "run" && (name !== "key" || hasOwnKey(kind)),
  );
  return Object.fromEntries(told);
}

/** The key of an entry is the shop's own, such as the cart; that of a message is ours. */
function hasOwnKey(kind: string): boolean {
  return kind === "entered" || kind === "refused";
}
