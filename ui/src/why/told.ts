// The way's gates in words: pure, so that it is tested without a browser.
import type { Language } from "@/words/language";
import { question } from "@/messages/gate";
import { why } from "./words";

/** `The journey was in force`; a gate of a newer server goes by its own name. */
export function gateOfWay(gate: string, language: Language): string {
  return Object.hasOwn(why.gates, gate)
    ? why.gates[gate as keyof typeof why.gates][language]
    : question(gate, language);
}

/** Where a run is told: `/people/p1?why=journey/cart&run=r2`. */
export function toRun(person: string, journey: string, run: string): string {
  const about = new URLSearchParams({ why: `journey/${journey}`, ...(run ? { run } : {}) });
  return `/people/${encodeURIComponent(person)}?${about}`;
}
