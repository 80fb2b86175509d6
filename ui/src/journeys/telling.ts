// What a journey does, in words: pure, from its document.
import { seconds } from "@/reading/duration";
import { count, share } from "@/reading/money";
import { length } from "@/reading/moments";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";
import { doing } from "./doings";
import type { Journey, Node, Start, Way } from "./journey";

export interface Teller {
  say: Say;
  language: Language;
}

/** `When somebody puts something into the cart: 2 messages over at most 25 hours. Stops …` */
export function tell(journey: Journey, { say, language }: Teller): string {
  const starts = journey.starts
    .map((start) => tellStart(start, { say, language }))
    .join(say("journeys.tell.or"));
  const nodes = Object.values(journey.nodes);
  const messages = nodes.filter((node) => node.type === "message").length;
  const waits = nodes.reduce((sum, node) => sum + lasting(node), 0);
  const over = waits > 0 ? say("journeys.tell.over", { length: length(waits, language) }) : "";
  const stops = (journey.stops ?? [])
    .map((stop) => doing(stop.event, say, language))
    .join(say("journeys.tell.or"));
  return [
    say("journeys.tell.first", {
      starts,
      messages: say("journeys.tell.messages", { count: messages }),
      over,
    }),
    stops && say("journeys.tell.stops", { stops }),
    journey.holdout && say("journeys.tell.holdout", { share: share(journey.holdout, 1, language) }),
  ]
    .filter(Boolean)
    .join(" ");
}

export function tellStart(start: Start, { say, language }: Teller): string {
  switch (start.type) {
    case "event":
      return doing(start.event, say, language);
    case "attribute":
      return say("journeys.tell.attribute", { name: start.name });
    case "segment":
      return say(start.leaves ? "journeys.tell.leaves" : "journeys.tell.enters", {
        segment: start.segment,
      });
    case "trigger":
      return say("journeys.tell.trigger", { trigger: start.trigger });
  }
}

/** What a document names by id or asks in JSON, in words and by language, as the server told it. */
export interface Told {
  asks: Record<string, Record<string, string>>; // of branches, by node
  templates: Record<string, Record<string, string>>;
}

/** What a box says of its step: `1 hour without “Product Added”`. */
export function tellNode(name: string, node: Node, told: Told, { say, language }: Teller): string {
  const long = length(lasting(node), language);
  switch (node.type) {
    case "message":
      return inLanguage(told.templates[node.template] ?? {}, language) || node.template;
    case "wait":
      return long;
    case "wait for inactivity":
      return say("journeys.tell.quiet", { length: long });
    case "wait for":
      return say("journeys.tell.waitFor", { event: node.event, length: long });
    case "branch":
      return asked(inLanguage(told.asks[name] ?? {}, language)) || say("journeys.tell.branch");
  }
}

/** Beside an arrow: `yes · 30 · 73%`; one that is the only way says its number alone. */
export function tellWay(way: Way, ways: Record<string, number>, { say, language }: Teller): string {
  const went = ways[way] ?? 0;
  const shown = count(went, language);
  if (way === "then") return shown;
  const all = Object.values(ways).reduce((sum, many) => sum + many, 0);
  const part = all > 0 ? [share(went, all, language)] : [];
  return [say(`journeys.way.${way}`), shown, ...part].join(" · ");
}

/** `The cart's value is at least €30.00?`: a condition as the question that it is. */
function asked(condition: string): string {
  return condition && `${condition.charAt(0).toUpperCase()}${condition.slice(1)}?`;
}

function lasting(node: Node): number {
  switch (node.type) {
    case "wait":
    case "wait for inactivity":
      return seconds(node.lasts) ?? 0;
    case "wait for":
      return seconds(node.limit) ?? 0;
    default:
      return 0;
  }
}

/** The name in the reader's language, else in any. */
export function inLanguage(name: Record<string, string>, language: Language): string {
  return name[language] ?? Object.values(name)[0] ?? "";
}
