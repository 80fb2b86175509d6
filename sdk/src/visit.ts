// A visit: one stay on the site, ended by half an hour of silence or by coming back through
// another campaign.

export const SILENCE = 30 * 60_000;

export interface Visit {
  id: string;
  /** Epoch milliseconds. */
  started: number;
  /** When we last heard of it, in any tab. */
  seen: number;
  /** The first visit of this device that we know of. */
  first: boolean;
  /** The campaign that brought it, as one text. */
  campaign?: string;
}

/**
 * The visit that something belongs to that happens now: the same one, heard of now, or a new one.
 *
 * `campaign` is the one in the page's address, or `undefined`; the same campaign again (a reload,
 * a second tab) does not start a visit anew.
 */
export function goOn(
  visit: Visit | undefined,
  now: number,
  campaign: string | undefined,
  newId: () => string,
): Visit {
  const same = visit && now - visit.seen < SILENCE && (!campaign || campaign === visit.campaign);
  if (same) return { ...visit, seen: Math.max(now, visit.seen) };
  const begun: Visit = { id: newId(), started: now, seen: now, first: !visit };
  return campaign ? { ...begun, campaign } : begun;
}
