// Brings messages to the door: in batches, in order, again until they are taken, also by the next
// page when this one is left. A message keeps its id, so that one which arrives twice counts once.

import { iso } from "./message";
import type { Answer } from "./post";
import {
  envelope,
  firstBatch,
  LARGEST_BATCH,
  LARGEST_FAREWELL,
  type Line,
  MOST_KEPT,
  pause,
  type Queue,
  verdict,
} from "./queue";

/** The world around a queue: the browser's, or a test's. */
export interface Ways {
  key: string;
  now(): number;
  random(): number;
  post(body: string, leaving: boolean): Promise<Answer>;
  later(milliseconds: number, work: () => void): () => void;
  /** Keep this queue for the next page, if the visitor allows it. */
  keep(queue: Queue): void;
  /** May this line go out now? */
  mayGo(line: Line): boolean;
  say(what: string): void;
}

export function delivery(ways: Ways) {
  let lines: Line[] = []; // not yet taken, oldest first
  const flying = new Set<string>();
  let failures = 0;
  let until = 0; // no attempt before that moment
  let asked = 0; // the same, where the server itself asked for it: the next page obeys too
  let left = false;
  let due = Infinity;
  let cancel = () => {};

  function add(line: Line, delay: number): void {
    take([line]);
    schedule(delay);
  }

  /** What another page left, in front of our own. */
  function adopt(queue: Queue): void {
    const known = new Set(lines.map((line) => line.id));
    lines = [...queue.lines.filter((line) => !known.has(line.id)), ...lines];
    until = asked = Math.max(until, queue.until);
    take([]);
    schedule(0);
  }

  function take(more: Line[]): void {
    lines = [...lines, ...more];
    if (lines.length > MOST_KEPT) ways.say("too much is waiting, the oldest events are dropped");
    lines = lines.slice(-MOST_KEPT);
    keep();
  }

  function keep(): void {
    const worthIt = lines.filter((line) => !line.fleeting);
    ways.keep({ lines: worthIt, touched: ways.now(), left, until: asked });
  }

  function schedule(delay: number): void {
    const moment = Math.max(ways.now() + delay, until);
    if (due <= moment) return;
    cancel();
    due = moment;
    cancel = ways.later(moment - ways.now(), () => {
      due = Infinity;
      flush();
    });
  }

  /** One batch at a time; when the page is left, all that it can carry. */
  function flush(leaving = false): void {
    if (ways.now() < until) return schedule(0);
    if (flying.size && !leaving) return; // the answer goes on
    let batch = nextBatch(leaving);
    while (batch.length) {
      send(batch, leaving);
      batch = leaving ? nextBatch(leaving) : [];
    }
  }

  function nextBatch(leaving: boolean): Line[] {
    const free = lines.filter((line) => !flying.has(line.id) && ways.mayGo(line));
    return firstBatch(free, leaving ? LARGEST_FAREWELL : LARGEST_BATCH);
  }

  function send(batch: Line[], leaving: boolean): void {
    for (const line of batch) flying.add(line.id);
    const body = envelope(batch, ways.key, iso(ways.now()));
    void ways.post(body, leaving).then((answer) => settle(batch, answer));
  }

  function settle(batch: Line[], { status, retryAfter }: Answer): void {
    for (const line of batch) flying.delete(line.id);
    const outcome = verdict(status);
    if (outcome === "again") {
      failures += 1;
      until = ways.now() + pause(failures, retryAfter, ways.now(), ways.random());
      if (retryAfter !== null) asked = until;
    } else {
      const done = new Set(batch.map((line) => line.id));
      lines = lines.filter((line) => !done.has(line.id));
      failures = 0;
    }
    if (outcome === "refused") ways.say(`the server refuses these events (${status})`);
    keep();
    if (nextBatch(false).length) schedule(0);
  }

  return {
    add,
    adopt,
    flush,
    keep,
    /** The page is being left: say so, and carry what can be carried. */
    leave(): void {
      left = true;
      keep();
      flush(true);
    },
    /** Back from the browser's memory of pages; what was taken over meanwhile is no longer ours. */
    comeBack(takenOver: boolean): void {
      left = false;
      if (takenOver) lines = [];
      keep();
    },
    /** Change those that are still here, as the id they go under. */
    rename(change: (line: Line) => Line): void {
      lines = lines.map((line) => (flying.has(line.id) ? line : change(line)));
      keep();
    },
  };
}

export type Delivery = ReturnType<typeof delivery>;
