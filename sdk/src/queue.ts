// The sums of the queue: what fits into one request, how long to wait, when a queue that another
// page left behind may be taken over. No network and no clock in here.

export const LARGEST_EVENT = 30_000;
export const LARGEST_BATCH = 400_000;
export const MOST_EVENTS = 50;
/** Browsers carry at most 64 KiB for a page that is being left, all its requests together. */
export const LARGEST_FAREWELL = 60_000;
/** More is not kept for a server that does not answer; the oldest goes first. */
export const MOST_KEPT = 500;

const LONGEST_WAIT = 5 * 60_000;
const ORPHANED = 2 * LONGEST_WAIT;

/** One message, as the text that will be sent. */
export interface Line {
  id: string;
  text: string;
  /** Asked for by the visitor, as a subscription: it goes out whatever was allowed. */
  asked?: true;
  /** Not worth a second attempt: it is not kept beyond the page. */
  fleeting?: true;
}

/** A page's queue as it lies in localStorage. */
export interface Queue {
  lines: Line[];
  /** When its page last touched it, epoch milliseconds. */
  touched: number;
  /** Its page is gone. */
  left: boolean;
  /** The server asked to be left alone until then. */
  until: number;
}

export function bytes(text: string): number {
  return new TextEncoder().encode(text).length;
}

/** The first lines, as many as fit into one request. */
export function firstBatch(lines: Line[], largest: number): Line[] {
  let size = 200; // the envelope around them
  const fitting = lines.slice(0, MOST_EVENTS).findIndex((line) => {
    size += bytes(line.text) + 1;
    return size > largest;
  });
  return lines.slice(0, fitting < 0 ? MOST_EVENTS : fitting);
}

export type Verdict = "taken" | "again" | "refused";

/** What a status means for the batch; 0 is no answer at all. A refusal would be one tomorrow too. */
export function verdict(status: number): Verdict {
  if (status >= 200 && status < 300) return "taken";
  const passing = status < 400 || status >= 500 || [408, 425, 429].includes(status);
  return passing ? "again" : "refused";
}

/** Milliseconds before the next attempt: what the server asks for, else twice as long each time. */
export function pause(failures: number, retryAfter: string | null, now: number, random: number) {
  const asked = retryAfter === null ? NaN : Number(retryAfter) * 1000;
  const until = Number.isNaN(asked) ? Date.parse(retryAfter ?? "") - now : asked;
  const doubled = 1000 * 2 ** Math.min(failures - 1, 9) * (1 + random / 2);
  return Math.min(LONGEST_WAIT, Number.isNaN(until) ? doubled : Math.max(0, until));
}

/** A page that lives touches its queue at least every five minutes, or says that it leaves. */
export function orphaned(queue: Queue, now: number): boolean {
  return queue.left || now - queue.touched > ORPHANED;
}

/** The ids that messages not yet sent go under, changed. */
export function renamed(line: Line, from: string, to: string): Line {
  return { ...line, text: line.text.split(`"anonymousId":"${from}"`).join(`"anonymousId":"${to}"`) };
}

export function envelope(lines: Line[], key: string, sentAt: string): string {
  const batch = lines.map((line) => line.text).join();
  return `{"batch":[${batch}],"sentAt":"${sentAt}","writeKey":${JSON.stringify(key)}}`;
}
