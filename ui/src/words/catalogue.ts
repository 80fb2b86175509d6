// Every sentence of the admin, by subject; each stands beside its own translation, so neither
// language can lack one.
import { errors } from "@/patterns/words";
import { frame } from "@/frame/words";
import { conditions } from "@/conditions/words";
import { home } from "@/home/words";
import { journeys } from "@/journeys/words";
import { messages } from "@/messages/words";
import { gates, gateValues } from "@/messages/gates";
import { happened } from "@/people/happened";
import { people } from "@/people/words";
import { quarantine } from "@/quarantine/words";
import { sandbox } from "@/sandbox/words";
import { segments } from "@/segments/words";
import { settings } from "@/settings/words";
import { signin } from "@/signin/words";
import { wayValues, why } from "@/why/words";
import type { Language } from "./language";

export const catalogue = {
  conditions,
  errors,
  frame,
  gates,
  gateValues,
  happened,
  home,
  journeys,
  messages,
  people,
  quarantine,
  sandbox,
  segments,
  settings,
  signin,
  wayValues,
  why,
};

/** One sentence in both languages. */
export interface Both {
  en: string;
  it: string;
}

type Said<T> = T extends Both ? string : { [Key in keyof T]: Said<T[Key]> };
export type Words = Said<typeof catalogue>;

function isBoth(entry: unknown): entry is Both {
  return typeof (entry as Both).en === "string" && typeof (entry as Both).it === "string";
}

/** The catalogue in one language, in the shape that i18next wants. */
export function wordsIn(language: Language, of: object = catalogue): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(of)) {
    said[key] = isBoth(entry) ? entry[language] : wordsIn(language, entry as object);
    // Italian says "un milione di persone" by a third form; ours needs no other words for it.
    if (key.endsWith("_other")) said[key.replace("_other", "_many")] = said[key];
  }
  return said;
}

/** `people.title → {en, it}` for every sentence. */
export function sentences(of: object = catalogue, place = ""): [string, Both][] {
  return Object.entries(of).flatMap(([key, entry]): [string, Both][] =>
    isBoth(entry) ? [[place + key, entry]] : sentences(entry as object, `${place}${key}.`),
  );
}
