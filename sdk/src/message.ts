// A message: one thing that happened on the page, in the shape of Segment's public spec
// (https://segment.com/docs/connections/spec/common/), which Innesco's door reads.

import type { Campaign } from "./campaign";
import type { Consent } from "./consent";
import type { Place } from "./place";

export type Facts = Record<string, unknown>;

/** What each kind of message says of its own. */
export type Said =
  | { type: "track"; event: string; properties: Facts }
  | { type: "page"; name?: string; category?: string; properties: Facts }
  | { type: "identify"; traits: Facts }
  | { type: "alias"; previousId: string };

export interface Context {
  library: { name: string; version: string };
  page: Place;
  locale: string;
  campaign?: Campaign;
  token?: string;
  consent: Consent;
  visit: { id: string; started: string; first?: boolean };
  timezone?: string;
  userAgent?: string;
  screen?: { width: number; height: number; density: number };
}

export type Message = Said & {
  messageId: string;
  anonymousId: string;
  userId?: string;
  timestamp: string;
  context: Context;
};

/** 128 bits from the browser's own source of randomness: no other visitor has them. */
export function randomId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

export function iso(moment: number): string {
  return new Date(moment).toISOString();
}
