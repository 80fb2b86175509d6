// The languages the admin speaks, and which one a newcomer sees first.
export const LANGUAGES = ["it", "en"] as const;
export type Language = (typeof LANGUAGES)[number];

export const LANGUAGE_NAMES: Record<Language, string> = { it: "Italiano", en: "English" };

const KEPT = "innesco-language";

export function asLanguage(text: string | null | undefined): Language | null {
  const two = text?.slice(0, 2).toLowerCase();
  return LANGUAGES.find((language) => language === two) ?? null;
}

/** The one chosen before on this browser, else the browser's own, else English. */
export function firstLanguage(kept: string | null, browser: readonly string[]): Language {
  const wished = [kept, ...browser].map(asLanguage);
  return wished.find((language) => language !== null) ?? "en";
}

export function keptLanguage(): string | null {
  return globalThis.localStorage?.getItem(KEPT) ?? null;
}

export function keepLanguage(language: Language): void {
  globalThis.localStorage?.setItem(KEPT, language);
}
