// Moments as a person reads them: "3 minutes ago" first, the exact time in the shop's zone on hover.
import type { Language } from "@/words/language";

const LOCALE: Record<Language, string> = { it: "it-IT", en: "en-GB" };

const STEPS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 365 * 86_400],
  ["month", 30 * 86_400],
  ["week", 7 * 86_400],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

/** `relative("…T10:00Z", new Date("…T10:03Z"), "en")` is `3 minutes ago`. */
export function relative(moment: string | Date, now: Date, language: Language): string {
  const gap = (new Date(moment).getTime() - now.getTime()) / 1000;
  const [unit, seconds] = STEPS.find(([, step]) => Math.abs(gap) >= step) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat(LOCALE[language], { numeric: "auto" });
  return format.format(Math.trunc(gap / seconds), unit);
}

/** `23/11/2026, 11:30:05 CET` (the zone is named: the reader may sit in another one). */
export function exact(moment: string | Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    day: "2-digit",
    month: "2-digit",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZone: zone,
    timeZoneName: "short",
  }).format(new Date(moment));
}

/** `11:30` in the shop's zone. */
export function hour(moment: string | Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone,
  }).format(new Date(moment));
}

/** `lunedì 23 novembre 2026`, the day as the shop's zone has it. */
export function day(moment: string | Date, zone: string, language: Language): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    weekday: "long",
    day: "numeric",
    month: "long",
    year: "numeric",
    timeZone: zone,
  }).format(new Date(moment));
}

/** `lunedì 23 novembre`, or `lun 23`, of a day of the shop's calendar: `2026-11-23`. */
export function calendarDay(
  day: string,
  language: Language,
  how: "long" | "short" = "long",
): string {
  return new Intl.DateTimeFormat(LOCALE[language], {
    weekday: how,
    day: "numeric",
    month: how === "long" ? "long" : undefined,
    timeZone: "UTC",
  }).format(new Date(`${day}T12:00:00Z`));
}

/** A length of time in its two largest units: `1 hour 20 minutes`, `2 giorni`. */
export function length(seconds: number, language: Language): string {
  let left = Math.round(Math.abs(seconds));
  const parts: string[] = [];
  for (const [unit, size] of STEPS.slice(3)) {
    const many = Math.floor(left / size);
    if (many > 0) parts.push(named(many, unit, language));
    left -= many * size;
  }
  return parts.slice(0, 2).join(" ") || named(0, "second", language);
}

function named(many: number, unit: string, language: Language): string {
  return new Intl.NumberFormat(LOCALE[language], {
    style: "unit",
    unit,
    unitDisplay: "long",
  }).format(many);
}
