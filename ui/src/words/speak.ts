// i18next with our catalogue: `t("people.title")` is checked by the compiler.
import i18next, { type TFunction } from "i18next";
import { initReactI18next } from "react-i18next";
import { wordsIn, type Words } from "./catalogue";
import { asLanguage, firstLanguage, keepLanguage, keptLanguage, LANGUAGES } from "./language";
import type { Language } from "./language";

declare module "i18next" {
  interface CustomTypeOptions {
    resources: { translation: Words };
    returnNull: false;
  }
}

export const speak = i18next.createInstance();

void speak.use(initReactI18next).init({
  lng: firstLanguage(keptLanguage(), globalThis.navigator?.languages ?? []),
  fallbackLng: false,
  supportedLngs: [...LANGUAGES],
  resources: Object.fromEntries(LANGUAGES.map((one) => [one, { translation: wordsIn(one) }])),
  interpolation: { escapeValue: false }, // React escapes
  initAsync: false,
});

speak.on("languageChanged", (language) => {
  if (globalThis.document) document.documentElement.lang = language;
});

export type Say = TFunction;

/** The words of one language, for pure functions such as `sentence(event, language)`. */
export function saysIn(language: Language): Say {
  return speak.getFixedT(language);
}

export function languageNow(): Language {
  return asLanguage(speak.language) ?? "en";
}

export async function changeLanguage(language: Language): Promise<void> {
  keepLanguage(language);
  await speak.changeLanguage(language);
}
