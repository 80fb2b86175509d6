// Who says what about consent, and who is right.
import { expect, test } from "vitest";
import { type Consent, consentOf, hear, type Signal, wordsOfTag } from "../src/consent";
import { consentModeSignal } from "../src/consent_mode";
import { tcfSignal } from "../src/tcf";

const NO = { storage: false, profiling: false };
const YES = { storage: true, profiling: true };

function after(start: Consent, ...signals: (Signal | undefined)[]): Consent {
  const heard = signals.filter((signal) => signal !== undefined);
  return consentOf(heard.reduce(hear, wordsOfTag(start)));
}

const mode = (kind: string, points: object) => consentModeSignal(["consent", kind, points]);
const shop = (said: Partial<Consent>): Signal => ({ by: "shop", said, chosen: true });
const granted = { analytics_storage: "granted", ad_storage: "granted" };
const denied = { analytics_storage: "denied", ad_storage: "denied" };

test.each<[string, Consent, (Signal | undefined)[], Consent]>([
  ["nobody has spoken", NO, [], NO],
  ["the tag says yes", YES, [], YES],
  ["the banner's default denies", YES, [mode("default", denied)], NO],
  ["the visitor agrees", NO, [mode("default", denied), mode("update", granted)], YES],
  ["one region's default denies", NO, [mode("default", denied), mode("default", granted)], NO],
  ["the visitor changes their mind", NO, [mode("update", granted), mode("update", denied)], NO],
  ["statistics only", NO, [mode("update", { ...granted, ad_storage: "denied" })], { storage: true, profiling: false }],
  ["advertising without personalisation", NO, [mode("update", { ...granted, ad_personalization: "denied" })], { storage: true, profiling: false }],
  ["the shop's call is stronger than the banner", NO, [shop({ storage: true }), mode("update", denied)], { storage: true, profiling: false }],
])("%s", (_, start, signals, consent) => expect(after(start, ...signals)).toEqual(consent));

test.each([[["event", "purchase"]], [["consent", "update"]], [["consent", "reset", granted]], [[]]])(
  "%j is no consent",
  (command) => expect(consentModeSignal(command)).toBeUndefined(),
);

const purposes = (...allowed: number[]) => ({
  consents: Object.fromEntries(allowed.map((purpose) => [purpose, true])),
});

test.each([
  ["all", { eventStatus: "tcloaded", purpose: purposes(1, 3, 4) }, YES, true],
  ["storing only", { eventStatus: "useractioncomplete", purpose: purposes(1, 3) }, { storage: true, profiling: false }, true],
  ["profiling without storing", { eventStatus: "tcloaded", purpose: purposes(3, 4) }, NO, true],
  ["the banner is open", { eventStatus: "cmpuishown", purpose: purposes() }, NO, false],
  ["the law does not apply", { gdprApplies: false }, YES, true],
])("TCF: %s", (_, answer, said, chosen) =>
  expect(tcfSignal(answer)).toEqual({ by: "banner", said, chosen }),
);

test("TCF: a banner that is still loading says nothing", () => {
  expect(tcfSignal({})).toBeUndefined();
});
