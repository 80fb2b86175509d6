// Where the visitor is: the page's address, title, and the page before it.

import { quiet } from "./quiet";

export interface Place {
  url: string;
  path: string;
  search: string;
  title: string;
  referrer: string;
}

/** The page's own address; what stands behind `#` never leaves the browser. */
export function addressOf(location: Location): string {
  return location.origin + location.pathname + location.search;
}

export function placeOf(page: Document, referrer: string): Place {
  const { pathname, search } = page.location;
  return { url: addressOf(page.location), path: pathname, search, title: page.title, referrer };
}

/**
 * Take the signed token of a link in a mail out of the address, so that nobody bookmarks, copies
 * or passes it on: `/carrello?innesco_t=abc&x=1` → `["abc", "/carrello?x=1"]`.
 */
export function withoutToken(address: string): [token: string, address: string] | undefined {
  const [, before, token, after] = /^([^#]*[?&])innesco_t=([^&#]*)(.*)$/s.exec(address) ?? [];
  if (before === undefined || !token || after === undefined) return undefined;
  const rest = after.startsWith("&") ? before + after.slice(1) : before.slice(0, -1) + after;
  return [decodeURIComponent(token), rest];
}

/** The token in this page's address, if there is one; it does not stay there. */
export function takeToken({ location, history }: Window): string | undefined {
  return quiet(() => {
    const found = withoutToken(location.pathname + location.search + location.hash);
    if (found) history.replaceState(history.state, "", found[1]);
    return found?.[0];
  })();
}
