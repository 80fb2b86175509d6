// The calls that a shop's page makes, in Segment's shapes: `innesco.track("Product Viewed", {…})`.

import type { Consent } from "./consent";
import type { Facts, Said } from "./message";

/** What the visitor asks for in a newsletter box. */
export interface Subscription {
  email: string;
  /** `["marketing"]`, `["marketing", "profiling"]`. */
  purposes: string[];
  /** The sentence beside the box, word for word: it is the proof of the consent. */
  text: string;
  source?: string;
  language?: string;
}

/** How the calls reach the rest: a message to say, and what the device knows. */
export interface Behind {
  say(said: Said, how?: { token?: string; asked?: true }): void;
  login(user: string): void;
  logout(): void;
  id(): string;
  allow(said: Partial<Consent>): void;
  allowed(): Consent;
  page(): { language: string; source: string; facts: Facts };
}

export function calls(behind: Behind) {
  return {
    track(event: string, properties: Facts = {}): void {
      behind.say({ type: "track", event: String(event), properties });
    },

    /** `page()`, `page("Carrello")`, `page("Negozio", "Carrello", {…})`; facts may come last. */
    page(...given: unknown[]): void {
      const words = given.filter((word) => typeof word === "string");
      const own = given.find((word) => typeof word === "object" && word !== null);
      const properties = { ...behind.page().facts, ...(own as Facts | undefined) };
      const [category, name] = words.length > 1 ? words : [undefined, words[0]];
      const named = { ...(name ? { name } : {}), ...(category ? { category } : {}) };
      behind.say({ type: "page", ...named, properties });
    },

    /**
     * `identify("c-17", {email}, {token})` at login, `identify({email})` when somebody only types
     * an address. Without a token signed by the shop's server this is a claim, no more.
     */
    identify(user?: unknown, traits?: Facts, { token }: { token?: string } = {}): void {
      const known = typeof user === "string" || typeof user === "number" ? String(user) : "";
      const claimed = typeof user === "object" && user !== null ? (user as Facts) : traits;
      if (known) behind.login(known);
      behind.say({ type: "identify", traits: claimed ?? {} }, token ? { token } : {});
    },

    /** A newsletter box was sent: it goes out even where storage is not allowed. */
    subscribe(wish: Subscription): void {
      const { language, source } = behind.page();
      const properties = { source, language, ...wish };
      behind.say({ type: "track", event: "Subscription Requested", properties }, { asked: true });
    },

    /** Logout: the next person on this device is somebody else. */
    reset(): void {
      behind.logout();
    },

    anonymousId: (): string => behind.id(),

    /** The shop's own banner speaks: `consent({storage: true, profiling: false})`. */
    consent(said?: Partial<Consent>): Consent {
      if (said) behind.allow(said);
      return behind.allowed();
    },
  };
}

export type Calls = ReturnType<typeof calls>;
