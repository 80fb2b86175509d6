// One page's client: hears calls, pages and the dataLayer, and makes messages of them.

import { type Behind, calls } from "./calls";
import { campaignOf } from "./campaign";
import { listenToDataLayer } from "./datalayer";
import { device as newDevice } from "./device";
import { machine } from "./machine";
import { memory as newMemory } from "./memory";
import { type Context, iso, type Message, randomId, type Said } from "./message";
import { watchPages } from "./pages";
import { permission as newPermission } from "./permission";
import { type Place, placeOf, takeToken } from "./place";
import { bytes, LARGEST_EVENT, renamed } from "./queue";
import { quiet } from "./quiet";
import type { Tag } from "./tag";
import { listenToTcf } from "./tcf";
import { goOn } from "./visit";

type Visit = Context["visit"];

declare const VERSION: string;

const SOON = 500;
/** Before the visitor has chosen: time for the banner to speak, so that one id is enough. */
const AFTER_THE_BANNER = 2_000;

interface How {
  token?: string;
  asked?: true;
  fleeting?: true;
  place?: Place;
}

export function client(tag: Tag) {
  const token = takeToken(window);
  const device = newDevice();
  const { delivery, adopt } = newMemory(tag, device);
  const permission = newPermission(tag, device, bridge);
  let referrer = () => document.referrer;
  let arrivedBy: string | undefined; // the campaign that has already begun its visit
  let made = 0; // messages under the present id

  /** Storage was allowed: what this page has said so far belongs to the device's id. */
  function bridge(from: string, to: string): void {
    let unsent = 0;
    delivery.rename((line) => {
      const now = renamed(line, from, to);
      if (now.text !== line.text) unsent += 1;
      return now;
    });
    arrivedBy = undefined;
    if (from !== to && made > unsent) say({ type: "alias", previousId: from });
    made = 0;
    adopt();
    delivery.flush();
  }

  function say(said: Said, how: How = {}): void {
    if (tag.before === "drop" && !device.stores() && !how.asked) return;
    const message = messageOf(said, how);
    const text = JSON.stringify(message);
    if (bytes(text) > LARGEST_EVENT) return console.debug("innesco: too large, dropped", said);
    const { asked, fleeting } = how;
    const line = { id: message.messageId, text, ...(asked && { asked }), ...(fleeting && { fleeting }) };
    made += 1;
    delivery.add(line, asked ? 0 : device.stores() ? SOON : AFTER_THE_BANNER);
  }

  function messageOf(said: Said, how: How): Message {
    const now = Date.now();
    const context = contextOf(how, now);
    const { id, user } = device.read();
    return {
      ...said,
      messageId: randomId(),
      anonymousId: id,
      ...(user && { userId: user }),
      timestamp: iso(now),
      context,
    };
  }

  function contextOf(how: How, now: number): Context {
    const page = how.place ?? placeOf(document, referrer());
    const campaign = campaignOf(page.search);
    const proof = how.token ?? token;
    return {
      library: { name: "innesco.js", version: VERSION },
      page,
      locale: navigator.language,
      ...(campaign && { campaign }),
      ...(proof && { token: proof }),
      consent: permission.now(),
      visit: visitOf(JSON.stringify(campaign), now),
      ...(device.stores() && machine()),
    };
  }

  function visitOf(campaign: string | undefined, now: number): Visit {
    const me = device.read();
    const visit = goOn(me.visit, now, campaign === arrivedBy ? undefined : campaign, randomId);
    arrivedBy = campaign;
    device.keep({ ...me, visit });
    const { id, started, first } = visit;
    return { id, started: iso(started), ...(device.stores() && { first }) };
  }

  const behind: Behind = {
    say,
    login(user) {
      const known = device.read().user;
      if (known && known !== user) behind.logout();
      device.keep({ ...device.read(), user });
    },
    logout() {
      const { allows } = device.read();
      device.keep({ id: randomId(), ...(allows && { allows }) });
      made = 0;
    },
    id: () => device.read().id,
    allow: (said) => permission.hear({ by: "shop", said, chosen: true }),
    allowed: permission.now,
    page: () => ({
      language: document.documentElement.lang || navigator.language,
      source: location.pathname,
      facts: { ...placeOf(document, referrer()) },
    }),
  };
  const api = calls(behind);

  const readDataLayer = tag.dataLayer
    ? listenToDataLayer(window, tag.dataLayer, {
        signal: permission.hear,
        told: ({ event, properties }) => api.track(event, properties),
      })
    : () => {};

  /** Begin, once the consents that were given before us have been heard. */
  function open(): void {
    permission.open();
    listenToTcf(window, quiet(permission.hear));
    if (tag.autoPage) seePages();
    readDataLayer();
    addEventListener("pagehide", quiet(delivery.leave));
    document.addEventListener("visibilitychange", quiet(() => {
      if (document.visibilityState === "hidden") delivery.flush(true);
    }));
  }

  function seePages(): void {
    watchPages(window, {
      turned(from) {
        referrer = () => from;
        api.page();
      },
      left(place, seconds, leaving) {
        const said = { type: "track", event: "Page Left", properties: { seconds } } as const;
        say(said, { place, ...(leaving && { fleeting: true }) });
      },
    });
  }

  return { api, open };
}
