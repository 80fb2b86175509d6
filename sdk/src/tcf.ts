// IAB TCF v2: the consent string of a banner, asked for through `window.__tcfapi`
// (https://github.com/InteractiveAdvertisingBureau/GDPR-Transparency-and-Consent-Framework).

import type { Signal } from "./consent";

export interface TcfAnswer {
  gdprApplies?: boolean;
  eventStatus?: string;
  purpose?: { consents?: Record<string, boolean> };
}

type Api = (command: string, version: number, hear: (answer: TcfAnswer, ok: boolean) => void) => void;

/**
 * Purpose 1 is storing on the device; 3 and 4 are making a profile and using it. Where the law
 * does not apply everything is allowed; while the banner is open nothing is, yet.
 */
export function tcfSignal({ gdprApplies, eventStatus, purpose }: TcfAnswer): Signal | undefined {
  if (gdprApplies === false)
    return { by: "banner", said: { storage: true, profiling: true }, chosen: true };
  const allowed = purpose?.consents ?? {};
  const storage = allowed[1] === true;
  const said = { storage, profiling: storage && allowed[3] === true && allowed[4] === true };
  switch (eventStatus) {
    case "tcloaded":
    case "useractioncomplete":
      return { by: "banner", said, chosen: true };
    case "cmpuishown":
      return { by: "banner", said, chosen: false };
    default:
      return undefined;
  }
}

/** Listen from now on; a banner that comes after us is looked for again when the page is there. */
export function listenToTcf(page: Window & { __tcfapi?: Api }, hear: (signal: Signal) => void): void {
  let listening = false;
  const listen = () => {
    if (listening || typeof page.__tcfapi !== "function") return;
    listening = true;
    page.__tcfapi("addEventListener", 2, (answer, ok) => {
      const signal = ok && answer ? tcfSignal(answer) : undefined;
      if (signal) hear(signal);
    });
  };
  listen();
  page.addEventListener("DOMContentLoaded", listen);
  page.addEventListener("load", listen);
}
