// A condition as it stands in JSON: the kinds that the builder has a form for, and all others.

export interface Length {
  days?: number;
  hours?: number;
  minutes?: number;
  seconds?: number;
}

/** A number that is being typed may not be there yet. */
export type Typed = number | null;

export type TextOperator =
  | {
      operator: "equals" | "is not" | "contains" | "does not contain" | "starts with" | "ends with";
      text: string;
    }
  | { operator: "one of" | "not one of"; texts: string[] };
export type NumberOperator =
  | { operator: "=" | "!=" | "<" | "<=" | ">" | ">="; number: Typed }
  | { operator: "between"; least: Typed; most: Typed };
export type MomentOperator =
  | { operator: "before" | "since"; moment: string }
  | { operator: "within last" | "longer ago than"; length: Length };
export type KnownOperator = { operator: "present" | "absent" | "yes" | "no" };
export type Operator = TextOperator | NumberOperator | MomentOperator | KnownOperator;

export const CALENDAR_UNITS = ["week", "month", "quarter", "year"] as const;
export type CalendarUnit = (typeof CALENDAR_UNITS)[number];

export type Window =
  | { window: "ever" | "this visit" }
  | { window: "last"; length: Length }
  | { window: "days"; days: Typed }
  | { window: "ago"; start: Length; end: Length }
  | { window: "calendar"; unit: CalendarUnit; ago?: number }
  | { window: "between"; start: string; end: string }
  | { window: "before" | "since"; moment: string };

export const FIGURES = ["sum", "average", "min", "max", "distinct", "first", "last"] as const;
export type FigureName = (typeof FIGURES)[number];
export type Figure = { figure: "times" } | { figure: FigureName; property: string };

export const LINES = ["product", "category", "brand", "price", "quantity"] as const;
export interface Where {
  property: string;
  is: Operator;
}
export interface LineWhere {
  line: (typeof LINES)[number];
  is: Operator;
}

/** An event of a name, for which the filters hold. */
export interface Such {
  event: string;
  where?: Where[];
  lines?: LineWhere[];
}

export interface Did extends Such {
  kind: "did";
  window?: Window;
  of?: Figure;
  is?: Operator;
}

/** An event that must not be there; with `same`, one of the same product, cart … only. */
export interface Missing extends Such {
  same?: boolean;
}
export interface Step extends Such {
  within?: Length; // of the step before, at most
  after?: Length; // of the step before, at least
  without?: Missing[]; // none of these between the two
}
export interface Sequence {
  kind: "sequence";
  steps: Step[];
  same?: string[]; // properties with one and the same value in all steps
  window?: Window;
  afterwards?: { without: Missing[]; length?: Length };
}

export const VISIT_FIGURES = [
  "products",
  "pages",
  "categories",
  "searches",
  "seconds",
  "number",
] as const;
export const CHANNELS = ["email", "sms"] as const;
export const PURPOSES = ["marketing", "profiling", "open tracking"] as const;

export type Known =
  | Did
  | Sequence
  | { kind: "attribute"; name: string; is: Operator }
  | { kind: "visit"; figure: (typeof VISIT_FIGURES)[number]; is: NumberOperator }
  | { kind: "cart"; figure: "value" | "count"; is: NumberOperator }
  | { kind: "cart has"; product: string }
  | { kind: "in segment"; segment: string; since?: MomentOperator | { operator: "present" } }
  | { kind: "in journey"; journey: string }
  | { kind: "consent"; channel: (typeof CHANNELS)[number]; purpose?: (typeof PURPOSES)[number] }
  | { kind: "reachable"; channel: (typeof CHANNELS)[number] }
  | { kind: "random share"; salt: string; start: Typed; end: Typed };
export type KnownKind = Known["kind"];
export type Of<Kind extends KnownKind> = Extract<Known, { kind: Kind }>;

/** Any condition document; what the builder does not know is carried along as it is. */
export interface Document {
  kind: string;
}
