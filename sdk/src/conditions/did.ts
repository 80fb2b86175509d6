// What she did: how often, how much, the first or last of it, in a window of time.

import { type Document, list, object, text } from "./document";
import { fact, figure, TIMES } from "./figures";
import { fold } from "./fold";
import { operator } from "./operators";
import type { Part } from "./part";
import type { Answer, Event, Item, View } from "./view";
import { THIS_VISIT, window } from "./windows";

type Filter = (event: Event, now: number) => boolean;

export function did(said: Document): Part {
  const name = text(said.event);
  const within = window(said.window ?? { window: "ever" });
  const of = figure(said.of ?? { figure: "times" });
  const is = operator(said.is ?? { operator: ">=", number: 1 });
  const filters = list(said.where ?? []).map(where);
  if (list(said.lines ?? []).length) {
    if (of !== TIMES) throw new Error("lines can be counted only");
    filters.push(inOneLine(list(said.lines).map(lineWhere)));
  }

  const meant = (view: View) =>
    within
      .within(
        view.events.filter((event) => event.name === name),
        view,
      )
      .filter((event) => filters.every((holds) => holds(event, view.now)));

  const answer = (events: readonly Event[], view: View): Answer => {
    const value = of.of(events, is.kind);
    const holds = is.holds(value, view.now);
    if (within.whole(view) || (of.earlier === "nothing" && value !== undefined)) return holds;
    if (of.earlier !== "more") return undefined;
    const more = [Math.max(value as number, is.most), Infinity];
    return more.every((many) => is.holds(many, view.now) === holds) ? holds : undefined;
  };

  return {
    open: within !== THIS_VISIT,
    holds: (view) => answer(meant(view), view),
    changesAt(view) {
      const known = meant(view);
      const [oldest] = known;
      const leaves = (event: Event | undefined) => event && within.leaves?.(event, view);
      if (!within.whole(view)) return earliest([within.wholeAt?.(view), leaves(oldest)]);
      if (of !== TIMES) return leaves(oldest);
      const holds = (many: number) => is.holds(many, view.now);
      const many = known.length;
      return leaves(known.find((_, n) => holds(many - n - 1) !== holds(many)));
    },
  };
}

/** The first of several moments, of which some never come. */
export function earliest(moments: readonly (number | undefined)[]): number | undefined {
  const found = moments.filter((moment): moment is number => moment !== undefined);
  return found.length ? Math.min(...found) : undefined;
}

function where(said: unknown): Filter {
  const { property, is } = object(said, "property is");
  const [name, asked] = [text(property), operator(is)];
  return (event, now) => asked.holds(fact(event, name), now);
}

type LineFilter = (item: Item, now: number) => boolean;

const LINES = ["product", "category", "brand", "price", "quantity"] as const;

function lineWhere(said: unknown): LineFilter {
  const { line, is } = object(said, "line is");
  const [name, asked] = [LINES.find((one) => one === line), operator(is)];
  if (!name) throw new Error("not understood");
  return (item, now) => asked.holds(name === "product" ? fold(item.product) : item[name], now);
}

const inOneLine =
  (filters: readonly LineFilter[]): Filter =>
  (event, now) =>
    (event.items ?? []).some((item) => filters.every((holds) => holds(item, now)));
