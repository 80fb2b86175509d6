// Money and numbers as a person of this language reads them: 1.234,56 € or €1,234.56.
import type { Language } from "@/words/language";

const LOCALE: Record<Language, string> = { it: "it-IT", en: "en-IE" };

/** How many decimals a currency has: two for the euro, none for the yen. */
export function decimals(currency: string): number {
  const format = new Intl.NumberFormat("en", { style: "currency", currency });
  return format.resolvedOptions().maximumFractionDigits ?? 2;
}

/** `money(123456, "EUR", "it")` is `1.234,56 €`: amounts travel as whole minor units. */
export function money(minor: number, currency: string, language: Language): string {
  const format = new Intl.NumberFormat(LOCALE[language], {
    style: "currency",
    currency,
    useGrouping: "always",
  } as Intl.NumberFormatOptions);
  return format.format(major(minor, currency));
}

/** `1234.56` of 123456 cents: as a file for spreadsheets holds it. */
export function major(minor: number, currency: string): number {
  return minor / 10 ** decimals(currency);
}

/** 123456 of 1234.56 euros: typed as it is read, kept as whole minor units. */
export function minor(major: number, currency: string): number {
  return Math.round(major * 10 ** decimals(currency));
}

/** `€` of EUR, as it stands beside an amount. */
export function symbol(currency: string, language: Language): string {
  const format = new Intl.NumberFormat(LOCALE[language], { style: "currency", currency });
  return format.formatToParts(0).find(({ type }) => type === "currency")?.value ?? currency;
}

/** `1.234` in Italian, `1,234` in English; Italian groups four digits too. */
export function count(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], {
    useGrouping: "always",
  } as Intl.NumberFormatOptions).format(value);
}

/** `share(41, 312, "it")` is `13,1%`; nothing of nothing has no share. */
export function share(part: number, whole: number, language: Language): string {
  if (whole <= 0) return "–";
  return new Intl.NumberFormat(LOCALE[language], {
    style: "percent",
    maximumFractionDigits: 1,
  }).format(part / whole);
}
