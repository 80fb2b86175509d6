// What the shop wrote into the script tag: `data-key="pk_…"` and a few choices.

/** What becomes of events before the visitor has allowed storage. */
export type BeforeConsent = "send" | "hold" | "drop";

export interface Tag {
  key: string;
  /** Where events go, without a slash at its end: `https://dati.negozio.it`. */
  host: string;
  granted: boolean;
  before: BeforeConsent;
  autoPage: boolean;
  /** The name of the page's dataLayer, or `undefined` when we shall not listen. */
  dataLayer: string | undefined;
}

/** An option by its name, `undefined` when the shop did not write it. */
export type Option = (name: string) => string | null | undefined;

/**
 * Options stand as `data-…` attributes or, for tag managers that lose attributes, in the address:
 * `innesco.js?key=pk_…&consent=granted`.
 */
export function optionsOf(script: HTMLScriptElement): Option {
  const asked = new URL(script.src).searchParams;
  return (name) => script.getAttribute(`data-${name}`) ?? asked.get(name);
}

export function tagOf(src: string, option: Option): Tag | undefined {
  const key = option("key");
  if (!key) return undefined;
  const before = option("before-consent");
  const layer = option("datalayer") ?? "dataLayer";
  return {
    key,
    host: (option("host") || new URL(".", src).href.split("?")[0]!).replace(/\/+$/, ""),
    granted: option("consent") === "granted",
    before: before === "hold" || before === "drop" ? before : "send",
    autoPage: option("auto-page") !== "off",
    dataLayer: layer === "off" ? undefined : layer,
  };
}
