// What a check said, in words: its question, and the values it decided by.
import { seconds } from "@/reading/duration";
import { share } from "@/reading/money";
import { exact, length } from "@/reading/moments";
import type { Language } from "@/words/language";
import { reasonIn } from "@/words/reasons";
import { wayValues } from "@/why/words";
import { gates, gateValues } from "./gates";

const A_MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d/;

/** `Marketing consent is given`; a check of a newer server goes by its own name. */
export function question(gate: string, language: Language): string {
  return Object.hasOwn(gates, gate) ? gates[gate as keyof typeof gates][language] : gate;
}

/** `needed: yes · state: withdrawn`: absent values are not told. */
export function tellValues(
  values: Record<string, unknown>,
  zone: string,
  language: Language,
): string {
  return Object.entries(values)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]) => `${named(name, language)}: ${tellOne(name, value, zone, language)}`)
    .join(" · ");
}

function named(name: string, language: Language): string {
  if (Object.hasOwn(gateValues, name)) return gateValues[name as keyof typeof gateValues][language];
  return Object.hasOwn(wayValues, name)
    ? wayValues[name as keyof typeof wayValues][language]
    : name;
}

const SHARES = new Set(["drawn", "share"]);

function tellOne(name: string, value: unknown, zone: string, language: Language): string {
  const part = SHARES.has(name) && typeof value === "number";
  return part ? share(value, 1, language) : tellValue(value, zone, language);
}

function tellValue(value: unknown, zone: string, language: Language): string {
  const long = typeof value === "string" ? seconds(value) : null;
  if (long !== null) return length(long, language);
  if (typeof value === "string" && !A_MOMENT.test(value)) return reasonIn(value, language);
  if (typeof value === "boolean") return gateValues[value ? "yes" : "no"][language];
  if (typeof value === "string" && A_MOMENT.test(value)) return exact(value, zone, language);
  if (Array.isArray(value)) return value.join(", ");
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
