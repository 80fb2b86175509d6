// A row of the audit log as a sentence: who did what to what.
import type { Language } from "@/words/language";
import { settings } from "./words";

export interface Recorded {
  act: string;
  about: string; // `journey/cart-recovery`
  detail: Record<string, unknown>;
}

/** `ha pubblicato percorso cart-recovery`; an act of a newer server goes by its own name. */
export function recordedIn({ act, about, detail }: Recorded, language: Language): string {
  const [kind = "", ...rest] = about.split("/");
  const said = word(settings.act, act, language);
  if (kind === "session" || act.endsWith("password")) return said;
  const name = detail.name ?? detail.email ?? rest.join("/");
  return [said, word(settings.about_kind, kind, language), String(name)].filter(Boolean).join(" ");
}

function word(
  words: Record<string, Record<Language, string>>,
  key: string,
  language: Language,
): string {
  return Object.hasOwn(words, key) ? (words[key]?.[language] ?? key) : key;
}
