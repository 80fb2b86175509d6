// Who this device is for us: a random id, the shop's id of the customer, the visit. It lives in
// the page's memory, and on the device only while the visitor allows that.

import type { Consent } from "./consent";
import { randomId } from "./message";
import { PREFIX, readCookie, readJson, removeCookie, shelf, writeCookie } from "./shelf";
import type { Visit } from "./visit";

const ME = "me";
/** The name in localStorage that is there exactly while things may be kept. */
export const KEPT = PREFIX + ME;
const REFUSED = "refused";

export interface Me {
  id: string;
  user?: string;
  visit?: Visit;
  /** What the shop's own call said, so that it need not say it again on each page. */
  allows?: Partial<Consent>;
}

export function device() {
  let me: Me = { id: randomId() };
  let storing = false;

  /** As other tabs left it: one of them may have logged in, or gone on with the visit. */
  function read(): Me {
    if (storing) me = stored() ?? me;
    return me;
  }

  function keep(changed: Me): void {
    me = changed;
    if (!storing) return;
    shelf.write(ME, JSON.stringify(me));
    if (readCookie() !== me.id) writeCookie(me.id);
  }

  /** From now on things are kept. The id of this page becomes the device's, if it had none. */
  function store(): void {
    const login = me.user ? { user: me.user } : {};
    storing = true;
    shelf.remove(REFUSED);
    keep({ ...(stored() ?? me), ...login });
  }

  /** Keep nothing more for now; what is there stays until the visitor has chosen. */
  function pause(): void {
    storing = false;
    me = { id: randomId() };
  }

  /** Delete all that was kept. */
  function forget(): void {
    pause();
    shelf.names().forEach(shelf.remove);
    removeCookie();
  }

  return {
    read,
    keep,
    store,
    pause,
    forget,
    stores: () => storing,
    /** It is there only because the visitor once allowed it. */
    remembered: () => stored(),
    /** A refusal must be remembered where the tag would store without asking: nothing else is. */
    refuse: () => shelf.write(REFUSED, "1"),
    refused: () => shelf.read(REFUSED) !== null,
  };
}

export type Device = ReturnType<typeof device>;

/** The cookie has the last word on the id: other subdomains of the shop see only the cookie. */
function stored(): Me | undefined {
  const id = readCookie();
  const me = readJson<Me>(ME);
  if (me?.id && (!id || id === me.id)) return me;
  return id ? { id } : undefined;
}
