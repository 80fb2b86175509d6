// Windows: which part of the past a question reads, whether all of it is known here, and when time
// alone carries an event out (`innesco/conditions/window.py`).

import { type Document, entry, number, object } from "./document";
import { begins, dayOf, lengthOf, momentOf } from "./moments";
import type { Event, View } from "./view";

export interface Window {
  within(events: readonly Event[], view: View): readonly Event[];
  /** Whether every event that could lie in it is known; those before `view.since` are not. */
  whole(view: View): boolean;
  leaves?(event: Event, view: View): number;
  /** When it will have become whole, if time alone makes it so. */
  wholeAt?(view: View): number;
}

type Reads = [fields: string, read: (said: Document) => Window];

export function window(said: unknown): Window {
  const [fields, read] = entry(WINDOWS, (said as Document | null)?.window);
  return read(object(said, `window ${fields}`));
}

/** From a moment on, up to another one excluded. */
const from =
  (start: number, end = Infinity) =>
  (events: readonly Event[]) =>
    events.filter(({ moment }) => start <= moment && moment < end);

const between = (start: number, end?: number): Window => ({
  within: from(start, end),
  whole: (view) => start >= view.since,
});

const last = (said: Document): Window => {
  const length = lengthOf(said.length);
  return {
    within: (events, view) => from(view.now - length)(events),
    whole: (view) => view.now - length >= view.since,
    leaves: (event) => event.moment + length + 1,
    wholeAt: (view) => view.since + length,
  };
};

const days = (said: Document): Window => {
  const many = number(said.days);
  const first = (view: View) => dayOf(view.now, view.zone) - many + 1;
  const unknown = (view: View) => dayOf(view.since - 1, view.zone);
  return {
    within: (events, view) => {
      const start = first(view);
      let [from, to] = [0, events.length];
      while (from < to) {
        const middle = (from + to) >> 1; // a calendar is slow to ask: seven times for 100 events
        if (dayOf((events[middle] as Event).moment, view.zone) < start) from = middle + 1;
        else to = middle;
      }
      return events.slice(from);
    },
    whole: (view) => unknown(view) < first(view),
    leaves: (event, view) => begins(dayOf(event.moment, view.zone) + many, view.zone),
    wholeAt: (view) => begins(unknown(view) + many, view.zone),
  };
};

export const THIS_VISIT: Window = {
  within: (events, { visit }) => (visit ? from(visit.started)(events) : []),
  whole: ({ visit, since }) => visit === null || (visit !== undefined && visit.started >= since),
};

const WINDOWS: Readonly<Record<string, Reads>> = {
  ever: ["window", () => between(0)],
  last: ["length", last],
  days: ["days", days],
  between: ["start end", (said) => between(momentOf(said.start), momentOf(said.end))],
  before: ["moment", (said) => between(0, momentOf(said.moment))],
  since: ["moment", (said) => between(momentOf(said.moment))],
  "this visit": ["window", () => THIS_VISIT],
};
