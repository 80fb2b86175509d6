// What a journey does, in words: pure, from its document.
import { seconds } from "@/reading/duration";
import { share } from "@/reading/money";
import { length } from "@/reading/moments";
import type { Language } from "@/words/language";
import type { Say } from "@/words/speak";
import { doing } from "./doings";
import type { Journey, Node, Start } from "./journey";

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

/** One line inside a box: `1 hour without “Product Added”`. */
export function tellNode(node: Node, { say, language }: Teller): string {
  const long = length(lasting(node), language);
  switch (node.type) {
    case "message":
      return node.template;
    case "wait":
      return long;
    case "wait for inactivity":
      return say("journeys.tell.quiet", { length: long });
    case "wait for":
      return say("journeys.tell.waitFor", { event: node.event, length: long });
    case "branch":
      return say("journeys.tell.branch");
  }
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
