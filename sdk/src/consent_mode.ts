// Google Consent Mode: `gtag("consent", "default" | "update", {analytics_storage: "granted", …})`
// as it lies in the dataLayer (https://developers.google.com/tag-platform/security/guides/consent).

import type { Consent, Signal } from "./consent";
import type { Facts } from "./message";

const PROFILING = ["ad_storage", "ad_user_data", "ad_personalization", "personalization_storage"];

/** `["consent", "update", {analytics_storage: "granted"}]` → storage is allowed, by choice. */
export function consentModeSignal(command: ArrayLike<unknown>): Signal | undefined {
  const [name, kind, given] = Array.from(command);
  if (name !== "consent" || (kind !== "default" && kind !== "update")) return undefined;
  if (typeof given !== "object" || given === null) return undefined;
  const points = given as Facts;
  const said: Partial<Consent> = {};
  if (points.analytics_storage) said.storage = points.analytics_storage === "granted";
  const stated = PROFILING.filter((point) => points[point]);
  if (stated.length) said.profiling = stated.every((point) => points[point] === "granted");
  return { by: "banner", said, chosen: kind === "update" };
}
