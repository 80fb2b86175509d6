// Windows: which part of the past a question reads, whether all of it is known here, and when time
// alone carries an event out (`innesco/conditions/window.py`).

import { type Document, entry, number, object, text } from "./document";
import { begins, dayOf, lengthOf, momentOf } from "./moments";
import type { Event, View } from "./view";

export interface Window {
  within(events: readonly Event[], view: View): readonly Event[];
  /** Whether every event that could lie in it is known; those before `view.since` are not. */
  whole(view: View): boolean;
  leaves?(event: Event, view: View): number;
  /** When it will have become whole, if time alone makes it so. */
  wholeAt?(view: View): number;
  /** Of a window that ends before now: the events that time alone will carry in, and when. */
  ahead?(events: readonly Event[], view: View): readonly Event[];
  enters?(event: Event, view: View): number;
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

const lasts = (length: number): Window => ({
  within: (events, { now }) => from(now - length)(events),
  whole: (view) => view.now - length >= view.since,
  leaves: (event) => event.moment + length + 1,
  wholeAt: (view) => view.since + length,
});

const ago = (said: Document): Window => {
  const [start, end] = [lengthOf(said.start), lengthOf(said.end)];
  return {
    ...lasts(start),
    within: (events, { now }) => from(now - start, now - end)(events),
    ahead: (events, { now }) => from(now - end)(events),
    enters: (event) => event.moment + end + 1,
  };
};

/** The events of local days from the first on, up to another one excluded. */
function onDays(events: readonly Event[], zone: string, first: number, end = Infinity) {
  const before = (day: number) => {
    let [from, to] = [0, events.length];
    while (from < to) {
      const middle = (from + to) >> 1; // a calendar is slow to ask: seven times for 100 events
      if (dayOf((events[middle] as Event).moment, zone) < day) from = middle + 1;
      else to = middle;
    }
    return from;
  };
  return events.slice(before(first), end < Infinity ? before(end) : undefined);
}

type Starts = (day: number, ahead: number) => number;

/**
 * Whole units of the shop's calendar: from the one so many ago on, up to now or, when it is
 * closed, up to its own end. `starts` is the first day of the unit so many ahead of a day's own.
 */
const units = (starts: Starts, ago: number, closed: boolean): Window => {
  const at = (day: number, ahead: number, { zone }: View) => begins(starts(day, ahead), zone);
  const day = ({ moment }: Event, { zone }: View) => dayOf(moment, zone);
  const now = (view: View, ahead: number) => starts(dayOf(view.now, view.zone), ahead);
  const unknown = ({ since, zone }: View) => dayOf(since - 1, zone);
  const end = (view: View) => (closed ? now(view, 1 - ago) : Infinity);
  return {
    within: (events, view) => onDays(events, view.zone, now(view, -ago), end(view)),
    whole: (view) => unknown(view) < now(view, -ago),
    leaves: (event, view) => at(day(event, view), ago + 1, view),
    wholeAt: (view) => at(unknown(view), ago + 1, view),
    ...(closed && {
      ahead: (events, view) => onDays(events, view.zone, end(view)),
      enters: (event, view) => at(day(event, view), ago, view),
    }),
  };
};

const MONTHS: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

const calendar = (said: Document): Window => {
  const [unit, ago] = [text(said.unit), number(said.ago ?? 0)];
  if (unit === "week") return units(weekStarts, ago, ago > 0);
  const months = entry(MONTHS, unit);
  const starts: Starts = (day, ahead) => {
    const date = new Date(day * 86_400_000);
    const month = (date.getUTCFullYear() - 1970) * 12 + date.getUTCMonth();
    return Date.UTC(1970, (Math.floor(month / months) + ahead) * months) / 86_400_000;
  };
  return units(starts, ago, ago > 0);
};

/** On Mondays; 1970-01-01 was a Thursday. */
const weekStarts: Starts = (day, ahead) => day - ((day + 3) % 7) + 7 * ahead;

export const THIS_VISIT: Window = {
  within: (events, { visit }) => (visit ? from(visit.started)(events) : []),
  whole: ({ visit, since }) => visit === null || (visit !== undefined && visit.started >= since),
};

const WINDOWS: Readonly<Record<string, Reads>> = {
  ever: ["window", () => between(0)],
  last: ["length", (said) => lasts(lengthOf(said.length))],
  ago: ["start end", ago],
  days: ["days", (said) => units((day, ahead) => day + ahead, number(said.days) - 1, false)],
  calendar: ["unit ago", calendar],
  between: ["start end", (said) => between(momentOf(said.start), momentOf(said.end))],
  before: ["moment", (said) => between(0, momentOf(said.moment))],
  since: ["moment", (said) => between(momentOf(said.moment))],
  "this visit": ["window", () => THIS_VISIT],
};
