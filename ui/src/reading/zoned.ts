// Moments of the shop's calendar as a field for date and time holds them, without their zone.

/** `clockOf("2026-11-23T10:30:00Z", "Europe/Rome")` is `2026-11-23T11:30`; nothing of no moment. */
export function clockOf(moment: string, zone: string): string {
  const time = Date.parse(moment);
  return Number.isNaN(time) ? "" : wall(time, zone).slice(0, 16);
}

/**
 * The moment at which the clocks of that zone show this; an hour that a night leaves out is the
 * one after it, of an hour that comes twice it is the first.
 */
export function momentOf(clock: string, zone: string): string {
  const shown = Date.parse(`${clock}Z`);
  if (Number.isNaN(shown)) return "";
  const day = 86_400_000;
  const gaps = [shown - day, shown + day].map((time) => Date.parse(`${wall(time, zone)}Z`) - time);
  const fits = gaps.map((gap) => shown - gap).sort((one, other) => one - other);
  const found = fits.find((time) => wall(time, zone).slice(0, 16) === clock.slice(0, 16));
  return new Date(found ?? fits.at(-1) ?? shown).toISOString();
}

/** `2026-11-23T11:30:05` on the clocks of the zone. */
function wall(time: number, zone: string): string {
  const parts = new Intl.DateTimeFormat("sv-SE", {
    dateStyle: "short",
    timeStyle: "medium",
    timeZone: zone,
  }).format(new Date(time));
  return parts.replace(" ", "T");
}
