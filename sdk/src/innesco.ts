// The script that a shop's page loads: finds its own tag, starts one client, and answers the calls
// that were made before it came (`window.innesco = window.innesco || []`).

import { client } from "./client";
import { quiet } from "./quiet";
import { optionsOf, tagOf } from "./tag";

declare const VERSION: string;

/** `innesco.push(["track", "Product Viewed", {…}])`, or a function that is given the calls. */
type Entry = ((innesco: object) => void) | [name: string, ...given: unknown[]];
type Call = (...given: unknown[]) => unknown;

const holder = window as unknown as { innesco?: unknown };

const begin = quiet((script: HTMLScriptElement) => {
  const before = holder.innesco;
  const waiting: Entry[] = Array.isArray(before) ? [...before] : [];
  const tag = tagOf(script.src, optionsOf(script));
  if (!tag) return console.debug("innesco: the script tag has no data-key");
  if (before && typeof before === "object" && "version" in before) return; // loaded twice

  const { api, open } = client(tag);
  const call = Object.fromEntries(
    Object.entries(api).map(([name, work]) => [name, quiet(work as Call)]),
  );
  const answer = quiet((entry: Entry) => {
    if (typeof entry === "function") entry(innesco);
    else call[entry[0]]?.(...Array.from(entry).slice(1));
  });
  const push = (...entries: Entry[]) => entries.forEach((entry) => answer(entry));
  const innesco = { ...call, push, version: VERSION };
  holder.innesco = innesco;

  const consents = waiting.filter((entry) => entry?.[0 as never] === "consent");
  push(...consents);
  open();
  push(...waiting.filter((entry) => !consents.includes(entry)));
});

const script = document.currentScript;
if (script instanceof HTMLScriptElement) {
  // A page that is prepared before anybody asks for it is seen when it is shown.
  const { prerendering } = document as { prerendering?: boolean };
  if (prerendering) document.addEventListener("prerenderingchange", () => begin(script));
  else begin(script);
}
