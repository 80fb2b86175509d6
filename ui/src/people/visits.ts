// A timeline folds visit by visit: half an hour without an event of hers ends one.
const PAUSE = 30 * 60 * 1000;

export interface Dated {
  moment: string;
  source?: string;
}

/** Consecutive events, newest first; `hers` is false for what we or the shop's server did. */
export interface Stay<Event> {
  hers: boolean;
  from: string;
  to: string;
  events: Event[];
}

/** Folds events that come newest first into stays that come newest first. */
export function stays<Event extends Dated>(events: readonly Event[]): Stay<Event>[] {
  const found: Stay<Event>[] = [];
  for (const event of events) {
    const last = found.at(-1);
    if (last && belongs(event, last)) {
      last.events.push(event);
      last.from = event.moment;
    } else {
      found.push({ hers: isHers(event), from: event.moment, to: event.moment, events: [event] });
    }
  }
  return found;
}

function belongs(event: Dated, stay: Stay<Dated>): boolean {
  const gap = new Date(stay.from).getTime() - new Date(event.moment).getTime();
  return isHers(event) === stay.hers && gap < PAUSE;
}

function isHers(event: Dated): boolean {
  return (event.source ?? "public") === "public";
}
