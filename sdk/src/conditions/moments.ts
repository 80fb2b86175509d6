// Moments, lengths and local days, as whole microseconds since 1970.

import { entry, number, object, text } from "./document";

const SECOND = 1_000_000;
const DAY = 86_400 * SECOND;
const MOMENT = /^(.{10}T[\d:]{8})(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;

/** Of `2026-03-08T12:00:00.000001Z`: JavaScript's own reading ends with milliseconds. */
export function momentOf(said: unknown): number {
  const [, seconds, fraction = "", zone] = MOMENT.exec(text(said)) ?? [];
  return number(Date.parse(`${seconds}${zone}`) * 1000 + Number(fraction.padEnd(6, "0")));
}

const PARTS: Readonly<Record<string, number>> = { days: 86_400, hours: 3600, minutes: 60, seconds: 1 };

/** Of `{"days": 7}`; a day is 24 hours. */
export function lengthOf(said: unknown): number {
  const parts = Object.entries(object(said, "days hours minutes seconds"));
  return parts.reduce((sum, [name, many]) => sum + entry(PARTS, name) * number(many) * SECOND, 0);
}

/** Days since 1970-01-01 on the shop's calendar. */
export function dayOf(moment: number, zone: string): number {
  const [month, day, year] = calendar(zone).format(Math.floor(moment / 1000)).split("/");
  return (Date.UTC(Number(year), Number(month) - 1, Number(day)) * 1000) / DAY;
}

/** The first moment of a local day. Clocks are set at full quarters of an hour. */
export function begins(day: number, zone: string): number {
  let moment = day * DAY - 14 * 3600 * SECOND; // no clock is further ahead
  while (dayOf(moment, zone) < day) moment += 900 * SECOND;
  return moment;
}

const calendars: Record<string, Intl.DateTimeFormat> = {};

function calendar(zone: string): Intl.DateTimeFormat {
  return (calendars[zone] ??= new Intl.DateTimeFormat("en-US", { timeZone: zone })); // 3/8/2026
}
