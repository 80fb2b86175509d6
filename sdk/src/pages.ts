// Notices the pages that a visitor sees: the first one, those that a shop in one page turns to
// without loading (history.pushState), and how many seconds each was before the visitor's eyes.

import { addressOf, type Place, placeOf } from "./place";
import { quiet } from "./quiet";

/** Shops turn the page first and write its title a moment later. */
const TITLE_FOLLOWS = 50;

export interface Reader {
  /** A page is before the visitor, who came from `referrer`. */
  turned(referrer: string): void;
  /** `leaving`: not to another view of the shop, the whole page goes. */
  left(place: Place, seconds: number, leaving: boolean): void;
}

/** Seconds that the page was visible, as `seen(now)`; a tab in the background does not count. */
export function stopwatch(visible: boolean, now: number) {
  let before = 0;
  let since = visible ? now : undefined;
  return {
    turn(visible: boolean, now: number): void {
      if (since !== undefined) before += now - since;
      since = visible ? now : undefined;
    },
    seconds: (now: number) => Math.round((before + (since === undefined ? 0 : now - since)) / 1000),
  };
}

/** Begins with the page that is there; what led to a view is the site or the view before it. */
export function watchPages(page: Window, reader: Reader): void {
  const { document, history, location } = page;
  const visible = () => document.visibilityState !== "hidden";
  let referrer = document.referrer;
  let address = addressOf(location);
  let place = placeOf(document, referrer);
  let watch = stopwatch(visible(), Date.now());
  let turning: number | undefined;

  const begin = () => {
    place = placeOf(document, referrer);
    watch = stopwatch(visible(), Date.now());
    reader.turned(referrer);
  };
  const end = (leaving: boolean) => reader.left(place, watch.seconds(Date.now()), leaving);

  /** A new view, unless only what stands behind `#` changed, or filters were tidied away. */
  const moved = quiet((replaced: boolean) => {
    const now = addressOf(location);
    const samePath = now.split("?")[0] === address.split("?")[0];
    if (now === address) return;
    if (!(replaced && samePath)) {
      if (turning === undefined) {
        end(false);
        referrer = address;
      }
      page.clearTimeout(turning);
      turning = page.setTimeout(quiet(() => {
        turning = undefined;
        begin();
      }), TITLE_FOLLOWS);
    }
    address = now;
  });

  for (const name of ["pushState", "replaceState"] as const) {
    const original = history[name];
    history[name] = function (this: History, ...given) {
      original.apply(this, given);
      moved(name === "replaceState");
    };
  }
  page.addEventListener("popstate", () => moved(false));
  document.addEventListener("visibilitychange", () => watch.turn(visible(), Date.now()));
  page.addEventListener("pagehide", quiet(() => end(true)));
  page.addEventListener("pageshow", quiet((event: PageTransitionEvent) => {
    if (event.persisted) begin();
  }));

  begin();
}
