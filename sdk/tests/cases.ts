// The shared cases of tests/conditions/cases: each is what a browser may be asked, with the answer
// that every evaluator gives.
import { readdirSync, readFileSync } from "node:fs";
import { momentOf } from "../src/conditions/moments";
import type { Event, Fact, Item, View, Visit } from "../src/conditions/view";

type Line = [string, number?, (number | null)?, (string | null)?, (string | null)?, string?];

interface Told {
  about: string;
  condition: unknown;
  holds: boolean;
  now?: string;
  events?: { name: string; moment?: string; facts?: Event["facts"]; items?: Line[] }[];
  person?: Record<string, string>;
  attributes?: Record<string, Fact | null>;
  visit?: Partial<Omit<Visit, "started" | "last">> & { started: string; last: string };
  cart?: Line[];
  changes_at?: string | null;
}

export interface Case {
  name: string;
  condition: unknown;
  holds: boolean;
  view: View;
  /** Undefined where the case does not say. */
  changesAt: number | null | undefined;
}

const FOLDER = new URL("../../tests/conditions/cases/", import.meta.url);
const NOON = "2026-03-08T12:00:00Z";
/** What every person has; the page may have told each of them. */
const OWN = ["user", "email", "phone", "language", "level", "first seen", "last seen"];

export function readCases(): Case[] {
  return readdirSync(FOLDER)
    .sort()
    .flatMap((file) => entries(file).map((told) => caseOf(file, told)));
}

function entries(file: string): Told[] {
  const all = JSON.parse(readFileSync(new URL(file, FOLDER), "utf8")) as (Told & {
    given?: Partial<Told>;
    cases?: Told[];
  })[];
  return all.flatMap((one) => (one.cases ?? [one]).map((told) => ({ ...one.given, ...told })));
}

function caseOf(file: string, told: Told): Case {
  const { changes_at: at } = told;
  return {
    name: `${file}: ${told.about}`,
    condition: told.condition,
    holds: told.holds,
    view: viewOf(told),
    changesAt: typeof at === "string" ? momentOf(at) : at,
  };
}

/** All of her past is known here, and all that the condition asks of her attributes. */
function viewOf(told: Told): View {
  const events = (told.events ?? []).map(({ name, moment, facts, items }) => ({
    name,
    moment: momentOf(moment ?? NOON),
    facts: facts ?? {},
    items: (items ?? []).map(item),
  }));
  return {
    now: momentOf(told.now ?? NOON),
    zone: "Europe/Rome",
    since: 0,
    events: events.sort((one, other) => one.moment - other.moment),
    told: { ...absent(told.condition), ...own(told.person ?? {}), ...told.attributes },
    person: told.person?.id ?? "anna",
    visit: told.visit ? visit(told.visit) : null,
    cart: told.cart ? { items: told.cart.map(item) } : null,
  };
}

function absent(condition: unknown): Record<string, null> {
  const names: Record<string, null> = {};
  JSON.stringify(condition, (_, part) => {
    if (part?.kind === "attribute") names[part.name] = null;
    return part;
  });
  return names;
}

function own(person: Record<string, string>): Record<string, Fact> {
  const told: Record<string, Fact> = { level: "anonymous" };
  for (const name of OWN) {
    const value = person[name.replace(" ", "_")];
    if (value) told[name] = name.endsWith(" seen") ? momentOf(value) : value;
  }
  return told;
}

function visit(told: NonNullable<Told["visit"]>): Visit {
  const nothing = { number: 1, pages: 0, products: [], categories: [], searches: 0 };
  return { ...nothing, ...told, started: momentOf(told.started), last: momentOf(told.last) };
}

function item([product, quantity = 1, price, category, brand, sku]: Line): Item {
  return { product, quantity, price, category, brand, ...(sku ? { sku } : {}) } as Item;
}
