// What a condition may look at in the browser: what the page told of her, the visit, the cart, and
// what she did since a moment. Moments are whole microseconds since 1970; texts are as the page
// told them, facts of events folded and money in minor units, as `innesco/events/event.py` has them.

export type Fact = string | number | boolean;

/** True, false, or undefined: what would decide it is not known here. */
export type Answer = boolean | undefined;

export interface Item {
  product: string;
  quantity: number;
  price?: number | null;
  category?: string | null;
  brand?: string | null;
  /** The variant's own id, where it is another than the product's. */
  sku?: string | null;
}

export interface Event {
  name: string;
  moment: number;
  facts: Readonly<Record<string, Fact>>;
  items?: readonly Item[];
}

export interface Visit {
  started: number;
  /** The moment of its last event. */
  last: number;
  /** 1 in her first visit; absent where nobody knows. */
  number?: number;
  pages: number;
  products: readonly string[];
  categories: readonly string[];
  searches: number;
}

export interface View {
  now: number;
  /** The shop's: `Europe/Rome`. */
  zone: string;
  /** In the order of their moments, none later than `now`. */
  events: readonly Event[];
  /** From this moment on, `events` are all there are: the start of the visit, as a rule. */
  since: number;
  /** Attributes by name; null is told to be absent, what is not here is not known. */
  told: Readonly<Record<string, Fact | null>>;
  /** The profile's id, where the server told it. */
  person?: string;
  /** Null: she was never on the site. Absent: not known. */
  visit?: Visit | null;
  /** Null: she has none. Absent: not known. */
  cart?: { items: readonly Item[] } | null;
}
