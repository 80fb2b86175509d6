// What tells one machine from another: asked only of those who have allowed it.

import type { Context } from "./message";

export function machine(): Partial<Context> {
  const { width, height } = screen;
  return {
    timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    userAgent: navigator.userAgent,
    screen: { width, height, density: devicePixelRatio },
  };
}
