// Follows what the visitor allows, and makes the device obey: store, wait, or forget.

import { type Consent, consentOf, hear, type Signal, wordsOfTag } from "./consent";
import { type Device, KEPT } from "./device";
import type { Tag } from "./tag";

/** `allowed` is told the id that this page went under so far, and the one from now on. */
export function permission(tag: Tag, device: Device, allowed: (from: string, to: string) => void) {
  const remembered = device.remembered();
  const granted = tag.granted && !device.refused();
  let words = wordsOfTag({ storage: granted || !!remembered, profiling: granted });
  words.shop = remembered?.allows ?? {};
  let chosen = false;
  let open = false;

  function obey(): void {
    if (consentOf(words).storage) store();
    else if (chosen) forget();
    else if (device.stores()) device.pause();
    if (device.stores()) device.keep({ ...device.read(), allows: words.shop });
  }

  function store(): void {
    if (device.stores()) return;
    const from = device.read().id;
    device.store();
    allowed(from, device.read().id);
  }

  function forget(): void {
    if (device.stores() || device.remembered()) device.forget();
    if (tag.granted) device.refuse();
  }

  function heard(signal: Signal): void {
    words = hear(words, signal);
    if (signal.said.storage !== undefined) chosen = signal.chosen;
    if (open) obey();
  }

  /** Another tab has deleted what was kept: keep nothing here either. */
  function watchOtherTabs(): void {
    addEventListener("storage", ({ key, newValue }) => {
      if (key === KEPT && newValue === null && device.stores())
        heard({ by: "shop", said: { storage: false, profiling: false }, chosen: false });
    });
  }

  return {
    hear: heard,
    /** All that was said before us has been heard: obey from now on. */
    open(): void {
      open = true;
      obey();
      watchOtherTabs();
    },
    now: (): Consent => ({ ...consentOf(words), storage: device.stores() }),
  };
}
