// Listens to the page's dataLayer, in which shops tell Google Tag Manager and GA4 what happens:
// what lies in it when we come, and what is pushed later; each entry once.

import { consentModeSignal } from "./consent_mode";
import type { Signal } from "./consent";
import { tell, type Told } from "./ga4";
import type { Facts } from "./message";
import { quiet } from "./quiet";

/** Shops that have both Tag Manager and gtag push the same thing twice within this time. */
const SAME_THING = 1_000;

/** GA4 events of one dataLayer, as a reader that remembers what GTM itself would remember. */
export function reader() {
  let ecommerce: unknown;
  let last = { text: "", from: "", moment: 0 };

  /** What one entry tells, in events of ours; most entries tell nothing. */
  function read(entry: unknown, now: number): Told[] {
    const { from, name, given } = eventOf(entry);
    const told = tell(name, given);
    if (!told.length) return [];
    const text = JSON.stringify(told);
    const again = text === last.text && from !== last.from && now - last.moment < SAME_THING;
    last = { text, from, moment: now };
    return again ? [] : told;
  }

  /** `from` is the form that it came in, and its name there. */
  function eventOf(entry: unknown): { from: string; name: string; given: Facts } {
    if (isCommand(entry)) {
      const [command, event, given] = Array.from(entry);
      const name = command === "event" ? String(event) : "";
      return { from: `gtag ${name}`, name, given: facts(given) };
    }
    const pushed = facts(entry);
    if ("ecommerce" in pushed) ecommerce = pushed.ecommerce;
    const name = typeof pushed.event === "string" ? pushed.event : "";
    return { from: `gtm ${name}`, name, given: { ...pushed, ...facts(ecommerce) } };
  }

  return read;
}

/** `gtag()` pushes its `arguments`: a list in all but name. */
export function isCommand(entry: unknown): entry is ArrayLike<unknown> {
  return typeof entry === "object" && entry !== null && "length" in entry && "0" in entry;
}

function facts(value: unknown): Facts {
  return typeof value === "object" && value !== null ? (value as Facts) : {};
}

export interface Listener {
  signal(signal: Signal): void;
  told(told: Told): void;
}

/**
 * Hook into the list called `name`. Consents that lie in it are heard at once; the events are
 * read when the returned function is called, so that the page's own view comes first.
 */
export function listenToDataLayer(page: Window, name: string, listener: Listener): () => void {
  const holder = page as unknown as Record<string, unknown>;
  if (!Array.isArray(holder[name])) holder[name] = [];
  const layer = holder[name] as unknown[];
  const read = reader();
  let early: unknown[] | undefined = [];

  const hear = quiet((entry: unknown) => {
    if (typeof entry !== "object" || entry === null) return;
    const signal = isCommand(entry) ? consentModeSignal(entry) : undefined;
    if (signal) listener.signal(signal);
    else if (early) early.push(entry);
    else read(entry, Date.now()).forEach(listener.told);
  });

  const push = layer.push;
  layer.push = function (...entries: unknown[]) {
    const length = push.apply(layer, entries);
    entries.forEach((entry) => hear(entry));
    return length;
  };
  layer.slice().forEach((entry) => hear(entry));

  return () => {
    const waiting = early ?? [];
    early = undefined;
    for (const entry of waiting) read(entry, Date.now()).forEach(listener.told);
  };
}
