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
