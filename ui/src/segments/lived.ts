// The days of a segment that have something to tell.
import type { SizeOn } from "@/api/schema";

/** From the day before the first on which there was anybody: one of today has no past to show. */
export function lived(days: readonly SizeOn[]): SizeOn[] {
  const first = days.findIndex((day) => day.people + day.entered + day.left > 0);
  return first < 0 ? [] : days.slice(Math.max(0, first - 1));
}
