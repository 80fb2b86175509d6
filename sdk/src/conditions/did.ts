// What she did: how often, how much, the first or last of it, in a window of time.

import { type Document, expect, list, object, text } from "./document";
import { fact, figure, TIMES } from "./figures";
import { fold } from "./fold";
import { type Operator, operator, type Value } from "./operators";
import type { Part } from "./part";
import type { Answer, Event, Item, View } from "./view";
import { THIS_VISIT, window } from "./windows";

interface Filter<T> {
  holds(of: T, now: number): boolean;
  /** When time alone may change the answer. */
  changesAt(of: T, now: number): number | undefined;
  /** Whether it ever does. */
  ages: boolean;
}

export function did(said: Document): Part {
  const name = text(said.event);
  const within = window(said.window ?? { window: "ever" });
  const of = figure(said.of ?? { figure: "times" });
  const is = operator(said.is ?? { operator: ">=", number: 1 });
  const lines = list(said.lines ?? []).map(lineWhere);
  const lined = expect(!lines.length || of === TIMES, lines.length); // lines can be counted only
  const filters = [...list(said.where ?? []).map(where), ...(lined ? [inOneLine(lines)] : [])];

  const ages = Boolean(is.changesAt) || filters.some((filter) => filter.ages);
  const named = ({ events }: View) => events.filter((event) => event.name === name);
  const filtered = (events: readonly Event[], { now }: View) =>
    events.filter((event) => filters.every((filter) => filter.holds(event, now)));
  const inside = (view: View) => within.within(named(view), view);
  const meant = (view: View) => filtered(inside(view), view);

  const answer = (events: readonly Event[], view: View): Answer => {
    const value = of.of(events, is.kind);
    const holds = is.holds(value, view.now);
    if (within.whole(view) || (of.earlier === "nothing" && value !== undefined)) return holds;
    if (of.earlier !== "more") return undefined;
    const more = [Math.max(value as number, is.most), Infinity];
    return more.every((many) => is.holds(many, view.now) === holds) ? holds : undefined;
  };

  const leavesAt = (known: readonly Event[], view: View) => {
    const [oldest] = known;
    const leaves = (event: Event | undefined) => event && within.leaves?.(event, view);
    if (!within.whole(view)) return earliest([within.wholeAt?.(view), leaves(oldest)]);
    if (of !== TIMES || within.ahead) return leaves(oldest);
    const holds = (many: number) => is.holds(many, view.now);
    const many = known.length;
    return leaves(known.find((_, n) => holds(many - n - 1) !== holds(many)));
  };

  /** When the first event enters a window that ends before now. */
  const entersAt = (view: View) => {
    const ahead = within.ahead?.(named(view), view) ?? [];
    const [first] = ages ? ahead : filtered(ahead, view); // by then it may be too old for a filter
    return first && within.enters?.(first, view);
  };

  /** When the figure's own answer, or that of a filter about an event, grows too old. */
  const growsOldAt = (known: readonly Event[], view: View) =>
    earliest([
      is.changesAt?.(of.of(known, is.kind), view.now),
      ...inside(view)
        .filter(({ items }) => !lined || items?.length)
        .flatMap((event) => filters.map((filter) => filter.changesAt(event, view.now))),
    ]);

  return {
    open: within !== THIS_VISIT,
    holds: (view) => answer(meant(view), view),
    changesAt(view) {
      const known = meant(view);
      return earliest([leavesAt(known, view), entersAt(view), growsOldAt(known, view)]);
    },
  };
}

/** The first of several moments, of which some never come. */
export function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const found = moments.filter((moment): moment is number => moment !== undefined);
  return found.length ? Math.min(...found) : undefined;
}

function where(said: unknown): Filter<Event> {
  const { property, is } = object(said, "property is");
  const [name, asked] = [text(property), operator(is)];
  return ofValue((event) => fact(event, name), asked);
}

const LINES = ["product", "category", "brand", "price", "quantity"] as const;

function lineWhere(said: unknown): Filter<Item> {
  const { line, is } = object(said, "line is");
  const [name, asked] = [line as (typeof LINES)[number], operator(is)];
  expect(LINES.includes(name), name);
  return ofValue((item) => (name === "product" ? fold(item.product) : item[name]), asked);
}

const ofValue = <T>(value: (of: T) => Value, asked: Operator): Filter<T> => ({
  holds: (of, now) => asked.holds(value(of), now),
  changesAt: (of, now) => asked.changesAt?.(value(of), now),
  ages: Boolean(asked.changesAt),
});

const inOneLine = (filters: readonly Filter<Item>[]): Filter<Event> => ({
  holds: (event, now) =>
    (event.items ?? []).some((item) => filters.every((filter) => filter.holds(item, now))),
  changesAt: (event, now) =>
    earliest(
      (event.items ?? []).flatMap((item) => filters.map((filter) => filter.changesAt(item, now))),
    ),
  ages: filters.some((filter) => filter.ages),
});
