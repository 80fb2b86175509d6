// A length of time in the one unit that says it best.
import type { Length, Typed } from "./document";

export const LENGTH_UNITS = ["days", "hours", "minutes", "seconds"] as const;
export type LengthUnit = (typeof LENGTH_UNITS)[number];
const SECONDS: Record<LengthUnit, number> = { days: 86_400, hours: 3_600, minutes: 60, seconds: 1 };

export function secondsOf(length: Length): number {
  return LENGTH_UNITS.reduce((sum, unit) => sum + (length[unit] ?? 0) * SECONDS[unit], 0);
}

/** `{days: 1, hours: 2}` is 26 hours: the largest unit in which it is whole. */
export function oneUnit(length: Length): { many: Typed; unit: LengthUnit } {
  const said = LENGTH_UNITS.filter((unit) => length[unit]);
  const [only = LENGTH_UNITS.find((unit) => length[unit] !== undefined) ?? "days"] = said;
  if (said.length < 2) return { many: length[only] || null, unit: only };
  const sum = secondsOf(length);
  const unit = LENGTH_UNITS.find((unit) => sum % SECONDS[unit] === 0) ?? "seconds";
  return { many: sum / SECONDS[unit], unit };
}
