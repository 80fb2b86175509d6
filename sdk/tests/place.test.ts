// Addresses: their campaign, the token that must not stay in them, the domains of a cookie.
import { expect, test } from "vitest";
import { campaignOf } from "../src/campaign";
import { withoutToken } from "../src/place";
import { stopwatch } from "../src/pages";
import { domains } from "../src/shelf";
import { tagOf } from "../src/tag";

test("a campaign is read from the utm words", () => {
  const search = "?utm_source=newsletter&utm_medium=email&utm_campaign=saldi+d%27estate&x=1";
  const campaign = { name: "saldi d'estate", source: "newsletter", medium: "email" };
  expect(campaignOf(search)).toEqual(campaign);
  expect(campaignOf("?utm_source=&q=1")).toBeUndefined();
});

test.each([
  ["/c?innesco_t=abc", "abc", "/c"],
  ["/c?innesco_t=abc&x=1", "abc", "/c?x=1"],
  ["/c?x=1&innesco_t=a%2Bb", "a+b", "/c?x=1"],
  ["/c?x=1&innesco_t=abc&y=2#top", "abc", "/c?x=1&y=2#top"],
])("%s", (address, token, rest) => expect(withoutToken(address)).toEqual([token, rest]));

test.each(["/c", "/c?innesco_t=", "/c?xinnesco_t=a", "/c#?innesco_t=a"])("%s has no token", (address) =>
  expect(withoutToken(address)).toBeUndefined(),
);

test.each([
  ["www.negozio.it", ["negozio.it", "www.negozio.it", ""]],
  ["localhost", [""]],
  ["127.0.0.1", [""]],
  ["[::1]", [""]],
])("cookies of %s", (host, expected) => expect(domains(host)).toEqual(expected));

test("only the seconds before the visitor's eyes are counted", () => {
  const watch = stopwatch(true, 0);
  watch.turn(false, 4_000);
  watch.turn(true, 60_000);
  watch.turn(true, 61_000);
  expect(watch.seconds(66_000)).toBe(10);
});

test("the tag's address is where events go, its attributes the choices", () => {
  const tag = (options: Record<string, string>) =>
    tagOf("https://dati.negozio.it/innesco.js?v=1", (name) => options[name]);
  expect(tag({})).toBeUndefined();
  const usual = { granted: false, before: "send", autoPage: true, dataLayer: "dataLayer" };
  expect(tag({ key: "pk_1" })).toEqual({ key: "pk_1", host: "https://dati.negozio.it", ...usual });
  const options = { host: "https://x.it/", consent: "granted", "before-consent": "drop", datalayer: "off" };
  const chosen = { granted: true, before: "drop", autoPage: true, dataLayer: undefined };
  expect(tag({ key: "pk_1", ...options })).toEqual({ key: "pk_1", host: "https://x.it", ...chosen });
});
