// What the nightly work's record means: pure, from what the server tells.
import type { settings } from "./words";

export interface Told {
  last: { began: string; failed?: Record<string, string> } | null;
  under_way: string | null;
}

export type Standing = "none" | "failed" | "late" | "good";
export type Part = keyof typeof settings.night.part;
export interface Failure {
  part: Part;
  why: string;
}

/** Two nights may be as far apart, in hours: the clock changes, and one may take long. */
const LATE_HOURS = 27;
const PARTS: readonly Part[] = ["retention", "compaction", "backup"];

/** The one thing to say first; a failure counts for more than its age. */
export function standing(told: Told, now: Date): Standing {
  if (!told.last) return "none";
  if (failures(told.last).length > 0) return "failed";
  const hours = (now.getTime() - new Date(told.last.began).getTime()) / 3_600_000;
  return hours > LATE_HOURS && !told.under_way ? "late" : "good";
}

/** Each part that failed, with what it said; the rest are files of the record itself. */
export function failures(last: { failed?: Record<string, string> }): Failure[] {
  return Object.entries(last.failed ?? {}).map(([name, why]) => ({
    part: PARTS.find((part) => part === name) ?? "record",
    why,
  }));
}
